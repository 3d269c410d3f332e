import Testing

@Suite struct TransportSkeleton { @Test func empty() {} }
