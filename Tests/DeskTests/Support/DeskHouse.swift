import Domain
import Foundation
import Sandbox
import Secrets
import Services
import TerminalKit
import TestRoom
import Testing

@testable import Desk

/// A workspace in a folder of its own, a sandbox in this process on real loopback HTTP, and a worker in this process.
struct DeskHouse: Sendable {
    let folder: String
    let workspace: Workspace
    let server: SandboxServer

    /// Runs `body` with a desk of the given size, then takes everything down and removes the folder.
    static func with(size: Size = Sample.wide, _ body: @MainActor (Driver) async throws -> Void) async throws {
        try await TestRoom.with {
            let folder = NSTemporaryDirectory() + "desk-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: folder) }
            var configuration = SandboxConfiguration(stateFolder: folder + "/sandbox", now: { Sample.now })
            configuration.pace = 0
            let server = SandboxServer(configuration)
            let ready = try await server.start()
            do {
                let address = try #require(ready.systems["bridge"])
                let house = DeskHouse(folder: folder, workspace: try await open(folder, address), server: server)
                try await house.live(size, body)
            } catch {
                await server.stop()
                throw error
            }
            await server.stop()
        }
    }

    private static func open(_ folder: String, _ address: String) async throws -> Workspace {
        // A worker process is never wanted: the one in this process holds the lock.
        let surroundings = Surroundings(
            clock: { Sample.now }, random: SharedRandom(SystemRandomNumberGenerator()),
            environment: ["XDG_STATE_HOME": folder + "/state"],
            executable: "/bin/true", version: "test")
        let provider = """
            name = "sandbox-bridge"
            connector = "bridge"
            portals = ["gst", "income_tax", "traces"]
            simulated = true

            [urls]
            base = "\(address)"

            [auth]
            client_id = "\(DemoWorld.clientId)"
            client_secret = "\(DemoWorld.clientSecret)"

            [timeouts]
            connect_s = 60
            request_s = 60

            [limits]
            poll_ms = 1
            """
        let admin = SetupService.Admin(
            name: "asha", email: "asha@firm.example", password: SecretBytes(utf8: Sample.password))
        return try await SetupService(home: Home(path: folder + "/home"), surroundings: surroundings)
            .create(admin, providers: [("bridge.toml", provider)]).workspace
    }

    private func live(_ size: Size, _ body: @MainActor (Driver) async throws -> Void) async throws {
        let worker = try SyncWorker(workspace, options: .init(concurrency: 2, linger: nil))
        let work = Task { try await worker.run() }
        let result: Result<Void, any Error>
        do {
            try await body(try await Driver(self, size: size))
            result = .success(())
        } catch {
            result = .failure(error)
        }
        worker.stop()
        _ = try? await work.value
        workspace.close()
        try result.get()
    }

    /// The first account of a portal for which the sandbox plays `outcome`.
    func account(_ portal: Portal, _ outcome: MagicOutcome = .success) throws -> DemoAccount {
        try #require(server.world.accounts.first { $0.identity.portal == portal && $0.outcome == outcome })
    }

    /// Registers the business of an account, with its login when a password is given.
    func register(_ account: DemoAccount, password: String? = nil) async throws {
        var draft = BusinessDraft(name: server.world.business(of: account).name)
        draft.gstin = try Gstin(account.identity.text)
        try await workspace.businesses.add(draft)
        guard let password else { return }
        try await workspace.credentials.setLogin(
            account.identity, username: account.username, password: SecretBytes(utf8: password))
    }
}
