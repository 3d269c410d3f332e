import Domain
import Testing

/// What was not looked at although somebody wanted it, provider by provider.
@Suite("Actions that were not looked at") struct UnaskedOperationsTests {
    private static let now = Instant(seconds: 1_795_180_000)

    private static func operation(_ number: UInt8, _ provider: String, _ wait: Int64?) throws -> PortalOperation {
        var operation = PortalOperation(
            id: OperationId(at: now, random: [number]), kind: .einvoiceGenerate, gstin: try Gstin("29AAGCB7383J1Z4"),
            businessKey: "k\(number)", provider: provider, state: .notSent, fingerprint: "aa", createdAt: now,
            createdBy: "asha", updatedAt: now)
        operation.nextStepAt = wait.map { now + .seconds($0) }
        return operation
    }

    @Test func `each provider is named with its count and when it is asked again`() throws {
        let all = [
            try Self.operation(1, "b", 60), try Self.operation(2, "a", 40), try Self.operation(3, "b", 50),
            try Self.operation(4, "c", nil), try Self.operation(5, "c", 0), try Self.operation(6, "d", 90),
        ]
        var after = all
        after[5].attempts += 1
        // Looked at, and it was not there, as before.
        var looked = all[0]
        looked.updatedAt = Self.now + .seconds(1)
        #expect(UnaskedOperations.all(before: [all[0]], after: [looked], now: Self.now).isEmpty)
        #expect(UnaskedOperations.all(before: [all[0]], after: [all[0]], now: Self.now).count == 1)
        let unasked = UnaskedOperations.all(before: all, after: after, now: Self.now)
        #expect(unasked.map(\.provider) == ["a", "b"] && unasked.map(\.count) == [1, 2])
        #expect(unasked.map(\.until) == [Self.now + .seconds(40), Self.now + .seconds(50)])
    }
}
