import Domain
import Foundation
import Testing

@testable import Store

/// A workspace in which actions were stopped before it was kept by what.
@Suite("Stopped actions of an older workspace") struct StoppedSchemaTests {
    /// - Parameter sent: what became of its request; nil for none.
    private static func row(_ number: Int, code: String, sent: String? = nil) -> String {
        let attempt = """
            INSERT INTO operation_attempt (operation, number, purpose, generation, provider, call, began_at, deadline,
                request_hash, event) VALUES (\(number), 1, 'send', 1, 'irp', 'POST Invoice', 0, 0, 'aa', '\(sent ?? "")');

            """
        return """
            INSERT INTO operation (number, id, kind, gstin, business_key, provider, state, fingerprint, idempotency_key,
                title, created_at, created_by, updated_at, code)
                VALUES (\(number), '0190b2c4-0001-7fff-bfff-00000000000\(number)', 'einvoice_generate',
                '09AAFHH6756K1ZQ', 'k\(number)', 'irp', 'attention', 'f', 'i\(number)', 'INV \(number)', 0, 'asha', 0,
                '\(code)');
            INSERT INTO operation_payload (operation, request) VALUES (\(number), CAST('{}' AS BLOB));
            \(sent == nil ? "" : attempt)
            """
    }

    @Test func `those that a refused password stopped go on, as far as their evidence allows`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let writer = try WriterConnection(file: "\(folder)/desk.sqlite")
        let before = 18
        for (index, text) in Schema.migrations.prefix(before).enumerated() {
            try writer.execute(text)
            try writer.execute(
                "INSERT INTO schema_migration (version, checksum, applied_at) "
                    + "VALUES (\(index + 1), \(ContentHash.of(text)), 0)")
        }
        try writer.execute("PRAGMA application_id = \(Schema.applicationId); PRAGMA user_version = \(before)")
        let rows = [
            Self.row(1, code: "1019"), Self.row(2, code: "1019", sent: "not_sent"),
            Self.row(3, code: "1008", sent: "lost"),
            Self.row(4, code: "2150", sent: "lost"), Self.row(5, code: "3020"),
        ]
        try writer.execute(rows.joined())
        try writer.close()

        let store = try Workspace.open(folder)
        defer { store.close() }
        let (now, gstin) = (Workspace.morning, try Gstin("09AAFHH6756K1ZQ"))
        let other = try store.writeNow {
            try $0.resumeOperations("ewb", gstin, stoppedBy: [.wrongPassword], now: now)
        }
        #expect(other == ResumedOperations())
        let resumed = try store.writeNow {
            try $0.resumeOperations("irp", gstin, stoppedBy: [.wrongPassword], now: now)
        }
        #expect(resumed == ResumedOperations(queued: 2, looked: 1))
        let page = try store.readNow { try $0.operations(OperationQuery()) }
        #expect(page.rows.map(\.state) == [.attention, .attention, .attention, .queued, .queued])
        #expect(page.rows.map { $0.nextStepAt != nil } == [false, false, true, true, true])
        #expect(try await store.checkIntegrity() == [])
    }
}
