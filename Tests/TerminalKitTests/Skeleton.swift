import Testing

@Suite struct TerminalKitSkeleton { @Test func empty() {} }
