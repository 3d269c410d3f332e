import Domain
import Foundation
import Portals
import Testing

@testable import Services

/// Provider files: what is taken, what is refused, and who serves whom.
@Suite struct ProviderFileTests {
    private func read(_ text: String) throws(ConfigurationProblems) -> ProviderFile {
        try ProviderFile.read(path: "providers/a.toml", text: text)
    }

    private func problems(_ text: String) -> [ConfigurationProblem] {
        do throws(ConfigurationProblems) {
            _ = try read(text)
            return []
        } catch {
            return error.problems
        }
    }

    static func file(
        name: String = "mine", portals: String = "\"gst\"", base: String = "https://bridge.example/v/",
        more: String = "",
        secret: String = "vault:mine", simulated: Bool = false, isDefault: Bool = false
    ) -> String {
        """
        name = "\(name)"
        connector = "bridge"
        portals = [\(portals)]
        simulated = \(simulated)
        default = \(isDefault)
        \(more)
        [urls]
        base = "\(base)"
        [auth]
        client_id = "us"
        client_secret = "\(secret)"
        """
    }

    @Test func aWholeFileIsRead() throws {
        let limits =
            "\n[limits]\nconcurrency = 3\npoll_ms = 5\n[timeouts]\nconnect_s = 1\nrequest_s = 2\njob_s = 3\n[headers]\nX-Firm = \"us\""
        let file = try read(Self.file(portals: "\"gst\", \"traces\"") + limits)
        #expect(file.name == "mine" && file.portals == [.gst, .traces] && file.address == "https://bridge.example/v")
        #expect(file.profile.concurrency == 3 && file.profile.pollEvery == .milliseconds(5))
        #expect(file.profile.timeouts.job == .seconds(3) && file.profile.headers == ["X-Firm": "us"])
        #expect(file.profile.secretNames == ["mine"])
    }

