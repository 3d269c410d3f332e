import Domain
import Foundation
import Portals
import Testing

@testable import Services

/// What `provider check` says of a file: all of it at once, each mistake with its line and key, and none that is none.
@Suite struct ProviderMistakesTests {
    private func problems(_ text: String) -> [ConfigurationProblem] {
        do throws(ConfigurationProblems) {
            _ = try ProviderFile.read(path: "providers/a.toml", text: text)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func everyFileOfTheWorkspaceIsCheckedAtOnce() async throws {
        let office = try await Office.make()
        let folder = office.place.home.providers
        let good = try String(contentsOfFile: "\(folder)/bridge.toml", encoding: .utf8)
        try good.write(toFile: "\(folder)/twin.toml", atomically: true, encoding: .utf8)
        try "name = \"gsp\"\nconnector = \"gsp\"\nportals = [\"gst\"]\n[urls]\nbase = 7\n".write(
            toFile: "\(folder)/gsp.toml", atomically: true, encoding: .utf8)
        let checked = try await office.admin.providerService.checkFiles()
        #expect(checked.map { $0.path.split(separator: "/").last } == ["bridge.toml", "gsp.toml", "twin.toml"])
        #expect(checked.map(\.isReady) == [true, false, false])
        #expect(checked[1].findings.contains { $0.line == 5 && $0.key == "urls.base" })
        #expect(checked[1].findings == ProviderService.check("\(folder)/gsp.toml").findings)
        #expect(checked[2].findings.contains { $0.message.contains("is the name of") })
        try await office.add("sam", .support)
        let support = try await office.enter("sam")
        #expect(try await support.providerService.checkFiles() == checked)
    }

    private func places(_ text: String) -> [String] { problems(text).map { "\($0.line) \($0.key)" } }

    @Test(arguments: ["eight", "1.5", "2026-11-09 3", "2026-11-09", "0x1F", "8 # eight\nburst = inf"])
    func aValueOfNoKindHidesNothingElse(value: String) {
        let text = """
            name = "my provider"
            connector = "bridge"
            portals = ["gst"]

            [urls]
            base = "http://bridge.example"

            [limits]
            concurrency = \(value)
            """
        let found = places(text)
        #expect(found.prefix(2) == ["1 name", "6 urls.base"] && found.count == 3)
        #expect(["9 limits.concurrency", "10 limits.burst"].contains(found.last))
    }

    @Test func aValueWithoutQuotesIsNamedOnceAndNothingIsSaidToBeMissing() {
        let text = """
            name = mine
            connector = "gsp"
            portals = [gst]
            [urls]
            base = https://gsp.example
            certificate = "gstn.pem"
            [headers]
            ip-usr = 10.0.0.1
            """
        #expect(places(text) == ["1 name", "3 portals", "5 urls.base", "8 headers.ip-usr"])
    }

    @Test func aValueOfTheWrongKindIsComplainedAboutOnce() {
        let text = """
            name = 5
            connector = true
            portals = "gst"
            simulated = "yes"
            urls = "https://bridge.example"
            """
        #expect(places(text) == ["1 name", "2 connector", "3 portals", "4 simulated", "5 urls"])
    }

    @Test func keysInQuotesHaveLinesToo() {
        let text = """
            name = "mine"
            connector = "bridge"
            portals = ["gst"]
            "colour of it" = "red"
            [urls]
            "base" = "http://bridge.example"
            [headers]
            "bad name" = "v"
            'dotted.name"x' = "v"
            ["odd section"]
            key = "v"
            """
        let found = places(text)
        #expect(found.contains("4 colour of it") && found.contains("6 urls.base"))
        #expect(found.contains("8 headers.bad name") && found.contains("9 headers.dotted.name\"x"))
        #expect(found.contains("10 odd section") && found.count == 5)
    }

    @Test(arguments: ["gps", "irpp", "Bridge"])
    func aMisspeltConnectorIsTheOnlyComplaint(connector: String) {
        let text = """
            name = "mine"
            connector = "\(connector)"
            irp_name = "NIC1"
            [urls]
            base = "https://gsp.example"
            [paths]
            notices = "/notices"
            [bodies]
            [services]
            set_offs = "x"
            [header_names]
            auth-token = "token"
            [envelope]
            who_encrypts = "gsp"
            [settle]
            final_seconds = 60
            """
        #expect(places(text) == ["2 connector"])
    }

    /// Asked again before it can know, a portal is sent the same twice.
    @Test func aRealPortalIsGivenTimeBeforeItsNoIsBelieved() {
        func text(_ seconds: (Int, Int, Int), more: String) -> String {
            """
            name = "nic"
            connector = "irp"
            irp_name = "NIC1"
            portals = []
            \(more)
            [urls]
            base = "http://127.0.0.1:1"
            [settle]
            first_look_seconds = \(seconds.0)
            final_seconds = \(seconds.1)
            between_seconds = \(seconds.2)
            """
        }
        let all = ["settle.first_look_seconds", "settle.final_seconds", "settle.between_seconds"]
        #expect(problems(text((0, 0, 0), more: "")).map(\.key).filter(all.contains) == all)
        #expect(problems(text((5, 60, 10), more: "")).map(\.key).filter(all.contains) == [])
        #expect(problems(text((0, 0, 0), more: "simulated = true")).map(\.key).filter(all.contains) == [])
    }

    @Test func aFileFromWindowsHasLinesToo() {
        let lines = [
            "name = \"a b\"", "connector = \"bridge\"", "portals = [gst]", "[urls]", "base = \"http://a.co.in\"",
        ]
        let text = lines.joined(separator: "\r\n")
        #expect(places(text) == ["1 name", "3 portals", "5 urls.base"])
    }

    @Test func theRestOfAFileIsNotBlamedForOneBadLimit() {
        let text = ProviderFileTests.file(more: "[limits]\ncalls_per_minute = 0\nburst = 3\n")
        #expect(problems(text).map(\.key) == ["limits.calls_per_minute"])
    }

    @Test(arguments: [
        ("base", "https://bridge.firm.example", "urls.base"), ("base", "https://api.example.invalid/v1", "urls.base"),
        ("base", "https://example.com", "urls.base"), ("id", "CHANGE-ME", "auth.client_id"),
        ("id", "your-client-id", "auth.client_id"), ("id", "", "auth.client_id"), ("id", "  ", "auth.client_id"),
        ("id", "<client id>", "auth.client_id"), ("id", "TODO", "auth.client_id"),
        ("header", "203.0.113.7", "headers.X-Firm"), ("header", "", "headers.X-Firm"),
    ]) func whatAnExampleLeftIsStillToBeFilledIn(place: String, value: String, key: String) throws {
        func text(_ name: String, _ usual: String) -> String { place == name ? value : usual }
        let file = try ProviderFile.read(
            path: "a.toml",
            text: """
                name = "mine"
                connector = "bridge"
                portals = ["gst"]
                [urls]
                base = "\(text("base", "https://bridge.firm.co.in"))"
                [auth]
                client_id = "\(text("id", "firm-17"))"
                client_secret = "vault:your-secret"
                [headers]
                X-Firm = "\(text("header", "203.0.114.7"))"
                """)
        #expect(file.blanks.map(\.key) == [key])
        #expect(file.blanks.allSatisfy { $0.line > 4 && $0.message.hasPrefix("is still to be filled in") })
    }

    @Test func theShippedExamplesAreNotSaidToBeFine() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../docs/providers").path
        func blanks(_ name: String) throws(ConfigurationProblems) -> [String] {
            try ProviderCatalog.read("\(folder)/\(name).toml").blanks.map(\.key)
        }
        #expect(try blanks("bridge").contains("urls.base"))
        #expect(try blanks("gstn-direct") == ["headers.ip-usr", "headers.clientid"])
        #expect(try blanks("vayana-eas").contains("urls.base"))
        #expect(try blanks("whitebooks").contains("paths.notices"))
        // Nothing is left open where the portal's own addresses are all that is needed.
        #expect(try blanks("efiling").isEmpty && blanks("traces").isEmpty)
    }
}
