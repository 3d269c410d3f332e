import Domain
import Foundation
import Portals
import Store

/// Finds the demo's sandbox, or starts it: a process of its own that ends some time after its last client.
struct SandboxLauncher: Sendable {
    let workspace: Workspace

    /// What a running sandbox left in `sandbox/ready.json`.
    private struct Ready: Decodable {
        var systems: [String: String]
    }

    /// The base address of one of its systems: `bridge`, `traces`.
    func address(of system: String) async throws -> String {
        if isServing, let address = try? readAddress(of: system) { return address }
        return try await start(system)
    }

    /// The sandbox holds its lock by `flock`; asking takes it for a moment, shared, so two questions do not collide.
    private var isServing: Bool {
        let descriptor = open(workspace.home.sandboxLock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private func readAddress(of system: String) throws -> String {
        let text = try Data(contentsOf: URL(fileURLWithPath: workspace.home.sandboxAddress))
        return try address(of: system, in: text)
    }

    private func address(of system: String, in json: Data) throws -> String {
        guard let address = try JSONDecoder().decode(Ready.self, from: json).systems[system] else {
            throw PortalFailure(.portalDown, "the sandbox offers no \(system)")
        }
        return address
    }

    /// Two starts at once: the second sandbox finds the lock taken, prints the first one's line and ends.
    private func start(_ system: String) async throws -> String {
        let home = workspace.home
        let arguments = ["sandbox", "serve", "--home", home.path, "--on-demand"]
        let output = try Spawn(executable: workspace.surroundings.executable)
            .startAndListen(arguments, output: home.logs + "/sandbox.log")
        let line = try await Self.firstLine(output)
        guard !line.isEmpty else { throw PortalFailure(.portalDown, "the sandbox did not start; see log/sandbox.log") }
        return try address(of: system, in: line)
    }

    private static func firstLine(_ handle: FileHandle) async throws(Complaint) -> Data {
        try await OwnThread.run(stackSize: 1 << 18) {
            var line = Data()
            while !line.contains(UInt8(ascii: "\n")) {
                let part = handle.availableData
                if part.isEmpty { break }
                line.append(part)
            }
            return line.prefix { $0 != UInt8(ascii: "\n") }
        }
    }
}
