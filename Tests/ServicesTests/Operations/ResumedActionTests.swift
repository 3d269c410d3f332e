import Domain
import Foundation
import Portals
import Sandbox
import Secrets
import Store
import Testing

@testable import Services

/// A password that was refused and set right lets go on what waited for it; what was refused stands in the evidence.
@Suite("Actions that waited for a password", .timeLimit(.minutes(20))) struct ResumedActionTests {
    private static let wrong = "Wrong@123"

    private static func user(_ house: ActionHouse) async throws -> (name: String, right: SecretBytes) {
        let kept = try #require(try await house.workspace.apiUsers.open(house.seller, provider: "sandbox-irp"))
        return (kept.name, kept.password)
    }

    private static func spoil(_ house: ActionHouse) async throws {
        let name = try await user(house).name
        try await house.workspace.apiUsers.set(
            house.seller, provider: "sandbox-irp", name: name, password: SecretBytes(utf8: wrong))
    }

    private static func attempts(_ house: ActionHouse, _ id: OperationId) async throws -> [OperationAttempt] {
        try await house.workspace.operations.dossier(id).attempts
    }

    @Test func `what never left is queued again when the password is set right, and done once`() async throws {
        try await ActionHouse.with { house in
            let (name, right) = try await Self.user(house)
            try await Self.spoil(house)
            let first = try await house.workToTheEnd(try await house.generate("GE-1").id)
            let second = try await house.workToTheEnd(try await house.generate("GE-2").id)
            try #require([first, second].allSatisfy { $0.state == .attention && $0.attempts == 0 })
            // Of another provider: it has nothing to do with this password.
            let other = try await house.workspace.apiUsers.set(
                house.seller, provider: "sandbox-irp2", name: name, password: right)
            #expect(other == ResumedOperations())
            let resumed = try await house.workspace.apiUsers.set(
                house.seller, provider: "sandbox-irp", name: name, password: right)
            #expect(resumed == ResumedOperations(queued: 2))
            try await house.work()
            for id in [first.id, second.id] {
                let end = try await house.workspace.operations.dossier(id).operation
                #expect(end.state == .filed && !end.isAdopted && end.attempts == 1, "\(end.message)")
            }
            #expect(try house.ledger("irn").count == 2)
            // There is nothing left that waits for it.
            let again = try await house.workspace.apiUsers.set(
                house.seller, provider: "sandbox-irp", name: name, password: right)
            #expect(again == ResumedOperations())
        }
    }

    @Test func `what may have left is looked up and never sent for it`() async throws {
        try await ActionHouse.with(faults: ["commit_then_reset:1@/irp/eicore/v1.03/Invoice"]) { house in
            let (name, right) = try await Self.user(house)
            let asked = try await house.generate()
            try await house.work()
            try await Self.spoil(house)
            let stopped = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            try #require(stopped.state == .attention && stopped.attempts == 1, "\(story)")
            let resumed = try await house.workspace.apiUsers.set(
                house.seller, provider: "sandbox-irp", name: name, password: right)
            #expect(resumed == ResumedOperations(looked: 1))
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .filed && end.isAdopted && end.attempts == 1, "\(end.message)")
            #expect(try house.ledger("irn").map(\.calls) == [1])
            // The look that met the refused login has it beside itself.
            let login = try #require(try await Self.attempts(house, asked.id).first { $0.purpose == .login })
            #expect(login.call == "POST auth" && login.code == "1019" && login.event == .refused)
        }
    }

    @Test func `what waits for a person for another reason waits on`() async throws {
        try await ActionHouse.with { house in
            let (name, right) = try await Self.user(house)
            _ = try await house.registerElsewhere("GE-7", through: "sandbox-irp2")
            try await house.workspace.apiUsers.remove(house.seller, provider: "sandbox-irp2")
            let asked = try await house.workspace.eInvoices.generate(house.invoice())
            try #require(try await house.workToTheEnd(asked.id).state == .attention)
            let resumed = try await house.workspace.apiUsers.set(
                house.seller, provider: "sandbox-irp", name: name, password: right)
            #expect(resumed == ResumedOperations())
            #expect(try await house.workspace.operations.dossier(asked.id).operation.state == .attention)
        }
    }

    @Test func `a refused login stands in the evidence with call, status and code, and without a secret`() async throws
    {
        try await ActionHouse.with { house in
            try await Self.spoil(house)
            let end = try await house.workToTheEnd(try await house.generate().id)
            let attempts = try await Self.attempts(house, end.id)
            let story = try await house.story(end.id)
            try #require(attempts.map(\.purpose) == [.login], "\(story)")
            #expect(attempts[0].call == "POST auth" && attempts[0].status == 200 && attempts[0].code == "1019")
            #expect(attempts[0].event == .refused && attempts[0].provider == "sandbox-irp")
            #expect(attempts[0].endedAt != nil && attempts[0].answerHash == nil)
            #expect(!story.contains(Self.wrong))
            // It is no request: nothing of the invoice left, and a person may give it up without a word on the portal.
            #expect(end.attempts == 0)
            #expect(try await house.workspace.operations.discard(end.id).state == .discarded)
        }
    }

    @Test func `so does a login of our firm that a GSP refuses`() async throws {
        try await ActionHouse.with(more: ["sandbox-irp-enriched"]) { house in
            let path = "\(house.place.home.providers)/irp-enriched.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let spoilt = text.replacing(#/secret = ".*"/#, with: "secret = \"\(Self.wrong)\"")
            try #require(spoilt != text)
            try spoilt.write(toFile: path, atomically: true, encoding: .utf8)
            let asked = try await house.workspace.eInvoices.generate(
                house.invoice(), provider: "sandbox-irp-enriched")
            let end = try await house.workToTheEnd(asked.id)
            let attempts = try await Self.attempts(house, asked.id)
            let story = try await house.story(asked.id)
            try #require(end.state == .attention && attempts.map(\.purpose) == [.login], "\(story)")
            #expect(attempts[0].call == "POST the GSP's login" && attempts[0].status == 401, "\(story)")
            #expect(!story.contains(Self.wrong))
            // The taxpayer's user mends nothing here.
            let kept = try #require(
                try await house.workspace.apiUsers.open(house.seller, provider: "sandbox-irp-enriched"))
            let resumed = try await house.workspace.apiUsers.set(
                house.seller, provider: "sandbox-irp-enriched", name: kept.name, password: kept.password)
            #expect(resumed == ResumedOperations())
        }
    }

    @Test func `beside the hash of what can be read stands the one of what came`() async throws {
        try await ActionHouse.with(more: ["sandbox-irp-enriched"]) { house in
            func hashes(_ provider: String, _ number: String) async throws -> OperationAttempt {
                let asked = try await house.workspace.eInvoices.generate(house.invoice(number), provider: provider)
                let end = try await house.workToTheEnd(asked.id)
                try #require(end.state == .filed, "\(end.message)")
                return try #require(try await Self.attempts(house, asked.id).first { $0.event == .confirmed })
            }
            // Sealed for the session, and in clear.
            let sealed = try await hashes("sandbox-irp", "GE-1")
            #expect(sealed.wireHash?.count == 64 && sealed.wireHash != sealed.answerHash)
            let clear = try await hashes("sandbox-irp-enriched", "GE-2")
            #expect(clear.wireHash?.count == 64 && clear.wireHash == clear.answerHash)
        }
    }
}
