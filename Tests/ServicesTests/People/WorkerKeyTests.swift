import Domain
import Foundation
import Portals
import Secrets
import Testing
import Vault

@testable import Services
@testable import Store

/// Where a worker has its key from.
@Suite(.timeLimit(.minutes(20))) struct WorkerKeyTests {
    private func worker(_ office: Office, credentials: String? = nil) throws -> Workspace {
        var surroundings = office.place.surroundings
        surroundings.environment["CREDENTIALS_DIRECTORY"] = credentials
        return try Workspace.open(office.place.home, surroundings)
    }

    private func opens(_ workspace: Workspace) async throws -> Bool {
        let account = try #require(try await workspace.store.read { try $0.account(Office.first) })
        return try await workspace.credentials.login(of: account.id).login?.password.text == Office.secret(Office.first)
    }

    @Test func whatTheDeskHandsOverOpensTheVaultAlsoAfterARotation() async throws {
        let office = try await Office.make()
        let handed = WorkerKey.handover(try #require(office.admin.keyring.own))
        let worker = try worker(office)
        try await worker.beWorker(handed: handed)
        #expect(try await opens(worker))
        // The vault's key changes while the worker runs: it fetches the new one by its holder's grant.
        _ = try await office.admin.vault.rotate { _, _ in }
        #expect(try await opens(worker))
        for broken in ["", "person/asha\n", "nobody\n" + String(repeating: "k", count: 32)] {
            let refused = await complaint { try await worker.beWorker(handed: SecretBytes(utf8: broken)) }
            #expect(refused?.status == .notPermitted)
        }
    }

    @Test(arguments: [true, false]) func anUnattendedWorkerHasAKeyOfItsOwn(isCredential: Bool) async throws {
        let office = try await Office.make()
        let none = await complaint { try await worker(office).beWorker(handed: nil) }
        #expect(none?.status == .notPermitted && none?.what == "the worker has no key of the vault")
        let folder = office.place.folder + "/credentials"
        mkdir(folder, 0o700)
        let key = try await office.admin.vault.makeWorkerKey().text
        let file = isCredential ? "\(folder)/portaldesk-worker-key" : office.place.home.workerKey
        try key.write(toFile: file, atomically: true, encoding: .utf8)
        chmod(file, 0o644)
        let open = await complaint {
            try await worker(office, credentials: isCredential ? folder : nil).beWorker(handed: nil)
        }
        #expect(open?.status == .badConfiguration)
        chmod(file, 0o400)
        let own = try worker(office, credentials: isCredential ? folder : nil)
        try await own.beWorker(handed: nil)
        #expect(try await opens(own))
        // Another key ends this one.
        _ = try await office.admin.vault.makeWorkerKey()
        let ended = await complaint {
            try await worker(office, credentials: isCredential ? folder : nil).beWorker(handed: nil)
        }
        #expect(ended != nil)
    }

    @Test func aFileThatIsNoKeyIsNamed() async throws {
        let office = try await Office.make()
        let file = office.place.home.workerKey
        for text in ["", "portaldesk-worker-key-1:12", "portaldesk-worker-key-1:" + String(repeating: "zz", count: 32)]
        {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            chmod(file, 0o600)
            let refused = await complaint { try await worker(office).beWorker(handed: nil) }
            #expect(refused != nil, "\(text)")
        }
    }
}
