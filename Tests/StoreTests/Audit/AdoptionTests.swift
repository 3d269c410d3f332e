import Domain
import Foundation
import GRDB
import Testing
import Trail

@testable import Store

/// A workspace of an older program keeps what was on record, and its trail begins there.
@Suite("Records of older workspaces")
struct AdoptionTests {
    /// A database as the step before the trail left it, with events.
    private static func older(events: Int) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("older-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let steps = Schema.migrations.firstIndex(of: TrailSchema.tables) ?? 0
        let queue = try DatabaseQueue(path: "\(folder)/desk.sqlite")
        try queue.write { db in
            for (index, text) in Schema.migrations.prefix(steps).enumerated() {
                try db.execute(sql: text)
                try db.execute(
                    sql: "INSERT INTO schema_migration VALUES (?, ?, ?)",
                    arguments: [index + 1, ContentHash.of(text), Workspace.morning.milliseconds])
            }
            for number in 0..<events {
                try db.execute(
                    sql: """
                        INSERT INTO audit_event (at, actor, action, subject, outcome, detail, session, correlation)
                        VALUES (?, 'asha', 'account.set', 'gst/27AAAPZ1000A1Z5', 'done', ?, 's1', '')
                        """,
                    arguments: [Workspace.morning.milliseconds + Int64(number), "{\"version\":\"\(number + 1)\"}"])
            }
            try db.execute(sql: "PRAGMA application_id = \(Schema.applicationId)")
            try db.execute(sql: "PRAGMA user_version = \(steps)")
        }
        try queue.close()
        return folder
    }

    @Test("they are carried over in their order, and one more record says how many")
    func adopted() async throws {
        let folder = try Self.older(events: 3)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try Workspace.open(folder)
        let events = try store.readNow { try $0.auditEvents() }
        #expect(events.map(\.sequence) == [0, 1, 2, 3])
        #expect(events.map(\.action) == ["account.set", "account.set", "account.set", "audit.adopt"])
        #expect(events.prefix(3).map(\.detail) == (1...3).map { "{\"version\":\"\($0)\"}" })
        #expect(events.last?.detail == "{\"events\":\"3\"}")
        #expect(try store.readNow { try $0.newestPasswordVersion("gst/27AAAPZ1000A1Z5") } == 3)
        #expect(try await store.verifyTrail().damage == nil)
        #expect(try await store.checkIntegrity() == [])
        store.close()
    }

    @Test("one without events begins an empty trail")
    func empty() async throws {
        let folder = try Self.older(events: 0)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try Workspace.open(folder)
        #expect(try store.readNow { try $0.auditHead() } == nil)
        #expect(try await store.verifyTrail().damage == nil)
        store.close()
    }
}
