import Domain
import Foundation
import Testing

@testable import Services

/// The switch that ends the process is deaf wherever a real authority could be reached.
@Suite("Kill points") struct KillPointTests {
    private static func catalog(_ addresses: String...) throws -> ProviderCatalog {
        ProviderCatalog(
            files: try addresses.enumerated().map { number, address in
                let isSimulated = address == "sandbox:" || address.contains("127.0.0.1")
                let text = """
                    name = "p\(number)"
                    connector = "bridge"
                    portals = ["gst"]
                    simulated = \(isSimulated)
                    [urls]
                    base = "\(address)"

                    """
                return try ProviderFile.read(path: "/p\(number).toml", text: text)
            })
    }

    private static func point(_ wish: String, _ catalog: ProviderCatalog) -> KillPoint? {
        KillPoint([KillPoint.variable: wish]) { catalog }
    }

    @Test func `it is heeded where every provider is simulated`() throws {
        let here = try Self.catalog("http://127.0.0.1:9", "sandbox:")
        for moment in KillPoint.Moment.allCases {
            let point = try #require(Self.point("\(moment.rawValue):12:/tmp/a:b", here))
            #expect(point.moment == moment && point.delay == 12 && point.file == "/tmp/a:b")
        }
    }

    @Test func `one provider that is real, or that cannot be read, or none at all, and nothing can strike`() throws {
        let wish = "intent:0:/tmp/mark"
        #expect(Self.point(wish, try Self.catalog("https://gsp.example.in")) == nil)
        #expect(Self.point(wish, try Self.catalog("http://127.0.0.1:9", "https://gsp.example.in")) == nil)
        #expect(Self.point(wish, ProviderCatalog(files: [])) == nil)
        let broken = ConfigurationProblem(file: "x.toml", line: 1, key: "", message: "is nonsense")
        let here = try Self.catalog("http://127.0.0.1:9")
        #expect(Self.point(wish, ProviderCatalog(files: here.files, broken: [broken])) == nil)
    }

    @Test(arguments: ["", "intent", "intent:0", "never:0:/tmp/mark", "intent:-1:/tmp/mark", "intent:x:/tmp/mark"])
    func `what is not understood strikes nowhere`(wish: String) throws {
        #expect(Self.point(wish, try Self.catalog("http://127.0.0.1:9")) == nil)
    }

    @Test func `unless it is asked for no provider file is read`() {
        let point = KillPoint([:]) {
            Issue.record("the files were read")
            return ProviderCatalog(files: [])
        }
        #expect(point == nil)
    }

    @Test func `where its file stands already it lets the process live`() throws {
        let place = try Place()
        let mark = try place.file("mark", "")
        let point = try #require(Self.point("intent:0:\(mark)", try Self.catalog("http://127.0.0.1:9")))
        point.strike(.intent)
        point.strike(.claimed)
        #expect(FileManager.default.fileExists(atPath: mark))
    }
}
