import Domain
import Foundation
import Portals
import Store
import Wire

/// Finds the demo's sandbox, or starts it: a process of its own that ends some time after its last client.
struct SandboxLauncher: Sendable {
    let workspace: Workspace

    /// What a running sandbox left in `sandbox/ready.json`.
    private struct Ready: Decodable {
        var systems: [String: String]
    }

    /// The base address of the system that `connector` speaks with.
    func address(of connector: ProviderProfile.ConnectorKind) async throws -> String {
        if isServing, let ready = try? readReady() { return try address(of: connector, in: ready) }
        return try address(of: connector, in: try await start())
    }

    /// The sandbox holds its lock by `flock`; asking takes it for a moment, shared, so two questions do not collide.
    private var isServing: Bool {
        let descriptor = open(workspace.home.sandboxLock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private func readReady() throws -> Ready {
        let text = try Data(contentsOf: URL(fileURLWithPath: workspace.home.sandboxAddress))
        return try JSONDecoder().decode(Ready.self, from: text)
    }

    private func address(of connector: ProviderProfile.ConnectorKind, in ready: Ready) throws -> String {
        // A GSP passes GSTN's own wire through.
        let system = connector == .gsp ? "gstn" : connector.rawValue
        guard let address = ready.systems[system] else {
            throw PortalFailure(.portalDown, "the sandbox offers no \(system)")
        }
        // NIC's version stands in the base of its e-way bill system.
        return connector == .ewb ? address + Nic.EwbPath.version : address
    }

    /// Two starts at once: the second sandbox finds the lock taken, prints the first one's line and ends.
    private func start() async throws -> Ready {
        let home = workspace.home
        let arguments = ["sandbox", "serve", "--home", home.path, "--on-demand"]
        let output = try Spawn(executable: workspace.surroundings.executable)
            .startAndListen(arguments, output: home.logs + "/sandbox.log")
        let line = try await Self.firstLine(output)
        guard !line.isEmpty else { throw PortalFailure(.portalDown, "the sandbox did not start; see log/sandbox.log") }
        return try JSONDecoder().decode(Ready.self, from: line)
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
