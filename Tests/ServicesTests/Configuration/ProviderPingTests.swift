import Domain
import Foundation
import Sandbox
import Testing

@testable import Services

/// `provider test` of who carries out actions: whether it is reached, and no word more.
@Suite("Trying providers of actions", .timeLimit(.minutes(5))) struct ProviderPingTests {
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
                #expect(other.state == "up" && other.message.contains("to GET /;"), "\(other.message)")
            }
            try Self.change(house, "irp2.toml", "invoice = \"/eicore/v1.03/Invoice\"")
            let own = try await Self.answer(house, "sandbox-irp2")
            #expect(own.state == "up" && own.message.contains("to GET /;"), "\(own.message)")
        }
    }

    @Test func `the path that a file names is asked, and any answer below 500 shows that it was reached`() async throws
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
}
