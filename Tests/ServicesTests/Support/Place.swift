import Domain
import Foundation
import Secrets

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
        return Surroundings(
            clock: { time.now }, random: SharedRandom(SeededNumbers()), environment: [:], executable: "/bin/true",
            version: "test", pause: { try time.pause($0) }, alarm: { try await time.sleep($0) })
    }

    /// A workspace as `init` leaves it. Copied from one that was made once: the admin's hash costs a second each.
    func workspace(settings: String? = nil, providers: [String: String] = [:]) async throws -> Workspace {
        try home.create()
        for (name, bytes) in try await Self.template.value {
            let file = "\(home.path)/\(name)"
            guard FileManager.default.createFile(atPath: file, contents: bytes, attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
        }
        for (name, text) in providers {
            try text.write(toFile: "\(home.providers)/\(name)", atomically: true, encoding: .utf8)
        }
        if let settings { try settings.write(toFile: home.configuration, atomically: true, encoding: .utf8) }
        return try Workspace.open(home, surroundings)
    }

    /// The files of a fresh home, by name.
    private static let template = Task {
        let place = try Place()
        try await place.newWorkspace().close()
        let names = ["desk.sqlite", "vault.key", "config.toml"]
        return try names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: "\(place.home.path)/\($0)"))) }
    }

    /// What `init` does.
    func newWorkspace(providers: [String: String] = [:]) async throws -> Workspace {
        let admin = SetupService.Admin(
            name: "asha", email: "asha@firm.example", password: SecretBytes(utf8: "made-up admin password"))
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
