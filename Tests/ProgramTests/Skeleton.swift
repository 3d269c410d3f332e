import Testing

@Suite struct ProgramSkeleton { @Test func empty() {} }
