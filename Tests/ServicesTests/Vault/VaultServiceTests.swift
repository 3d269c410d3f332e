import Domain
import Foundation
import Secrets
import Store
import Testing
import Vault

@testable import Services

/// Who may open the vault, and what a rotation leaves behind.
@Suite(.timeLimit(.minutes(20))) struct VaultServiceTests {
    private struct House {
        let place: Place
        let asha: VaultPrivateKey
        let worker: VaultPrivateKey
        var accounts: [AccountId] = []

        /// A vault of two holders with `count` sealed passwords.
        static func make(_ count: Int) async throws -> (House, Workspace) {
            let place = try Place()
            let workspace = try await place.olderWorkspace()
            var house = House(place: place, asha: try VaultPrivateKey(), worker: try VaultPrivateKey())
            try await workspace.vault.create(
                for: [
                    NewHolder(holder: .person("asha"), key: house.asha),
                    NewHolder(holder: .worker, key: house.worker),
                ], by: "asha")
            try await house.fill(workspace, count)
            return (house, workspace)
        }

        private mutating func fill(_ workspace: Workspace, _ count: Int) async throws {
            let drafts = try (0..<count).map { number in
                var draft = BusinessDraft(name: "Firm \(number)", group: "")
                draft.pan = try Pan(Self.pan(number))
                draft.incomeTaxUsername = "user\(number)"
                return draft
            }
            let now = workspace.now
            let key = try #require(try await Self.current(workspace))
            accounts = try await workspace.store.write { writer in
                _ = try writer.importBusinesses(drafts, now: now)
                let ids = try writer.reader.accounts(AccountQuery(perPage: nil)).rows.map(\.id).sorted {
                    $0.rawValue < $1.rawValue
                }
                for id in ids { try Self.set(id, key, writer, at: now) }
                return ids
            }
        }

        /// Sets an account's password, sealed to `key`.
        static func set(_ id: AccountId, _ key: VaultPublicKey, _ writer: StoreWriter, at now: Instant) throws {
            let account = try #require(try writer.reader.account(id))
            let sealed = try key.seal(password(id), at: PasswordPlace(next: account).inVault)
            try writer.setLogin(id, username: "user", sealedPassword: sealed, at: now)
        }

        static func password(_ id: AccountId) -> SecretBytes { SecretBytes(utf8: "secret of \(id.rawValue)") }

        static func pan(_ number: Int) -> String {
            let letters = [number / 26 % 26, number % 26].map { String(UnicodeScalar(UInt8(65 + $0))) }.joined()
            return "AB\(letters[letters.startIndex])P\(letters.suffix(1))"
                + String(format: "%04d", number / 676 + 1) + "K"
        }

        static func current(_ workspace: Workspace) async throws -> VaultPublicKey? {
            try await workspace.store.read { try $0.vaultKeys() }.last.map { try VaultPublicKey(bytes: $0.publicKey) }
        }

        /// As another process would: nothing is in memory until a holder unlocks.
        func reopened() throws -> Workspace {
            let workspace = try Workspace.open(place.home, place.surroundings)
            workspace.acting.current = .program("test")
            return workspace
        }

        /// How many passwords open and read as they should.
        func readable(_ workspace: Workspace) async throws -> Int {
            let stored = try await workspace.store.read { try $0.sealedPasswords(after: AccountId(0), limit: 100_000) }
            let keys = try await workspace.store.read { try $0.vaultKeys() }.compactMap { workspace.keyring.key($0.id) }
            return stored.filter { account, sealed in
                let place = PasswordPlace(account, sealed).inVault
                return keys.contains { key in
                    let found = try? key.open(sealed.bytes, at: place)
                    return found?.withBytes { String(decoding: $0, as: UTF8.self) } == "secret of \(account.rawValue)"
                }
            }.count
        }
    }

    @Test func aHolderOpensTheVaultInAnotherProcessAndOthersDoNot() async throws {
        let (house, workspace) = try await House.make(3)
        workspace.close()
        let other = try house.reopened()
        #expect(other.keyring.isEmpty)
        let refused = await complaint { try await other.vault.unlock(.person("ravi"), with: house.asha) }
        #expect(refused?.status == .notPermitted)
        let wrong = await complaint { try await other.vault.unlock(.worker, with: house.asha) }
        #expect(wrong != nil && other.keyring.isEmpty)
        try await other.vault.unlock(.worker, with: house.worker)
        #expect(try await house.readable(other) == 3)
        other.close()
        #expect(other.keyring.isEmpty)
    }

    @Test func grantingNeedsNobodysPasswordAndRevokingTakesTheGrant() async throws {
        let (house, workspace) = try await House.make(2)
        let ravi = try VaultPrivateKey()
        try await workspace.store.write {
            try $0.setHolderKey(
                NewHolder(holder: .person("ravi"), key: ravi).row(seen: workspace.keyring.seen))
        }
        try await workspace.vault.grant(.person("ravi"), by: "asha")
        let other = try house.reopened()
        try await other.vault.unlock(.person("ravi"), with: ravi)
        #expect(try await house.readable(other) == 2)
        try await workspace.vault.revoke(.person("ravi"), by: "asha")
        _ = try await workspace.vault.rotate(by: "asha")
        let later = try house.reopened()
        let refused = await complaint { try await later.vault.unlock(.person("ravi"), with: ravi) }
        #expect(refused?.status == .notPermitted)
        // What was in that process's memory opens nothing that stands now.
        #expect(try await house.readable(other) == 0)
        #expect(try await house.readable(workspace) == 2)
    }

    @Test func aRotationThatWasCutOffIsTakenUpAgain() async throws {
        let (house, workspace) = try await House.make(1_300)
        let cut = await complaint {
            // The store goes away after the first batch, as a killed process would.
            try await workspace.vault.rotate(by: "asha") { _ in workspace.store.close() }
        }
        #expect(cut != nil)
        let next = try house.reopened()
        try await next.vault.unlock(.person("asha"), with: house.asha)
        #expect(try await house.readable(next) == 1_300)
        let status = try await next.vault.status()
        #expect(status.keys.count == 2 && status.waiting == 800 && status.isRotating)
        #expect(try await next.vault.rotate(by: "asha") == 800)
        #expect(try await house.readable(next) == 1_300)
        let end = try await next.vault.status()
        #expect(end.keys.count == 1 && end.waiting == 0 && !end.isRotating)
        #expect(end.holders == ["person/asha", "worker"])
    }

    @Test func whatIsSealedToTheOldKeyMeanwhileIsFound() async throws {
        let (house, workspace) = try await House.make(600)
        let old = try #require(try await House.current(workspace))
        let first = try #require(house.accounts.first)
        let now = workspace.now
        _ = try await workspace.vault.rotate(by: "asha") { count in
            guard count == 500 else { return }
            // Another process had chosen the old key just before the rotation began.
            _ = try? workspace.store.writeNow { try House.set(first, old, $0, at: now) }
        }
        #expect(try await house.readable(workspace) == 600)
        #expect(try await workspace.vault.status().waiting == 0)
    }

    @Test func aPasswordThatDoesNotOpenHoldsUpNoOtherAndIsNamed() async throws {
        let (house, workspace) = try await House.make(700)
        let key = try #require(try await House.current(workspace))
        let (first, other) = (house.accounts[3], house.accounts[650])
        let now = workspace.now
        // Sealed for another place: as a value swapped within the database.
        let wrong = try #require(try await workspace.store.read { try $0.account(other) })
        let stray = try key.seal(House.password(other), at: PasswordPlace(next: wrong).inVault)
        try await workspace.store.write { try $0.setLogin(first, username: "user", sealedPassword: stray, at: now) }
        let refused = await complaint { _ = try await workspace.vault.rotate(by: "asha") }
        let name = try #require(try await workspace.store.read { try $0.account(first) }).identity.text
        #expect(refused?.status == .badData)
        #expect(refused?.why.contains("1 stored password could not be opened") == true)
        #expect(refused?.why.contains(name) == true)
        #expect(try await workspace.vault.status().waiting == 1)
        let found = try await workspace.vault.check()
        #expect(found.count == 700 && found.damaged == [first])

        let current = try #require(try await House.current(workspace))
        try await workspace.store.write { try House.set(first, current, $0, at: now) }
        _ = try await workspace.vault.rotate(by: "asha")
        #expect(try await workspace.vault.check().damaged.isEmpty)
        #expect(try await workspace.vault.status().keys.count == 1)
    }

    @Test func aKeyFileGivesWayToTheVaultEvenWhenCutOff() async throws {
        let house = try House(place: Place(), asha: VaultPrivateKey(), worker: VaultPrivateKey())
        let workspace = try await house.place.olderWorkspace()
        for number in 0..<620 {
            var draft = BusinessDraft(name: "Firm \(number)", group: "")
            draft.pan = try Pan(House.pan(number))
            draft.incomeTaxUsername = "user"
            _ = try await workspace.businesses.add(draft)
        }
        let accounts = try await workspace.credentials.accounts(AccountQuery(perPage: nil)).rows
        for account in accounts {
            try await workspace.credentials.setLogin(
                account.identity, username: "user", password: House.password(account.id))
        }
        try await workspace.vault.create(for: [NewHolder(holder: .person("asha"), key: house.asha)], by: "asha")
        let cut = await complaint {
            try await workspace.vault.adoptKeyFile(by: "asha") { _ in workspace.store.close() }
        }
        #expect(cut != nil && FileManager.default.fileExists(atPath: house.place.home.vaultKey))
        let next = try house.reopened()
        try await next.vault.unlock(.person("asha"), with: house.asha)
        // Before the rest is moved both kinds are read.
        for account in accounts { #expect(try await next.credentials.login(of: account.id).login != nil) }
        #expect(try await next.vault.adoptKeyFile(by: "asha") == 120)
        #expect(!FileManager.default.fileExists(atPath: house.place.home.vaultKey))
        #expect(try await house.readable(next) == 620)
        #expect(try await next.vault.adoptKeyFile(by: "asha") == 0)
        next.keyring.lock()
        let locked = await complaint { try await next.credentials.login(of: accounts[0].id) }
        #expect(locked?.status == .notPermitted)
    }

    /// Whoever can write the database, and nothing else, gives every holder a key of their own making.
    @Test(arguments: [false, true]) func aKeyThatTheVaultDoesNotVouchForIsRefusedByAll(asARotation: Bool) async throws {
        let (house, workspace) = try await House.make(3)
        let thief = try VaultPrivateKey()
        let now = workspace.now
        let current = try #require(try await House.current(workspace)).id.description
        try await workspace.store.write { writer in
            // Even with a link that looks right: signed by nobody but themselves.
            let link = KeyLink(
                key: thief.publicKey, signer: try KeyLink(first: thief).signer, predecessor: current,
                endorsement: try KeyLink(VaultPrivateKey(), after: thief).endorsement)
            try writer.addVaultKey(link.row(at: now))
            for (holder, key) in [(KeyGrant.Holder.person("asha"), house.asha), (.worker, house.worker)] {
                try writer.grantVaultKey(
                    link.name, to: holder.text, wrapped: KeyGrant(of: thief, to: holder, key: key.publicKey).bytes,
                    voucher: thief.voucher(for: holder, key.publicKey), by: "asha", at: now)
            }
            if asARotation { try writer.beginRotation(from: current, to: link.name, at: now) }
        }
        let account = try #require(try await workspace.store.read { try $0.account(house.accounts[0]) })
        let word = "a key in the database is not one of this vault: somebody put it there"
        let edit = await complaint {
            _ = try await workspace.credentials.setLogin(
                account.identity, username: "user", password: SecretBytes(utf8: "a canary"))
        }
        let rotation = await complaint { _ = try await workspace.vault.rotate(by: "asha") }
        let other = try house.reopened()
        let unlocking = await complaint { try await other.vault.unlock(.person("asha"), with: house.asha) }
        for refused in [edit, rotation, unlocking] {
            #expect(refused?.status == .badData && refused?.why == word)
        }
        let stored = try await workspace.store.read { try $0.sealedPasswords(after: AccountId(0), limit: 10) }
        #expect(stored.allSatisfy { !thief.publicKey.sealed($0.sealed.bytes) })
    }

    @Test func aVaultThatWasExchangedAsAWholeIsRefused() async throws {
        let (house, workspace) = try await House.make(1)
        let thief = try VaultPrivateKey()
        let now = workspace.now
        try await workspace.store.write { writer in
            let first = try KeyLink(first: thief)
            for key in try writer.reader.vaultKeys() { try writer.retire(key.id, at: now) }
            try writer.addVaultKey(first.row(at: now))
            let grant = try KeyGrant(of: thief, to: .person("asha"), key: house.asha.publicKey)
            try writer.grantVaultKey(
                first.name, to: "person/asha", wrapped: grant.bytes, voucher: [], by: "asha", at: now)
            try writer.setPin(thief.pin(first), of: "person/asha")
        }
        let refused = await complaint {
            try await house.reopened().vault.unlock(.person("asha"), with: house.asha)
        }
        #expect(refused?.status == .badData)
        #expect(refused?.what == "the vault stays closed")
    }

    @Test func aHolderWhoWasAwayFollowsTwoRotations() async throws {
        let (house, workspace) = try await House.make(3)
        _ = try await workspace.vault.rotate(by: "asha")
        _ = try await workspace.vault.rotate(by: "asha")
        let other = try house.reopened()
        try await other.vault.unlock(.worker, with: house.worker)
        #expect(try await house.readable(other) == 3)
    }

    @Test func aHoldersKeyThatWasExchangedGetsNoNewVaultKey() async throws {
        let (house, workspace) = try await House.make(3)
        let thief = try VaultPrivateKey()
        // Whoever can write the database, and nothing else, puts a key of their own in a holder's place.
        try await workspace.store.write {
            try $0.setHolderKey(HolderKey(holder: "worker", publicKey: thief.publicKey.bytes))
        }
        let refused = await complaint { try await workspace.vault.rotate(by: "asha") }
        #expect(refused?.status == .badData && refused?.why == "the key of worker was changed outside of PortalDesk")
        #expect(try await workspace.vault.status().keys.count == 1)
        #expect(try await house.readable(workspace) == 3)
    }
}
