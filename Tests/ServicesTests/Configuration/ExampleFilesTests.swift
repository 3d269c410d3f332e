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
            "cleartax-irp", "adaequare-irp", "adaequare-ewb", "octa", "masters-india", "iris",
        ]
        #expect(Set(kinds.map { "\($0).toml" }) == Set(Self.names))
    }

    /// What distinguishes a GSP stands in its example, so that nobody has to find it out again.
    @Test func eachSaysWhatItsGspWantsBeside() throws {
        func profile(_ name: String) throws -> ProviderProfile {
            let path = Self.folder.appendingPathComponent("\(name).toml").path
            return try ProviderFile.read(path: path, text: String(contentsOfFile: path, encoding: .utf8)).profile
        }
        #expect(try profile("cleartax").gsp.callHeaders["appkey"] == "{app_key}")
        let adaequare = try profile("adaequare")
        #expect(adaequare.gsp.callHeaders.keys.sorted() == ["requestid", "user_name"])
        #expect(adaequare.headerNames["txn"] == nil, "GSTN wants its own")
        #expect(try profile("taxpro").gsp.computed?.method == .aes)
        #expect(try profile("taxpro").secretNames == ["asp-key", "asp-secret"])
        #expect(try profile("vayana-pas").gsp.computed?.name == "X-Asp-Auth-Signature")
        let sandbox = try profile("sandbox-co-in")
        #expect(sandbox.gsp.tokenPrefix.isEmpty && sandbox.paths["notices"]?.contains("date={date}") == true)
        #expect(try profile("whitebooks").paths["signing_otp"]?.hasPrefix("/authentication/otpforevc") == true)
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
