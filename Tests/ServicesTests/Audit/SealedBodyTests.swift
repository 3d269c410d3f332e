import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import Services

/// What becomes of the sealed bodies of calls is told: deleted when and why, opened or not.
@Suite("Sealed bodies", .timeLimit(.minutes(20)))
struct SealedBodyTests {
    private func calls(_ house: WorkHouse) async throws -> [AuditEvent] {
        try await house.workspace.store.read { try $0.auditEvents(AuditQuery(action: "call")) }
    }

    /// The first call whose answer stands so.
    private func call(
        _ house: WorkHouse, where fits: (AuditService.BodyStanding) -> Bool
    ) async throws -> AuditEvent {
        for call in try await calls(house) where fits(try await house.workspace.audit.standing(call, .answer)) {
            return call
        }
        throw CocoaError(.coderValueNotFound)
    }

    private func openings(_ house: WorkHouse) async throws -> [AuditEvent] {
        try await house.workspace.store.read { try $0.auditEvents(AuditQuery(action: "audit.open")) }
    }

    private static func day(_ instant: Instant) -> String { TimeText.date(CivilTime(instant, offset: 0).date) }

    @Test("a body whose time is over is told as deleted: when, and after how many days")
    func deleted() async throws {
        try await WorkHouse.with(settings: "[audit]\nbody_days = 2") { house in
            _ = try await house.run()
            let call = try await call(house) { $0 == .kept }
            let withheld = try await self.call(house) { $0 == .withheld }
            house.place.time.advance(.seconds(86_400 * 4))
            let now = house.place.time.now
            #expect(try await BodyRetention(workspace: house.workspace).apply() > 0)
            #expect(try await BodyRetention(workspace: house.workspace).apply() == 0)
            let standing = try await house.workspace.audit.standing(call, .answer)
            #expect(standing == .deleted(now, days: 2))
            let words = "deleted \(Self.day(now)), after 2 days (`body_days`)"
            #expect(AuditWords.standing(standing, Self.day) == words)
            #expect(try await house.workspace.audit.standing(withheld, .answer) == .withheld)
            let refusal = await complaint { try await house.workspace.audit.body(call.sequence, .answer) }
            #expect(refusal?.status == .badData && refusal?.why.hasPrefix("deleted ") == true)
            #expect(try await house.workspace.trail.verify().bodiesTaken == 0)
            #expect(try await openings(house).isEmpty)
            let deletion = try await house.workspace.store.read {
                try $0.auditEvents(AuditQuery(action: "audit.retention"))
            }.last
            #expect(deletion.map(AuditWords.told)?.hasSuffix("deleted, kept for 2 days (`body_days`)") == true)
        }
    }

    @Test("a body that somebody took out of the database is told as that")
    func taken() async throws {
        try await WorkHouse.with { house in
            _ = try await house.run()
            let call = try await call(house) { $0 == .kept }
            #expect(call.call?.answer?.isKept == true)
            let row = call.sequence * 2 + 1
            for sql in [
                "UPDATE audit_body SET sealed = x'' WHERE id = \(row)", "DELETE FROM audit_body WHERE id = \(row)",
            ] {
                try alter(house, sql)
                let standing = try await house.workspace.audit.standing(call, .answer)
                #expect(try await house.workspace.trail.verify().bodiesTaken == 1)
                #expect(standing == .taken && AuditWords.standing(standing, Self.day).hasPrefix("TAKEN AWAY"))
            }
        }
    }

    @Test("a body that is larger than the settings keep is told so")
    func large() async throws {
        try await WorkHouse.with(.pageTwo, settings: "[audit]\nlargest_body_kib = 1") { house in
            _ = try await house.run()
            let call = try await call(house) { $0 == .tooLarge(limit: 1_024) }
            #expect((call.call?.answer?.length ?? 0) > 1_024)
            let words = AuditWords.standing(.tooLarge(limit: 1_024), Self.day)
            #expect(words == "not kept: larger than 1 KiB (`largest_body_kib`)")
        }
    }

    @Test("a body that does not open is on record as not opened, with the cause")
    func damaged() async throws {
        try await WorkHouse.with { house in
            _ = try await house.run()
            let call = try await call(house) { $0 == .kept }
            _ = try await house.workspace.audit.body(call.sequence, .answer)
            try alter(house, "UPDATE audit_body SET sealed = randomblob(200) WHERE id = \(call.sequence * 2 + 1)")
            let refusal = await complaint { try await house.workspace.audit.body(call.sequence, .answer) }
            #expect(refusal?.status == .badData && refusal?.why == "it was changed outside of PortalDesk")
            try alter(house, "DELETE FROM vault_secret WHERE kind = 'audit_bodies'")
            _ = await complaint { try await house.workspace.audit.body(call.sequence, .answer) }
            let found = try await openings(house)
            #expect(found.map(\.outcome) == ["done", "failed", "failed"])
            #expect(
                found.map(AuditWords.told) == [
                    "opened the answer", "could not open the answer: it was changed outside of PortalDesk",
                    "could not open the answer: the key that sealed it is gone",
                ])
            #expect(found.allSatisfy { $0.subject == "audit/\(call.sequence)" })
        }
    }

    private func alter(_ house: WorkHouse, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import sqlite3,sys\ndb=sqlite3.connect(sys.argv[1])\ndb.execute(sys.argv[2])\ndb.commit()",
            house.place.home.database, sql,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
