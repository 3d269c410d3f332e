import Domain
import Foundation
import Store
import Testing
import Transport

@testable import Services

/// A call that was begun leaves a record, or is missed: its intent stands in no chain, but calls are counted.
@Suite("Calls are counted")
struct CallNumberTests {
    private static func request(_ route: String) -> HTTPRequest {
        HTTPRequest(.get, url: "https://portal.example/\(route)", deadline: .now + .seconds(9))
    }

    private static let answer = HTTPResponse(status: 200, headers: [:], body: Array("{}".utf8))

    /// Three calls: the first two have ended, the last one is under way.
    private func begun() async throws -> (place: Place, workspace: Workspace, calls: CallRecords, open: Int64) {
        let place = try Place()
        let workspace = try await place.workspace()
        workspace.acting.current = .program("asha")
        let calls = CallRecords(workspace: workspace, owner: "worker:1")
        var marks: [Int64] = []
        for route in ["a", "b", "c"] { marks.append(try await calls.leaves(Self.request(route))) }
        for (mark, route) in zip(marks, ["a", "b"]) {
            calls.ended(mark, Self.request(route), .success(Self.answer), took: .milliseconds(4))
        }
        await calls.drain()
        return (place, workspace, calls, marks[2])
    }

    private func numbers(_ workspace: Workspace) async throws -> [Int64?] {
        try await workspace.store.read { try $0.auditEvents(AuditQuery(action: "call")).map { $0.call?.number } }
    }

    private func export(_ workspace: Workspace, _ place: Place) async throws -> (status: Int32, text: String) {
        let folder = "\(place.folder)/export-\(UUID().uuidString)"
        _ = try await workspace.trail.export(to: folder)
        return try Auditor.verify([folder])
    }

    @Test("every record of a call bears its number, and one that is under way is missed by nobody")
    func counted() async throws {
        let (place, workspace, calls, open) = try await begun()
        #expect(try await numbers(workspace) == [1, 2] && open == 3)
        #expect(try await workspace.trail.verify().damage == nil)
        let seen = try await export(workspace, place)
        #expect(seen.status == 0 && seen.text.contains("1 calls were under way"), "\(seen)")
        calls.ended(open, Self.request("c"), .success(Self.answer), took: .milliseconds(4))
        await calls.drain()
        #expect(try await numbers(workspace) == [1, 2, 3])
        #expect(try await export(workspace, place).status == 0)
    }

    @Test("an intent that somebody takes away while its call is under way keeps its end from no record")
    func ends() async throws {
        let (place, workspace, calls, open) = try await begun()
        try place.tamper("DELETE FROM audit_call")
        calls.ended(open, Self.request("c"), .success(Self.answer), took: .milliseconds(4))
        await calls.drain()
        #expect(try await numbers(workspace) == [1, 2, 3])
        #expect(try await workspace.trail.verify().damage == nil)
    }

    @Test("whose end was told by somebody else is not told twice")
    func once() async throws {
        let (place, workspace, calls, open) = try await begun()
        place.time.advance(.seconds(3_600))
        let now = workspace.now
        _ = try await workspace.store.write {
            try $0.endAbandonedCalls(workers: true, except: "worker:2", now: now)
        }
        calls.ended(open, Self.request("c"), .success(Self.answer), took: .milliseconds(4))
        await calls.drain()
        #expect(try await numbers(workspace) == [1, 2, 3])
        let last = try await workspace.store.read { try $0.auditEvents(AuditQuery(action: "call")).last }
        #expect(last?.outcome == "unknown")
    }

    @Test(
        "an intent that was taken away after its program ended is missed, by the program and by the auditor's",
        arguments: [
            ["DELETE FROM audit_call"],
            ["DELETE FROM audit_call", "DELETE FROM sqlite_sequence WHERE name = 'audit_call'"],
        ])
    func missed(how: [String]) async throws {
        let (place, workspace, _, _) = try await begun()
        try place.tamper(how)
        // The next call is what shows that the count was set back.
        let next = CallRecords(workspace: workspace, owner: "worker:2")
        let mark = try await next.leaves(Self.request("d"))
        next.ended(mark, Self.request("d"), .success(Self.answer), took: .milliseconds(4))
        await next.drain()
        let report = try await workspace.trail.verify()
        let words = how.count == 1 ? "call 3 was begun and no record tells of it" : "call 1 was begun"
        #expect(report.damage?.hasPrefix(words) == true, "\(report)")
        #expect(await workspace.trailStanding().problem?.contains(words) == true)
        let seen = try await export(workspace, place)
        #expect(
            seen.status == 1 && seen.text.contains(how.count == 1 ? "call 3 was begun" : "call 1 was begun"), "\(seen)")
        // An admin's word covers what is missing, says so, and the count goes on behind it.
        let resumed = try await workspace.trail.resume(reason: "the machine was seized")
        #expect(resumed.repair.lostCalls == (how.count == 1 ? [3] : [1]), "\(resumed)")
        let again = try await workspace.trail.verify()
        #expect(again.verdict == .holds, "\(again)")
        #expect(AuditWords.lines(again) { _ in "" }.contains { $0.contains("No record tells of these calls") })
        #expect(try await export(workspace, place).status == 0)
        _ = try await next.leaves(Self.request("e"))
        try place.tamper("DELETE FROM audit_call")
        #expect(try await workspace.trail.verify().damage?.contains("was begun and no record tells of it") == true)
    }

    @Test("behind damage that an admin let the trail go on with, calls are missed as before")
    func behindDamage() async throws {
        let (place, workspace, calls, open) = try await begun()
        try await TrailSigning(workspace: workspace).sign(.now)
        try place.tamper("UPDATE audit_record SET actor = 'mallory' WHERE seq = 1")
        _ = try await workspace.trail.verify()
        #expect(try await workspace.trail.resume(reason: "known").repair.left?.seq == 1)
        calls.ended(open, Self.request("c"), .success(Self.answer), took: .milliseconds(4))
        let next = CallRecords(workspace: workspace, owner: "worker:2")
        let mark = try await next.leaves(Self.request("d"))
        await calls.drain()
        next.ended(mark, Self.request("d"), .success(Self.answer), took: .milliseconds(4))
        await next.drain()
        #expect(try await workspace.trail.verify().hindrance == nil)
        _ = try await next.leaves(Self.request("e"))
        #expect(try await workspace.trail.verify().hindrance == nil)
        try place.tamper("DELETE FROM audit_call")
        #expect(try await workspace.trail.verify().hindrance?.hasPrefix("call 5 was begun") == true)
    }

    @Test("calls that an older program recorded have no number, and nobody misses them")
    func older() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        workspace.acting.current = .program("asha")
        let now = workspace.now
        for route in ["a", "b", "c"] {
            try await workspace.store.write { writer in
                var event = AuditEvent(
                    at: now, actor: "worker", action: "call.reading", subject: "gst/x", outcome: "answered")
                event.call = AuditCall(method: "GET", host: "portal.example", route: route)
                let id = try writer.openCall(event, owner: "worker:0", endsAt: now)
                if route != "b" { try writer.endCall(OpenCall(id: id, event: event)) }
            }
        }
        let calls = CallRecords(workspace: workspace, owner: "worker:1")
        let mark = try await calls.leaves(Self.request("d"))
        calls.ended(mark, Self.request("d"), .success(Self.answer), took: .milliseconds(4))
        await calls.drain()
        #expect(try await numbers(workspace) == [nil, nil, 4])
        #expect(try await workspace.trail.verify().damage == nil)
        #expect(try await export(workspace, place).status == 0)
    }
}