    @Test func theFieldsOfTracesPagesAreCalledWhatTheFileSays() throws {
        func file(_ fields: String, connector: String = "traces") -> String {
            """
            name = "mine"
            connector = "\(connector)"
            portals = ["traces"]
            [urls]
            base = "https://traces.example"
            [fields]
            \(fields)
            """
        }
        let profile = try read(file("token = \"dwnld:tokenNo\"\npan = \"panOf\"")).profile
        #expect(profile.fields.map { "\($0.key) \($0.value)" }.sorted() == ["pan panOf", "token dwnld:tokenNo"])
        func keys(_ fields: String, connector: String = "traces") -> [String] {
            problems(file(fields, connector: connector)).map(\.key)
        }
        #expect(keys("tokenn = \"x\"") == ["fields.tokenn"])
        #expect(keys("token = \"\"") == ["fields.token"])
        #expect(keys("token = \"a b\"") == ["fields.token"])
        #expect(keys("token = \"quarter\"") == ["fields.token"])
        #expect(keys("token = \"x\"", connector: "bridge") == ["fields.token"])
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", true), ("http://localhost", true), ("http://[::1]:9", true),
        ("https://bridge.example", true), ("http://bridge.example", false), ("http://127.0.0.1.evil.example", false),
        ("http://127.0.evil.example", false),
        ("http://10.0.0.1", false), ("ftp://bridge.example", false), ("https://us:pw@bridge.example", false),
        ("", false),
        ("bridge", false),
    ])
    func plainHttpGoesToThisMachineOnly(base: String, isTaken: Bool) {
        let found = problems(Self.file(base: base))
        #expect(found.isEmpty == isTaken)
        #expect(found.allSatisfy { $0.key == "urls.base" && $0.line == 8 })
    }

    @Test func aSecretStandsInClearOnlyInASimulatedFile() {
        let clear = problems(Self.file(secret: "made-up-in-clear"))
        #expect(clear.map(\.key) == ["auth.client_secret"] && clear.map(\.line) == [11])
        #expect(clear.allSatisfy { !$0.description.contains("made-up-in-clear") })
        let here = Self.file(base: "http://127.0.0.1:8080", secret: "made-up-in-clear", simulated: true)
        #expect(problems(here).isEmpty)
        // Whoever simulates elsewhere is another company.
        let there = Self.file(base: "https://sandbox.gsp.example", secret: "made-up-in-clear", simulated: true)
        #expect(problems(there).map(\.key) == ["auth.client_secret"])
    }

    @Test func theSandboxOfThisMachineIsCalledSimulated() {
        #expect(problems(Self.file(base: "sandbox:")).map(\.key) == ["simulated"])
        #expect(problems(Self.file(base: "sandbox:", simulated: true)).isEmpty)
    }

    @Test(arguments: [
        ("https://api.gst.gov.in", false), ("https://einv-apisandbox.nic.in", true), ("https://uat.gsp.example", true),
        ("https://latest.gsp.example", false), ("http://127.0.0.1:9", true), ("sandbox:", true),
    ])
    func aLivePortalIsNotCalledSimulated(base: String, isTaken: Bool) {
        #expect(problems(Self.file(base: base, simulated: true)).map(\.key) == (isTaken ? [] : ["simulated"]))
    }

    @Test(arguments: [
        ("[headers]\nX-A = \"v\\r\\nHost: evil\"", "headers.X-A"),
        ("[headers]\n\"bad name\" = \"v\"", "headers.bad name"),
        ("[headers]\nhost = \"evil.example\"", "headers.host"),
        ("[headers]\nContent-Length = \"0\"", "headers.Content-Length"),
        ("[header_names]\nauth-token = \"a b\"", "header_names.a b"),
        ("[paths]\nnotises = \"/n\"", "paths.notises"), ("[paths]\nnotices = \"//evil.example/n\"", "paths.notices"),
        ("[paths]\nnotices = \"https://evil.example/n\"", "paths.notices"),
        ("[paths]\nnotices = \"/n?p={password}\"", "paths.notices"),
        ("[paths]\nnotices = \"POST /n\"", "paths.notices"),
        ("[paths]\notp_request = \"PUT /o\"", "paths.otp_request"), ("[bodies]\nnotices = \"{}\"", "bodies.notices"),
        ("[bodies]\notp_request = \"{}\"", "bodies.otp_request"),
        ("[paths]\notp_request = \"POST /o\"\n[bodies]\notp_request = \"{\"", "bodies.otp_request"),
    ])
    func whatAConnectorWouldSilentlyPassOverIsNamed(more: String, key: String) {
        let gsp =
            Self.file(base: "https://gsp.example").replacing("\"bridge\"", with: "\"gsp\"")
            + "\n[envelope]\nwho_encrypts = \"gsp\"\n"
        #expect(problems(gsp).isEmpty)
        #expect(problems(gsp + more).map(\.key) == [key])
    }

    @Test func aBridgeHasNoPathsOfItsOwnAndNoEnvelope() {
        let more = "\n[paths]\nnotices = \"/n\"\n[envelope]\nwho_encrypts = \"gsp\"\n"
        #expect(problems(Self.file() + more).map(\.key) == ["paths.notices", "envelope.who_encrypts"])
    }

    @Test(arguments: ["https://bridge.example/v?x=1", "https://bridge.example/#part"])
    func anAddressEndsWithItsPath(base: String) {
        #expect(problems(Self.file(base: base)).map(\.key) == ["urls.base"])
    }

    @Test func aPipeAndAHugeFileAreRefusedAtOnce() throws {
        let place = try Place()
        let (pipe, huge) = ("\(place.folder)/pipe.toml", "\(place.folder)/huge.toml")
        #expect(mkfifo(pipe, 0o600) == 0)
        try Data(repeating: UInt8(ascii: "#"), count: 1 << 20).write(to: URL(fileURLWithPath: huge))
        for path in [pipe, huge, place.folder] {
            #expect(throws: ConfigurationProblems.self) { try ProviderCatalog.read(path) }
        }
    }

    @Test func everyMistakeIsNamedAtOnce() {
        let text = """
            name = "my provider"
            connector = "warp"
            portals = ["gst", "vat"]
            colour = "red"

            [urls]
            base = "http://bridge.example"

            [limits]
            concurrency = 0
            """
        let found = problems(text)
        #expect(
            Set(found.map(\.key)) == ["name", "connector", "portals", "colour", "urls.base", "limits.concurrency"])
        #expect(found.map(\.line) == [1, 2, 3, 4, 7, 10])
    }

    @Test func anEmptyFileSaysWhatIsNeeded() {
        #expect(Set(problems("").map(\.key)) == ["name", "connector", "portals", "urls.base"])
    }

    @Test func aGuessedServiceIsNamedForTheConnectorThatAsksForItAlone() throws {
        let named = "\n[services]\nset_offs = \"refundSetOff\"\n"
        let efiling = Self.file(portals: "\"income_tax\"").replacing("\"bridge\"", with: "\"efiling\"") + named
        #expect(try read(efiling).profile.services == [.setOffs: "refundSetOff"])
        #expect(problems(Self.file() + named).map(\.key) == ["services.set_offs"])
        let odd = efiling.replacing("refundSetOff", with: "a b")
        #expect(problems(odd).map(\.key) == ["services.set_offs"])
    }

    @Test func brokenFilesAndTwinsLeaveTheRestUsable() async throws {
        let place = try Place()
        let workspace = try await place.workspace(providers: [
            "a.toml": Self.file(name: "one"), "b.toml": Self.file(name: "one"), "c.toml": "name = ",
            "d.toml": Self.file(name: "two", portals: "\"traces\""), ".#e.toml": "garbage", "note.txt": "garbage",
        ])
        let catalog = workspace.providers()
        #expect(catalog.files.map(\.name) == ["one", "two"])
        #expect(catalog.broken.count == 2)
        #expect(catalog.broken.contains { $0.file.hasSuffix("b.toml") && $0.message.contains("a.toml") })
        #expect(catalog.broken.contains { $0.file.hasSuffix("c.toml") && $0.line == 1 })
        workspace.close()
    }

    @Test func theAccountsChoiceComesFirstThenTheSettingsThenTheDefaultThenTheOnlyOne() throws {
        let one = try read(Self.file(name: "one"))
        let two = try read(Self.file(name: "two", isDefault: true))
        let catalog = ProviderCatalog(files: [one, two])
        var settings = Settings()
        #expect(catalog.provider(for: .gst, chosen: nil, settings: settings)?.name == "two")
        settings.providers[.gst] = "one"
        #expect(catalog.provider(for: .gst, chosen: nil, settings: settings)?.name == "one")
        #expect(catalog.provider(for: .gst, chosen: "two", settings: settings)?.name == "two")
        #expect(catalog.provider(for: .gst, chosen: "gone", settings: settings) == nil)
        #expect(catalog.provider(for: .traces, chosen: nil, settings: settings) == nil)
        let only = ProviderCatalog(files: [one])
        #expect(only.provider(for: .gst, chosen: nil, settings: Settings())?.name == "one")
    }

    @Test func aProviderOnThisMachineCountsAsSimulated() throws {
        let local = try read(Self.file(base: "http://127.0.0.1:1"))
        let real = try read(Self.file())
        #expect(ProviderCatalog(files: [real, local]).isSimulated)
        #expect(!ProviderCatalog(files: [real]).isSimulated)
    }

    @Test(arguments: [
        ("simulated = true", true), ("  \"simulated\"=true # of course", true), ("simulated = false", false),
        ("base = \"sandbox:\"", true), ("base = 'http://127.0.0.1:80'", true), ("base = \"http://[::1]:80\"", true),
        ("base = \"https://gsp.example\"", false), ("note = \"simulated\"", false),
        ("note = 1\r\nsimulated = true\r", true),
    ]) func aGlanceAtTheFilesTellsASimulation(line: String, isOne: Bool) async throws {
        let place = try Place()
        let workspace = try await place.workspace(providers: ["a.toml": "name = \"a\"\n\(line)\n"])
        #expect(workspace.seemsSimulated == isOne)
        workspace.close()
    }

    @Test func theEFilingPortalServesIncomeTaxAlone() {
        let text = Self.file(portals: "\"income_tax\", \"gst\"").replacingOccurrences(
            of: "\"bridge\"", with: "\"efiling\"")
        #expect(problems(text).map(\.key) == ["portals"])
    }

    @Test func theEFilingPortalIsGivenItsPausesUnlessTheFileSaysOtherwise() throws {
        let text = Self.file(portals: "\"income_tax\"").replacingOccurrences(of: "\"bridge\"", with: "\"efiling\"")
        let usual = try read(text).profile.pacing
        #expect(usual.loginStep == .seconds(5) && usual.document == .milliseconds(1_500) && usual.call == .zero)
        let set = try read(text + "\n[pacing]\nlogin_step_ms = 0\ncall_ms = 250").profile.pacing
        #expect(set.loginStep == .zero && set.document == .milliseconds(1_500) && set.call == .milliseconds(250))
        #expect(try read(Self.file()).profile.pacing.loginStep == .zero)
        // A large account is read over half-hours, and logins begin apart.
        let profile = try read(text).profile
        #expect(profile.timeouts.job == .seconds(1_800) && profile.timeouts.request == .seconds(90))
        #expect(profile.concurrency == 5 && profile.pacing.start == Duration.seconds(1.5)...Duration.seconds(4))
        let apart = try read(text + "\n[pacing]\nstart_least_ms = 10\nstart_most_ms = 20\n[timeouts]\njob_s = 60")
            .profile
        #expect(apart.pacing.start == Duration.milliseconds(10)...Duration.milliseconds(20))
        #expect(apart.timeouts.job == .seconds(60))
        #expect(try read(text + "\n[pacing]\nstart_most_ms = 0").profile.pacing.start == nil)
        #expect(throws: ConfigurationProblems.self) {
            try read(text + "\n[pacing]\nstart_least_ms = 30\nstart_most_ms = 20")
        }
    }
}
