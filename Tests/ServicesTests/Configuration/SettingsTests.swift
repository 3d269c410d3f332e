import Domain
import Testing

@testable import Services

/// `config.toml` as people write it.
@Suite struct SettingsTests {
    private func problems(_ text: String) -> [ConfigurationProblem] {
        do throws(ConfigurationProblems) {
            _ = try Settings.read(file: "config.toml", text: text)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func anEmptyFileMeansEveryDefault() throws {
        let settings = try Settings.read(file: "config.toml", text: "")
        #expect(settings.desk == Settings.Desk() && settings.worker == Settings.Worker())
    }

    @Test func theTemplateSaysTheDefaults() throws {
        let settings = try Settings.read(file: "config.toml", text: Settings.template)
        #expect(
            settings.desk == Settings.Desk() && settings.worker == Settings.Worker() && settings.mail == Settings.Mail()
        )
        for section in ["[desk]", "[worker]", "[mail]", "[portals]", "[keys]"] {
            #expect(Settings.template.contains(section))
        }
    }

    @Test func whatIsWrittenIsUsed() throws {
        let text = """
            [desk]
            theme = "light"
            time_zone = "Europe/Berlin"
            page_size = 50
            mouse = false
            [worker]
            concurrency = 2
            quarantine_after = 9
            attempts = 3
            log_level = "debug"
            [mail]
            transport = "smtp"
            url = "smtp://127.0.0.1:2525"
            starttls = "off"
            [portals]
            gst = "my-gsp"
            [keys]
            "refresh.all" = "ctrl-r"
            """
        let settings = try Settings.read(file: "config.toml", text: text)
        #expect(settings.desk == Settings.Desk(theme: "light", timeZone: "Europe/Berlin", pageSize: 50, mouse: false))
        #expect(settings.worker == Settings.Worker(concurrency: 2, quarantineAfter: 9, attempts: 3, logLevel: .debug))
        #expect(settings.mail.transport == .smtp && settings.mail.startTls == .off)
        #expect(settings.providers == [.gst: "my-gsp"] && settings.keys == ["refresh.all": "ctrl-r"])
    }

    @Test func everyMistakeIsNamedWithItsLineAllAtOnce() {
        let text = """
            [desk]
            theme = 5
            time_zone = "Mars/Olympus"
            page_size = 0
            mouse = "yes"
            colour = "red"

            [worker]
            concurrency = "many"
            log_level = "loud"

            [mail]
            transport = "pigeon"

            [nonsense]
            a = 1
            """
        let found = problems(text)
        #expect(found.map(\.line) == [2, 3, 4, 5, 6, 9, 10, 13, 15])
        #expect(
            found.map(\.key) == [
                "desk.theme", "desk.time_zone", "desk.page_size", "desk.mouse", "desk.colour", "worker.concurrency",
                "worker.log_level", "mail.transport", "nonsense",
            ])
        #expect(found.allSatisfy { $0.description.hasPrefix("config.toml:\($0.line): ") })
    }

    @Test func whatIsMissingIsNamedWithItsSection() {
        let found = problems("[desk]\n[mail]\ntransport = \"smtp\"\n")
        #expect(found.map(\.line) == [2] && found.map(\.key) == ["mail.url"])
    }

    @Test func aSectionThatIsAValueIsSaidToBeOne() {
        #expect(problems("desk = 3").map(\.message) == ["must be a section: [desk]"])
    }

    @Test func brokenTomlNamesItsLine() {
        let found = problems("[desk]\ntheme = \"dark\n")
        #expect(found.count == 1 && found.first?.line == 2)
    }

    @Test(arguments: ["[desk]\npage_size = 0", "[desk", "x = 1"])
    func aWorkspaceWithWrongSettingsIsNotOpened(text: String) async throws {
        let place = try Place()
        let refused = await complaint { try await place.workspace(settings: text) }
        #expect(refused?.status == .badConfiguration)
        #expect(refused?.description.contains("config.toml:") == true)
    }
}
