import Domain
import Foundation
import Secrets
import Testing

@testable import Vault

@Suite struct KeyFileTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vault-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func aKeyWrittenOnceOpensWhatItSealed() throws {
        try withFolder { folder in
            let file = VaultKeyFile(path: folder + "/vault.key")
            let place = SecretPlace(table: "account", row: "1", column: "password", version: 1)
            let sealed = try file.create().seal(SecretBytes(utf8: "secret"), at: place)
            #expect(try file.load().open(sealed, at: place).withBytes { Array($0) } == Array("secret".utf8))
        }
    }

    @Test func anExistingKeyIsNeverOverwritten() throws {
        try withFolder { folder in
            let file = VaultKeyFile(path: folder + "/vault.key")
            _ = try file.create()
            #expect(throws: VaultProblem.keyExists(file: file.path)) { try file.create() }
        }
    }

    @Test func aKeyThatOthersCanReadIsRefused() throws {
        try withFolder { folder in
            let file = VaultKeyFile(path: folder + "/vault.key")
            _ = try file.create()
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
            #expect(throws: VaultProblem.keyOpenToOthers(file: file.path, mode: 0o644)) { try file.load() }
        }
    }

    @Test func aMissingOrCutKeySaysSo() throws {
        try withFolder { folder in
            let file = VaultKeyFile(path: folder + "/vault.key")
            #expect(throws: VaultProblem.keyMissing(file: file.path)) { try file.load() }
            #expect(
                FileManager.default.createFile(
                    atPath: file.path, contents: Data([1, 2, 3]), attributes: [.posixPermissions: 0o600]))
            #expect(throws: VaultProblem.keyMalformed(file: file.path)) { try file.load() }
        }
    }
}

@Suite struct PasswordHashTests {
    private let cheap = PasswordHash.Cost(logRounds: 4)

    @Test func theRightPasswordIsAcceptedAndAnyOtherIsNot() throws {
        let hash = try PasswordHash.make(SecretBytes(utf8: "correct horse"), cost: cheap)
        #expect(hash.phc.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        #expect(hash.accepts(SecretBytes(utf8: "correct horse")))
        #expect(!hash.accepts(SecretBytes(utf8: "correct horsf")))
        #expect(!hash.accepts(SecretBytes(utf8: "")))
    }

    @Test func twoHashesOfOnePasswordDiffer() throws {
        let first = try PasswordHash.make(SecretBytes(utf8: "same"), cost: cheap)
        #expect(try PasswordHash.make(SecretBytes(utf8: "same"), cost: cheap) != first)
    }

    @Test(arguments: [
        "", "$scrypt$ln=40,r=8,p=1$c2FsdHNhbHQ$AAAA", "$scrypt$ln=4,r=32,p=1$c2FsdHNhbHQ$AAAA", "$argon2id$x",
    ])
    func aHostileOrForeignHashAcceptsNothing(phc: String) {
        #expect(!PasswordHash(phc: phc).accepts(SecretBytes(utf8: "x")))
    }
}
