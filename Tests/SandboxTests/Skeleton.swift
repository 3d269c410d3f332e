import Testing

@Suite struct SandboxSkeleton { @Test func empty() {} }
