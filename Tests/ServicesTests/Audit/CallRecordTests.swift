import Domain
import Foundation
import Portals
import Sandbox
import Store
import Testing
import Transport

@testable import Services

/// Every call to a portal is one record, on its way before it leaves, and never says what must stay secret.
@Suite("Calls on record")
struct CallRecordTests {
    private func calls(_ workspace: Workspace) async throws -> [AuditEvent] {
        try await workspace.store.read { try $0.auditEvents(AuditQuery(action: "call")) }
    }

    @Test("a fetch leaves one record for each request that the portal saw, with the answer that it gave")
    func matched() async throws {
        try await WorkHouse.with { house in
            let id = try await house.trigger()
            try await house.work()
            #expect(try await house.job(id).status == .done)
            let calls = try await calls(house.workspace)
            let served = await house.server.calls().values.reduce(0, +)
            #expect(calls.count == served)
            #expect(calls.count >= 3)
            #expect(calls.allSatisfy { $0.outcome == "answered" && $0.call?.answer != nil })
            let traces = Set(calls.compactMap { $0.call?.answer?.headers["x-trace-id"] })
            #expect(traces.count == served)
            // All but the provider's own token belong to the job.
            let own = calls.filter { $0.correlation == "job/\(id)" }
            #expect(own.count >= served - 1)
            #expect(own.allSatisfy { $0.subject == "gst/\(WorkHouse.gst.text)" })
            #expect(try await house.workspace.store.read { try $0.openCallCount() } == 0)
            #expect(try await house.workspace.store.verifyTrail().damage == nil)
        }
    }

    @Test("no password, token or header value that opens something stands in any byte of the trail or of its bodies")
    func secrets() async throws {
        try await WorkHouse.with { house in
            _ = try await house.trigger()
            try await house.work()
            let rows = try await house.workspace.store.read { reader in
                try reader.auditBytes(0..<(try reader.auditHead()?.size ?? 0))
            }
            let text = rows.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
            let password = try #require(house.server.world.account(WorkHouse.gst)?.password)
            for secret in [DemoWorld.clientSecret, password, "Bearer"] {
                #expect(!text.contains(secret), "\(secret.prefix(3))…")
            }
            let logins = try await calls(house.workspace).filter { $0.action == "call.authentication" }
            #expect(!logins.isEmpty)
            for login in logins {
                let hash = try #require(login.call?.requestHash)
                #expect(hash.hasPrefix("hmac:"))
                for side in AuditBodySide.allCases {
                    #expect(try await house.workspace.audit.standing(login, side) != .kept)
                }
            }
        }
    }

    @Test("a kept answer opens for who may, has the hash on record, and its opening is a record")
    func bodies() async throws {
        try await WorkHouse.with { house in
            _ = try await house.trigger()
            try await house.work()
            var kept: AuditEvent?
            for call in try await calls(house.workspace) where kept == nil {
                if try await house.workspace.audit.standing(call, .answer) == .kept { kept = call }
            }
            let call = try #require(kept)
            let body = try await house.workspace.audit.body(call.sequence, .answer)
            #expect(body.count == call.call?.answer?.length)
            #expect(body.first == UInt8(ascii: "{") || body.first == UInt8(ascii: "["))
            let openings = try await house.workspace.store.read { try $0.auditEvents(AuditQuery(action: "audit.open")) }
            #expect(openings.map(\.subject) == ["audit/\(call.sequence)"])
        }
    }

    @Test("bodies go when their days are over, and the trail holds as before")
    func retention() async throws {
        try await WorkHouse.with(settings: "[audit]\nbody_days = 2") { house in
            _ = try await house.trigger()
            try await house.work()
            let before = try await calls(house.workspace)
            house.place.time.advance(.seconds(86_400 * 2))
            #expect(try await BodyRetention(workspace: house.workspace).apply() == 0)
            house.place.time.advance(.seconds(86_400 * 2))
            #expect(try await BodyRetention(workspace: house.workspace).apply() > 0)
            for call in before {
                for side in AuditBodySide.allCases {
                    #expect(try await house.workspace.audit.standing(call, side) != .kept)
                }
            }
            let owners = try await house.workspace.store.read { try $0.secretOwners(.auditBodies) }
            #expect(owners.isEmpty)
            #expect(try await house.workspace.trail.verify().damage == nil)
            #expect(try await calls(house.workspace) == before)
        }
    }

    @Test("calls that a worker left behind at its death are on record as unknown, once")
    func abandoned() async throws {
        try await WorkHouse.with { house in
            let now = house.place.time.now
            var event = AuditEvent(
                at: now, actor: "worker", action: "call.reading", subject: "gst/\(WorkHouse.gst.text)", outcome: "",
                correlation: "job/7")
            event.call = AuditCall(method: "GET", host: "portal.example", route: "/v1/notices")
            let left = event
            _ = try await house.workspace.store.write { writer in
                try writer.openCall(left, owner: "worker:dead", endsAt: now + .seconds(600))
            }
            for _ in 0..<2 { try await house.work() }
            let found = try await calls(house.workspace)
            #expect(found.map(\.outcome) == ["unknown"])
            #expect(found.first?.correlation == "job/7")
            #expect(found.first?.call == event.call)
        }
    }

    @Test("where nothing can be written nothing leaves, and it is said why")
    func noRecordNoCall() async throws {
        try await WorkHouse.with { house in
            let connectors = try Connectors(workspace: house.workspace)
            let before = await house.server.calls().values.reduce(0, +)
            let url = try #require(house.workspace.providers().files.first?.profile.baseURL)
            house.workspace.store.close()
            let client = HTTPClient(witness: connectors.records)
            do throws(TransportFailure) {
                _ = try await client.send(HTTPRequest(.get, url: url + "/v1/health", deadline: .now + .seconds(30)))
                Issue.record("the call left")
            } catch {
                #expect(error.kind == .unrecorded)
                #expect(error.evidence == .notSent)
            }
            #expect(await house.server.calls().values.reduce(0, +) == before)
        }
    }

    @Test(
        "routes keep what finds a call and lose what opens something",
        arguments: [
            ("https://a.example/x/y?page=2&auth_token=abc", "/x/y?page=2&auth_token=redacted"),
            ("https://u:p@a.example", "/"), ("https://a.example/x?otp=1234#frag", "/x?otp=redacted"),
        ])
    func routes(url: String, route: String) {
        #expect(CallRedaction.route(url) == route)
        #expect(CallRedaction.host(url) == "a.example")
    }
}
