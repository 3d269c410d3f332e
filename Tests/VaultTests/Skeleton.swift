import Testing

@Suite struct VaultSkeleton { @Test func empty() {} }
