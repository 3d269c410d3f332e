import Testing

@Suite struct StoreSkeleton { @Test func empty() {} }
