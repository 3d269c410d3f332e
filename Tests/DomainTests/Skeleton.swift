import Testing

@Suite struct DomainSkeleton { @Test func empty() {} }
