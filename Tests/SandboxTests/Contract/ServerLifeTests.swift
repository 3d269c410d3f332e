import Domain
import Foundation
import Glibc
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(20))) struct ServerLifeTests {
    @Test func aSecondSandboxOnTheSameFolderIsRefusedAndTheFirstCanBeFound() async throws {
        try await SandboxHouse.with { house in
            let folder = house.server.configuration.stateFolder
            #expect(SandboxReady.running(in: folder) == house.ready)
            var configuration = SandboxConfiguration(stateFolder: folder, now: { house.clock.now })
            configuration.pace = 0
            let second = SandboxServer(configuration)
            let problem = await #expect(throws: SandboxProblem.self) { try await second.start() }
            #expect(problem?.isRunning == true)
        }
    }

    @Test func afterItsEndNoSandboxIsFound() async throws {
        let folder = NSTemporaryDirectory() + "sandbox-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await SandboxHouse.with(folder: folder) { _ in }
        #expect(SandboxReady.running(in: folder) == nil)
    }

    @Test("Who comes while another sandbox starts waits for that one's address")
    func aStartingSandboxIsWaitedFor() async throws {
        let folder = NSTemporaryDirectory() + "sandbox-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(await SandboxReady.awaited(in: folder) == nil)
        let lock = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        let line = #"{"ready":true,"port":4711,"systems":{},"profile_dir":"p","accounts_file":"a"}"#
        async let found = SandboxReady.awaited(in: folder, pause: .milliseconds(1))
        try Data(line.utf8).write(to: URL(fileURLWithPath: folder + "/ready.json"))
        #expect(await found?.port == 4_711)
        close(lock)
        #expect(await SandboxReady.awaited(in: folder) == nil)
    }

    @Test func theReadyLineAndTheProfileAreWhatTheContractSays() async throws {
        try await SandboxHouse.with { house in
            let line = try #require(
                try JSONSerialization.jsonObject(with: Data(house.ready.line.utf8)) as? [String: Any])
            #expect(line["ready"] as? Bool == true)
            #expect(line["port"] as? Int == house.ready.port)
            #expect((line["systems"] as? [String: String])?["bridge"] == house.baseURL)
            let folder = try #require(line["profile_dir"] as? String)
            let provider = try String(contentsOfFile: folder + "/bridge.toml", encoding: .utf8)
            #expect(provider.contains("base = \"\(house.baseURL)\"") && provider.contains("simulated = true"))
            let accounts = try String(contentsOfFile: try #require(line["accounts_file"] as? String), encoding: .utf8)
            let rows = try accounts.split(separator: "\n").map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])
            }
            let bridge = rows.filter { $0["system"] == "bridge" }
            #expect(bridge.count == house.world.accounts.count)
            let gst = house.world.accounts.filter { $0.identity.portal == .gst }
            #expect(rows.filter { $0["system"] == "gstn" }.count == gst.count)
            #expect((line["systems"] as? [String: String])?["gstn"] == house.baseURL + "/gstn")
            let key = try String(contentsOfFile: folder + "/gstn.pem", encoding: .utf8)
            #expect(key.hasPrefix("-----BEGIN CERTIFICATE-----"))
            let eFiling = rows.filter { $0["system"] == "efiling" }
            #expect(!eFiling.isEmpty && eFiling.allSatisfy { $0["portal"] == "income_tax" })
            let wanted: Set = [
                "system", "identity", "username", "password", "otp", "client_id", "client_secret", "outcome",
            ]
            #expect(rows.allSatisfy { wanted.isSubset(of: $0.keys) })
        }
    }

    @Test func anIdleServerEndsByItself() async throws {
        let folder = NSTemporaryDirectory() + "sandbox-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = HandClock()
        var configuration = SandboxConfiguration(stateFolder: folder, now: { clock.now })
        configuration.idleExit = .zero
        try await SandboxServer(configuration).run { _ in }
        #expect(SandboxReady.running(in: folder) == nil)
    }

    @Test(arguments: ["nonsense", "nonsense:3", "locked_up:09AAFHH6756K1ZQ", ""])
    func aFaultThatDoesNotExistIsRefused(text: String) {
        #expect(throws: SandboxProblem.self) { try SandboxFault(text) }
    }
}
