import Foundation
import Secrets
import Testing

@testable import Vault

/// Secrets sealed to the vault's public key.
@Suite struct EnvelopeTests {
    private func place(_ row: Int, version: UInt64 = 1) -> SecretPlace {
        SecretPlace(table: "account", row: "\(row)", column: "password", version: version)
    }

    private func text(_ secret: SecretBytes) -> String { secret.withBytes { String(decoding: $0, as: UTF8.self) } }

    @Test func whoSealsNeedsNoPrivateKeyAndOnlyThatOpens() throws {
        let vault = try VaultPrivateKey()
        let sealed = try vault.publicKey.seal(SecretBytes(utf8: "t!ger-Lotus-88"), at: place(1))
        #expect(text(try vault.open(sealed, at: place(1))) == "t!ger-Lotus-88")
        let other = try VaultPrivateKey()
        #expect(throws: VaultProblem.anotherKey(id: vault.publicKey.id.description)) {
            try other.open(sealed, at: place(1))
        }
    }

    @Test func ofTwoHundredValuesNoneOpensInThePlaceOfAnother() throws {
        let vault = try VaultPrivateKey()
        let sealed = try (0..<200).map { try vault.publicKey.seal(SecretBytes(utf8: "secret \($0)"), at: place($0)) }
        var opened = 0
        for from in 0..<200 {
            for to in 0..<200 where from != to {
                if (try? vault.open(sealed[from], at: place(to))) != nil { opened += 1 }
            }
        }
        #expect(opened == 0)
        #expect(throws: VaultProblem.doesNotOpen) { try vault.open(sealed[0], at: place(0, version: 2)) }
    }

    @Test func everyChangedByteIsRefused() throws {
        let vault = try VaultPrivateKey()
        let sealed = try vault.publicKey.seal(SecretBytes(utf8: "abc"), at: place(1))
        for index in sealed.indices {
            var damaged = sealed
            damaged[index] ^= 1
            #expect(throws: VaultProblem.self) { try vault.open(damaged, at: place(1)) }
        }
        for count in 0..<sealed.count {
            #expect(throws: VaultProblem.self) { try vault.open(Array(sealed.prefix(count)), at: place(1)) }
        }
    }

    @Test func aRotationWrapsAnewWithoutTouchingTheSecret() throws {
        let (old, new) = (try VaultPrivateKey(), try VaultPrivateKey())
        let sealed = try old.publicKey.seal(SecretBytes(utf8: "t!ger"), at: place(7))
        let rewrapped = try old.rewrap(sealed, at: place(7), to: new.publicKey)
        #expect(text(try new.open(rewrapped, at: place(7))) == "t!ger")
        #expect(throws: VaultProblem.self) { try old.open(rewrapped, at: place(7)) }
        #expect(sealed.suffix(33) == rewrapped.suffix(33))
        #expect(throws: VaultProblem.doesNotOpen) { try old.rewrap(sealed, at: place(8), to: new.publicKey) }
    }

    @Test func aGrantOpensForItsHolderAlone() throws {
        let (vault, asha, ravi) = (try VaultPrivateKey(), try VaultPrivateKey(), try VaultPrivateKey())
        let grant = try KeyGrant(of: vault, to: .person("asha"), key: asha.publicKey)
        let opened = try grant.open(by: .person("asha"), with: asha, vault: vault.publicKey)
        #expect(opened.publicKey == vault.publicKey)
        #expect(throws: VaultProblem.doesNotOpen) {
            try grant.open(by: .person("asha"), with: ravi, vault: vault.publicKey)
        }
        #expect(throws: VaultProblem.doesNotOpen) {
            try grant.open(by: .person("ravi"), with: asha, vault: vault.publicKey)
        }
        #expect(throws: VaultProblem.doesNotOpen) { try grant.open(by: .worker, with: asha, vault: vault.publicKey) }
        #expect(throws: VaultProblem.doesNotOpen) {
            try grant.open(by: .person("asha"), with: asha, vault: try VaultPrivateKey().publicKey)
        }
    }

    @Test func aPasswordOpensItsPersonsKeyAndTheStoredTextDoesNot() throws {
        let cost = PasswordHash.Cost(logRounds: 4)
        let (login, key) = try PersonalLogin.make("asha", SecretBytes(utf8: "river-Monsoon-7"), cost: cost)
        let unlocked = try login.unlock("asha", SecretBytes(utf8: "river-Monsoon-7"))
        #expect(unlocked?.publicKey == key.publicKey)
        #expect(try login.unlock("asha", SecretBytes(utf8: "river-Monsoon-8")) == nil)
        #expect(throws: VaultProblem.doesNotOpen) { try login.unlock("ravi", SecretBytes(utf8: "river-Monsoon-7")) }
        // What stands in the hash is of no use as a wrapping key.
        let verifier = try #require(
            Data(base64Encoded: login.hash.phc.split(separator: "$").last.map { $0 + "=" } ?? ""))
        var bytes = Array(verifier)
        let stored = SecretBytes(consuming: &bytes)
        #expect(throws: VaultProblem.doesNotOpen) { try login.key.open(of: "asha", under: stored) }
        let changed = try PersonalLogin("asha", SecretBytes(utf8: "new-Password-9"), key, cost: cost)
        #expect(try changed.unlock("asha", SecretBytes(utf8: "new-Password-9"))?.publicKey == key.publicKey)
        #expect(login.isCheaper(than: .standard))
    }

    @Test func aRecoveryCodeOpensTheVaultHoweverItIsTyped() throws {
        var random = SystemRandomNumberGenerator()
        let code = RecoveryCode.draw(&random)
        let key = try #require(RecoveryCode.key(of: code))
        let vault = try VaultPrivateKey()
        let grant = try KeyGrant(of: vault, to: .recovery, key: key.publicKey)
        let typed = text(code).lowercased().replacingOccurrences(of: "-", with: " ").replacingOccurrences(
            of: "0", with: "o")
        let again = try #require(RecoveryCode.key(of: SecretBytes(utf8: typed + "\n")))
        #expect(try grant.open(by: .recovery, with: again, vault: vault.publicKey).publicKey == vault.publicKey)
        let other = try #require(RecoveryCode.key(of: RecoveryCode.draw(&random)))
        #expect(throws: VaultProblem.doesNotOpen) { try grant.open(by: .recovery, with: other, vault: vault.publicKey) }
        for bad in ["", "ABCD", String(text(code).dropLast()), text(code) + "A", "U" + text(code).dropFirst()] {
            #expect(RecoveryCode.key(of: SecretBytes(utf8: bad)) == nil)
        }
    }
}
