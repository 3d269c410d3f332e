import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import Services

/// What a portal refuses ends; what it does not hold, because only something earlier is there, is made.
@Suite("Refused and repeated actions", .timeLimit(.minutes(20))) struct RefusedActionTests {
    private static func cancellation(_ number: String) -> EWayBillCancellation {
        var request = EWayBillCancellation()
        (request.number, request.reason) = (Int(number), EWayBillCancelReason.orderCancelled.rawValue)
        request.remark = "the order was taken back"
        return request
    }

    private static func attempts(_ house: ActionHouse, _ id: OperationId) async throws -> [OperationAttempt] {
        try await house.workspace.operations.dossier(id).attempts
    }

    @Test func `a cancellation that comes too late is refused after one request and one look`() async throws {
        try await ActionHouse.with { house in
            let made = try await house.workToTheEnd(try await house.workspace.eWayBills.generate(house.challan()).id)
            house.place.time.advance(.seconds(86_400 - 60))
            let number = try #require(made.reference)
            let asked = try await house.workspace.eWayBills.submit(.cancel(Self.cancellation(number)))
            house.place.time.advance(.seconds(3_600))
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .rejected && end.code == "315", "\(story)")
            #expect(try await Self.attempts(house, asked.id).map(\.purpose) == [.send, .look], "\(story)")
        }
    }

    @Test func `the second bill of a document is made although only the cancelled first one is there`() async throws {
        // The second way to the same system, so that the fault hits the second request.
        let second = "/ewb/ewaybillapi/v1.03"
        try await ActionHouse.with(faults: ["reset:1@\(second)/ewayapi"]) { house in
            let service = house.workspace.eWayBills
            let first = try await house.workToTheEnd(try await service.generate(house.challan()).id)
            let number = try #require(first.reference)
            let taken = try await service.submit(.cancel(Self.cancellation(number)))
            #expect(try await house.workToTheEnd(taken.id).state == .filed)
            let path = "\(house.place.home.providers)/ewb.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing("/ewb/v1.03", with: second).write(toFile: path, atomically: true, encoding: .utf8)
            let asked = try await service.generate(house.challan())
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(asked.id != first.id && end.state == .filed && end.reference != number, "\(story)")
            let events = try await Self.attempts(house, asked.id).map(\.event)
            #expect(
                events.first == .lost && events.last == .confirmed && events.count { $0 == .notFound } > 1, "\(story)")
            #expect(try house.ledger("ewb").count == 2)
        }
    }

    @Test func `a secret that is not kept yet is told, and nobody waits for it`() async throws {
        try await ActionHouse.with { house in
            let path = "\(house.place.home.providers)/irp.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let bare = text.replacing(#/client_secret = ".*"/#, with: #"client_secret = "vault:firm-secret""#)
            try #require(bare != text)
            try bare.write(toFile: path, atomically: true, encoding: .utf8)
            let asked = try await house.generate()
            try await house.work()
            let waiting = try await house.workspace.operations.dossier(asked.id).operation
            #expect(waiting.state == .notSent && waiting.message.contains("firm-secret"), "\(waiting.message)")
            let (id, now) = (asked.id, house.place.time.now)
            let tally = try await house.workspace.read { try $0.tally([id], now: now) }
            #expect(tally.underWay == 0 && tally.waiting == 1)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try await house.workToTheEnd(asked.id).state == .filed)
        }
    }

    @Test func `a provider carries out no more actions at once than its file allows`() async throws {
        try await ActionHouse.with { house in
            let path = "\(house.place.home.providers)/irp.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing("concurrency = 4", with: "concurrency = 2").write(
                toFile: path, atomically: true, encoding: .utf8)
            for number in 1...5 { _ = try await house.generate("GE-\(number)") }
            let limits = try Connectors(workspace: house.workspace).limits(running: ["sandbox-irp"])
            let now = house.place.time.now
            let held = try await house.workspace.store.write { writer in
                var limits = limits
                return try limits.claimOperations(
                    from: writer, owner: "a", limit: 32, until: now + .seconds(60), now: now)
            }
            #expect(held.count == 1)
        }
    }

    @Test(arguments: [
        ("nic-1", "NIC1", true), ("NIC101", "NIC1", true), ("NIC102", "NIC2", true), ("NIC 2", "NIC2", true),
        ("EY", "EY", true), ("NIC1017", "NIC1", false), ("NIC1", "NIC2", false), ("EY", "NIC", false),
        // Either of the two.
        ("NIC", "NIC1", true), ("NIC2", "NIC", true),
    ])
    func `one portal has many names`(name: String, portal: String, areSame: Bool) {
        #expect(ActionRoutes.areSame(name, portal) == areSame && ActionRoutes.areSame(portal, name) == areSame)
    }
}
