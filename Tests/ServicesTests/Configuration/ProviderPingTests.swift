import Domain
import Foundation
import Sandbox
import Testing

@testable import Services

/// `provider test` of who carries out actions: whether it is reached, and no word more.
@Suite("Trying providers of actions", .timeLimit(.minutes(20))) struct ProviderPingTests {
    private static func change(_ house: ActionHouse, _ file: String, _ paths: String) throws {
        let path = "\(house.place.home.providers)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("[envelope]", with: "[paths]\n\(paths)\n\n[envelope]").write(
            toFile: path, atomically: true, encoding: .utf8)
    }

    private static func answer(_ house: ActionHouse, _ name: String) async throws -> ProviderService.Answer {
        try #require(try await house.workspace.providerService.test(name).first)
    }

    @Test func `NIC is asked for the time, and a GSP with paths of its own for nothing that it may not have`()
        async throws
    {
        try await ActionHouse.with { house in
            let nic = try await Self.answer(house, "sandbox-irp")
            #expect(nic.state == "up" && nic.message.contains("HTTP 200 to GET /eivital/v1.04/heartbeat/ping"))
            #expect(nic.message.contains("not known before the first action"))
            for name in ["sandbox-irp-enriched", "sandbox-ewb"] {
                let other = try await Self.answer(house, name)
                #expect(other.state == "reached" && other.message.contains("to GET /;"), "\(other.message)")
            }
            try Self.change(house, "irp2.toml", "invoice = \"/eicore/v1.03/Invoice\"")
            let own = try await Self.answer(house, "sandbox-irp2")
            #expect(own.state == "reached" && own.message.contains("to GET /;"), "\(own.message)")
        }
    }

    @Test func `the path that a file names is asked, and an answer that is a success shows that it is up`()
        async throws
    {
        try await ActionHouse.with { house in
            try Self.change(house, "irp.toml", "ping = \"/of/its/own\"")
            let answer = try await Self.answer(house, "sandbox-irp")
            #expect(answer.state == "up" && answer.message.contains(" to GET /of/its/own;"), "\(answer.message)")
            try house.move("irp.toml", isAway: true)
            let away = await complaint { _ = try await house.workspace.providerService.test("sandbox-irp") }
            #expect(away != nil)
        }
    }

    @Test func `actions that a provider keeps waiting are told of it, and asked for with one key`() async throws {
        try await ActionHouse.with(faults: ["unavailable:1"]) { house in
            let id = try await house.generate().id
            try await house.work()
            let waiting = try #require(try await house.workspace.operations.dossier(id).operation.nextStepAt)
            func standing() async throws -> ProviderStanding? {
                try await house.workspace.providerService.standings().first { $0.name == "sandbox-irp" }
            }
            let held = try #require(try await standing())
            #expect(held.troubles.isEmpty && held.waiting?.ids == [id])
            #expect(held.lastError?.said.contains("503") == true, "\(held.lastError?.said ?? "nothing")")
            #expect(try await house.workspace.providerService.retry("sandbox-irp").actions == 1)
            let next = try #require(try await house.workspace.operations.dossier(id).operation.nextStepAt)
            #expect(next < waiting)
            _ = try await house.workToTheEnd(id)
            #expect(try await standing()?.waiting == nil)
        }
    }
}
