import Domain
import Portals
import Sandbox
import Secrets
import Store
import Testing

@testable import Services

/// What waits for a person can always be ended by one, on record.
@Suite("Settled by a person", .timeLimit(.minutes(20))) struct SettlingTests {
    /// The portal holds the same document with another total.
    private static func conflict(_ house: ActionHouse) async throws -> PortalOperation {
        #expect(try await house.registerElsewhere("GE-7", through: "sandbox-irp").event == .confirmed)
        let other = String(decoding: house.invoice(total: "708.00"), as: UTF8.self)
            .replacing(#""TotInvVal":708.00"#, with: #""TotInvVal":708.50,"RndOffAmt":0.50"#)
        let asked = try await house.workspace.eInvoices.generate(Array(other.utf8), provider: "sandbox-irp")
        let end = try await house.workToTheEnd(asked.id)
        let story = try await house.story(asked.id)
        try #require(end.state == .conflict, "\(story)")
        return end
    }

    /// The portal refuses the password that is kept.
    private static func spoilPassword(_ house: ActionHouse) async throws {
        let user = try #require(
            try await house.workspace.apiUsers.list().first { $0.provider == "sandbox-irp" && $0.gstin == house.seller }
        )
        try await house.workspace.apiUsers.set(
            house.seller, provider: "sandbox-irp", name: user.name, password: .init(utf8: "Wrong@123"))
    }

    /// An action that was never sent and waits for a person: its password was refused.
    private static func refusedLogin(_ house: ActionHouse) async throws -> PortalOperation {
        try await spoilPassword(house)
        let end = try await house.workToTheEnd(try await house.generate().id)
        try #require(end.state == .attention && end.attempts == 0, "\(end.message)")
        return end
    }

    private static func detail(_ house: ActionHouse, _ action: String) async throws -> String {
        try await house.workspace.read { reader in
            var query = AuditQuery()
            query.action = action
            return try reader.auditEvents(query).map(\.detail).joined(separator: "\n")
        }
    }

    @Test func `a conflict is given up with a reason, and its number is free again`() async throws {
        try await ActionHouse.with { house in
            let conflict = try await Self.conflict(house)
            let operations = house.workspace.operations
            let silent = await complaint { _ = try await operations.settle(conflict.id, .giveUp) }
            #expect(silent?.status == .badData && silent?.description.contains("reason") == true)
            let end = try await operations.settle(conflict.id, .giveUp, reason: "the books were wrong")
            #expect(end.state == .rejected && end.message.contains("the books were wrong"))
            #expect(try await Self.detail(house, "operation.settle").contains("the books were wrong"))
            // What the portal holds is what is asked for now: found, never made twice.
            let right = try await house.workToTheEnd(try await house.generate().id)
            #expect(right.state == .filed && right.isAdopted)
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test func `a conflict that a person did not find is sent again, once, and is one again`() async throws {
        try await ActionHouse.with { house in
            let conflict = try await Self.conflict(house)
            let again = try await house.workspace.operations.settle(
                conflict.id, .sendAgain, reason: "the portal shows nothing")
            #expect(again.state == .resendOk)
            #expect(try await house.workToTheEnd(conflict.id).state == .conflict)
            let sent = try await house.workspace.operations.dossier(conflict.id).attempts.filter { $0.purpose == .send }
            #expect(sent.count == 2)
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test func `what was never sent is given up without anybody's word on the portal`() async throws {
        try await ActionHouse.with { house in
            let waiting = try await Self.refusedLogin(house)
            #expect(try await house.workspace.operations.discard(waiting.id).state == .discarded)
        }
    }

    @Test func `what may have left is not discarded, and is given up by a person's word`() async throws {
        try await ActionHouse.with { house in
            _ = try await house.registerElsewhere("GE-7", through: "sandbox-irp2")
            try await house.workspace.apiUsers.remove(house.seller, provider: "sandbox-irp2")
            let asked = try await house.workToTheEnd(try await house.generate().id)
            #expect(asked.state == .attention)
            let operations = house.workspace.operations
            let refused = await complaint { _ = try await operations.discard(asked.id) }
            #expect(refused?.status == .badData && refused?.description.contains("--give-up") == true)
            let end = try await operations.settle(asked.id, .giveUp, reason: "registered by the other software")
            #expect(end.state == .discarded && end.nextStepAt == nil)
        }
    }

    @Test func `several are looked at and given up in one call, and one that cannot be is told`() async throws {
        try await ActionHouse.with { house in
            let done = try await house.workToTheEnd(try await house.generate("GE-1").id)
            try #require(done.state == .filed)
            try await Self.spoilPassword(house)
            var ids: [OperationId] = []
            for number in ["GE-2", "GE-3"] {
                ids.append(try await house.workToTheEnd(try await house.generate(number).id).id)
            }
            let operations = house.workspace.operations
            let stopped = try await operations.dossier(ids[0]).operation
            #expect(stopped.awaitsApiUser && stopped.choices == [.hurry, .giveUp])
            let asked = try await operations.carryOut(.hurry, on: ids + [done.id])
            #expect(asked.done.map(\.id) == ids && asked.refusals.count == 1)
            try await house.work()
            #expect(stopped.meaning.hasPrefix("Nothing was sent."))
            let ended = try await operations.carryOut(.giveUp, on: ids, reason: "not wanted any more")
            #expect(ended.done.map(\.state) == [.discarded, .discarded] && ended.refusals.isEmpty)
            #expect(ended.done.allSatisfy { $0.message.contains("not wanted any more") })
        }
    }

    @Test func `a number that cannot be this one's is not taken`() async throws {
        try await ActionHouse.with { house in
            let waiting = try await Self.refusedLogin(house)
            let operations = house.workspace.operations
            let expected = try #require(waiting.expectedReference)
            for wrong in ["", "112610100000001", String(repeating: "a", count: 64), "z" + expected.dropFirst()] {
                let refused = await complaint { _ = try await operations.settle(waiting.id, .found(wrong)) }
                #expect(refused?.status == .badData, "\(wrong)")
            }
            let end = try await operations.settle(waiting.id, .found(" \(expected.uppercased()) "))
            #expect(end.state == .filed && end.reference == expected && end.isAdopted)
        }
    }

    @Test func `a wrong password costs one login however much waits for it`() async throws {
        try await ActionHouse.with { house in
            try await Self.spoilPassword(house)
            for number in 1...6 { _ = try await house.generate("GE-\(number)") }
            try await house.work()
            let calls = await house.server.calls()
            let logins = calls.filter { $0.key.lowercased().contains("auth") }.values.reduce(0, +)
            #expect(logins == 1, "\(calls)")
            #expect(try await house.workspace.operations.standing().attention == 6)
        }
    }
}
