import Domain
import Foundation
import Secrets
import Store
import Testing
import Vault

@testable import Services

/// A temporary folder with what a workspace needs around it, removed with the last reference.
final class Place: Sendable {
    let folder: String
    let time = VirtualTime()

    init() throws {
        folder = NSTemporaryDirectory() + "services-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var home: Home { Home(path: folder + "/home") }

    var surroundings: Surroundings {
        let time = time
        // A program that ends at once stands for the worker and the sandbox that services would start.
        var surroundings = Surroundings(
            clock: { time.now }, random: SharedRandom(SeededNumbers()),
            environment: ["XDG_STATE_HOME": folder + "/state"], executable: "/bin/true",
            version: "test", pause: { try time.pause($0) }, alarm: { try await time.sleep($0) })
        surroundings.passwordCost = PasswordHash.Cost(logRounds: 10)
        return surroundings
    }

    /// A workspace as `init` leaves it. Copied from one that was made once: the admin's hash costs a second each.
    ///
    /// - Parameters:
    ///   - waitingTogether: how many jobs wait at a time. Each wait inside an attempt moves the time by its share,
    ///     or answers of a busy machine would run out on their way; 0: such waits move nothing.
    ///   - onPause: what happens in the time that a connector would wait.
    func workspace(
        settings: String? = nil, providers: [String: String] = [:], waitingTogether: Int = 0,
        onPause: (@Sendable (Duration) -> Void)? = nil
    ) async throws -> Workspace {
        try home.create()
        for (name, bytes) in try await Self.template.value.files {
            let file = "\(home.path)/\(name)"
            guard FileManager.default.createFile(atPath: file, contents: bytes, attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
        }
        for (name, text) in providers {
            try text.write(toFile: "\(home.providers)/\(name)", atomically: true, encoding: .utf8)
        }
        if let settings { try settings.write(toFile: home.configuration, atomically: true, encoding: .utf8) }
        var surroundings = surroundings
        if let onPause {
            let time = time
            surroundings.pause = { duration in
                try time.pause(duration)
                onPause(duration)
            }
        }
        if waitingTogether > 0 {
            let time = time
            surroundings.pause = { duration in
                try time.pause(duration)
                time.advance(max(duration / waitingTogether, .milliseconds(1)))
            }
        }
        let workspace = try Workspace.open(home, surroundings)
        try await unlock(workspace)
        return workspace
    }

    /// Makes a workspace the admin's, with the keys of the vault.
    func unlock(_ workspace: Workspace) async throws {
        workspace.acting.current = .program("asha")
        try await workspace.vault.unlock(.person("asha"), with: try await Self.template.value.key)
    }

    /// A fresh home and the key of its admin.
    private static let template = Task { () -> (files: [(String, Data)], key: VaultPrivateKey) in
        let place = try Place()
        let created = try await place.newWorkspace()
        let key = try #require(created.workspace.keyring.own?.key)
        created.workspace.close()
        let files = try ["desk.sqlite", "config.toml"].map {
            ($0, try Data(contentsOf: URL(fileURLWithPath: "\(place.home.path)/\($0)")))
        }
        return (files, key)
    }

    static let password = "made-up admin password"

    /// A workspace as the program made it before there were vaults: a key file, and people without keys of their own.
    func olderWorkspace() async throws -> Workspace {
        try home.create()
        _ = try VaultKeyFile(path: home.vaultKey).create()
        try Settings.template.write(toFile: home.configuration, atomically: true, encoding: .utf8)
        let hash = try PasswordHash.make(SecretBytes(utf8: Self.password)).phc
        let store = try DeskStore(
            file: home.database, lockFile: home.storeLock, wakeFile: home.wake, access: .readWrite,
            clock: surroundings.clock)
        let (person, now) = (Person(name: "asha", email: "asha@firm.example", role: .admin), time.now)
        try await store.write { writer in
            try writer.addPerson(person, passwordHash: hash, at: now)
            try writer.setSetting("workspace.id", "0123456789abcdef")
        }
        store.close()
        let workspace = try Workspace.open(home, surroundings)
        workspace.acting.current = .program("asha")
        return workspace
    }

    /// What `init` does.
    func newWorkspace(providers: [String: String] = [:]) async throws -> SetupService.Created {
        let admin = SetupService.Admin(
            name: "asha", email: "asha@firm.example", password: SecretBytes(utf8: Self.password))
        let files = providers.sorted { $0.key < $1.key }.map { (name: $0.key, text: $0.value) }
        return try await SetupService(home: home, surroundings: surroundings).create(admin, providers: files)
    }

    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, text.utf8) }
}

/// Runs `body`, which must be refused, and gives back the refusal.
func complaint<T>(_ body: () async throws -> T) async -> Complaint? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Complaint
    }
}
