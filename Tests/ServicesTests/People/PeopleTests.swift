import Domain
import Foundation
import Secrets
import Testing
import Vault

@testable import Services
@testable import Store

/// What admins do with people, and what follows for keys and sessions.
@Suite(.timeLimit(.minutes(20))) struct PeopleTests {
    private func holders(_ office: Office) async throws -> [String] { try await office.admin.vault.status().holders }

    @Test func whoMayHoldTheKeyGetsItAndSupportNever() async throws {
        let office = try await Office.make()
        try await office.add("olu", .operator_)
        try await office.add("sam", .support)
        try await office.add("ada", .admin)
        #expect(try await holders(office) == ["person/ada", "person/asha", "person/olu", "recovery"])
        let sam = try await office.enter("sam")
        #expect(sam.keyring.isEmpty && sam.keyring.own == nil)
        let olu = try await office.enter("olu")
        #expect(!olu.keyring.isEmpty)
    }

    @Test func takingTheKeyAwayGivesTheVaultANewOne() async throws {
        let office = try await Office.make()
        try await office.add("olu", .operator_)
        let olu = try await office.enter("olu")
        let former = try #require(try await office.admin.vault.status().keys.last)
        #expect(olu.keyring.key(former) != nil)
        try await office.admin.people.setRole("olu", .support)
        let current = try #require(try await office.admin.vault.status().keys.last)
        #expect(current != former)
        #expect(try await holders(office) == ["person/asha", "recovery"])
        // The session ended, and what that process still holds in its memory opens nothing that stands.
        #expect(await complaint { try await olu.sync.summary() } == .sessionEnded)
        let account = try #require(try await office.admin.credentials.account(Office.first))
        #expect(await complaint { try await olu.credentials.login(of: account.id) } == .vaultLocked)
        #expect(try await office.admin.credentials.password(of: Office.first).text == Office.secret(Office.first))
        // Back again: the key comes without anybody's password.
        try await office.admin.people.setRole("olu", .operator_)
        let back = try await office.enter("olu")
        #expect(try await back.credentials.login(of: account.id).login != nil)
    }

    @Test func theLastAdminStays() async throws {
        let office = try await Office.make()
        for change in [
            { try await office.admin.people.disable("asha") },
            { try await office.admin.people.setRole("asha", .operator_) },
        ] as [@Sendable () async throws -> Void] {
            let refused = await complaint { try await change() }
            #expect(refused?.status == .badData && refused?.what == "asha is the last admin")
        }
        try await office.add("ada", .admin)
        let ada = try await office.enter("ada")
        try await ada.people.disable("asha")
        #expect(await complaint { try await office.admin.sync.summary() } == .sessionEnded)
    }

    @Test func anotherRoleTakesTheGrantsOfTheFormerOne() async throws {
        let office = try await Office.make()
        try await office.add("olu", .operator_, .edit, .reveal)
        try await office.admin.people.setRole("olu", .support)
        try await office.admin.people.setRole("olu", .operator_)
        #expect(try await office.admin.people.people().first { $0.name == "olu" }?.grants == [])
        try await office.add("sam", .support)
        let refused = await complaint { try await office.admin.people.grant("sam", .reveal) }
        #expect(refused?.status == .badData)
    }

    @Test func oneChangesOnesOwnPasswordAndAnAdminResetsAnybodys() async throws {
        let office = try await Office.make()
        try await office.add("olu", .operator_)
        let olu = try await office.enter("olu")
        let other = try await office.enter("olu")
        let long = SecretBytes(utf8: "a new long password")
        let short = await complaint {
            try await olu.people.setPassword(of: "olu", SecretBytes(utf8: "short"), current: nil)
        }
        #expect(short?.status == .badData)
        // Without the present one only an admin may.
        let unproven = await complaint { try await olu.people.setPassword(of: "olu", long, current: nil) }
        #expect(unproven?.status == .notPermitted)
        let foreign = await complaint { try await olu.people.setPassword(of: "asha", long, current: nil) }
        #expect(foreign?.status == .notPermitted)
        try await olu.people.setPassword(of: "olu", long, current: SecretBytes(utf8: Office.password))
        _ = try await olu.sync.summary()
        #expect(await complaint { try await other.sync.summary() } == .sessionEnded)
        let account = try #require(try await office.admin.credentials.account(Office.first))
        let again = try await office.enter("olu", password: "a new long password")
        #expect(try await again.credentials.login(of: account.id).login != nil)
        try await office.admin.people.setPassword(of: "olu", SecretBytes(utf8: Office.password), current: nil)
        let reset = try await office.enter("olu")
        #expect(try await reset.credentials.login(of: account.id).login != nil)
    }

    @Test func namesAddressesAndPasswordsAreChecked() async throws {
        let office = try await Office.make()
        for (name, email, password) in [
            ("", "a@firm.example", Office.password), ("a b", "a@firm.example", Office.password),
            ("asha", "a@firm.example", Office.password), ("olu", "no address", Office.password),
            ("olu", "a@firm.example\r\nBcc: b@firm.example", Office.password), ("olu", "a@firm.example", "1234567"),
            ("olu", "a@firm.example", "aaaaaaaaaaaa"), ("olu-the-man", "a@firm.example", "Olu-The-Man"),
        ] {
            let refused = await complaint {
                try await office.admin.people.add(
                    .init(name: name, email: email, role: .operator_, password: SecretBytes(utf8: password)))
            }
            #expect(refused?.status == .badData, "\(name) \(email)")
        }
        #expect(try await office.admin.people.people().map(\.name) == ["asha"])
    }

    @Test func adminsSeeTheWholeTrailAndOthersTheirOwn() async throws {
        let office = try await Office.make()
        try await office.add("olu", .operator_)
        let olu = try await office.enter("olu")
        #expect(try await Set(olu.audit.events(AuditQuery()).map(\.actor)) == ["olu"])
        let foreign = await complaint { try await olu.audit.events(AuditQuery(actor: "asha")) }
        #expect(foreign?.status == .notPermitted)
        let all = try await office.admin.audit.events(AuditQuery())
        #expect(Set(all.map(\.actor)) == ["asha", "olu"])
        #expect(all.contains { $0.action == "denied" && $0.actor == "olu" })
        let first = try #require(all.first { $0.actor == "asha" })
        #expect(await complaint { try await olu.audit.event(first.sequence) }?.status == .notPermitted)
    }
}
