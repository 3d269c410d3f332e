import Foundation
import Portals
import Testing

@testable import Services

/// The examples that people copy are files that the program takes.
@Suite struct ExampleFilesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../docs/providers")

    private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

    @Test func everyProfileOfTheTableHasOne() {
        let kinds = [
            "gstn-direct", "cleartax", "vayana-pas", "vayana-eas", "taxpro", "whitebooks", "sandbox-co-in",
            "adaequare", "resilient", "spice", "efiling", "traces", "bridge", "nic-irp1", "nic-irp2", "nic-ewb",
            "cleartax-irp", "adaequare-irp",
        ]
        #expect(Set(kinds.map { "\($0).toml" }) == Set(Self.names))
    }

    @Test(arguments: names)
    func theFileIsTakenAndSaysThatItIsUntested(name: String) throws {
        let path = Self.folder.appendingPathComponent(name).path
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let file = try ProviderFile.read(path: path, text: text)
        #expect(!file.isSimulated && file.address.hasPrefix("https://"))
        #expect(text.contains("untested against the live service"))
        #expect(text.contains("UNOFFICIAL") == file.profile.connector.needsAuthority)
        // No secret stands in clear.
        #expect(
            !file.profile.headers.contains { $0.key.lowercased().contains("secret") && !$0.value.hasPrefix("vault:") })
    }
}
