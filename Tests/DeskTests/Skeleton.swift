import Testing

@Suite struct DeskSkeleton { @Test func empty() {} }
