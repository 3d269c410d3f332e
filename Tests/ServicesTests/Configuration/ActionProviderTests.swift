import Domain
import Foundation
import Sandbox
import Testing

@testable import Services

/// A provider that carries out actions comes with the keys that it names.
@Suite("Providers of actions") struct ActionProviderTests {
    @Test func `its file brings the key for logins and the keys that invoices are signed with`() async throws {
        try await ActionHouse.with { house in
            let folder = house.server.configuration.stateFolder + "/profiles"
            let names = try ProviderService.files(folder + "/irp.toml").map(\.name)
            #expect(names == ["irp.toml", "irp-encryption.pem", "irp-signing.pem"])
            let file = try ProviderCatalog.read(folder + "/irp.toml")
            #expect(file.warnings.isEmpty)
            try FileManager.default.removeItem(atPath: folder + "/irp-signing.pem")
            #expect(file.warnings.contains { $0.hasPrefix("irp-signing.pem does not stand beside") })
            let missing = await complaint { _ = try ProviderService.files(folder + "/irp.toml") }
            #expect(missing?.status == .badData)
        }
    }

    @Test func `a file that cannot be read is named where a provider is missed`() async throws {
        try await ActionHouse.with { house in
            let folder = house.place.home.providers
            for name in ["irp2.toml", "irp-enriched.toml"] {
                try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
            try "name = \"irp\nconnector".write(toFile: folder + "/irp.toml", atomically: true, encoding: .utf8)
            let file = house.place.folder + "/invoice.json"
            try Data(house.invoice()).write(to: URL(fileURLWithPath: file))
            let survey = await complaint { _ = try await house.workspace.invoiceBatch.survey([file]) }
            #expect(survey?.status == .badConfiguration)
            #expect(survey?.description.contains("/irp.toml:") == true, "\(survey?.description ?? "")")
            let entries = try await house.workspace.invoiceBatch.register(file) { _, _, _ in }
            #expect(entries.first?.refusal?.description.contains("/irp.toml:") == true)
        }
    }

    @Test func `a portal without signing keys is told of`() async throws {
        try await ActionHouse.with { house in
            let path = house.server.configuration.stateFolder + "/profiles/irp.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
                !line.contains("sign") || line.hasPrefix("#")
            }
            let bare = lines.filter { $0.wholeMatch(of: /[0-9A-F]{40} = .*/) == nil }.joined(separator: "\n")
            try bare.write(toFile: path, atomically: true, encoding: .utf8)
            let file = try ProviderCatalog.read(path)
            #expect(file.warnings.contains { $0.contains("names no signing keys") }, "\(bare)")
        }
    }
}
