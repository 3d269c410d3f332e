import Testing

@Suite struct ServicesSkeleton { @Test func empty() {} }
