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

    @Test func whoHasNoLimitIsNamedByGstinOrPan() throws {
        let text = "[einvoices]\nreporting_days = 45\nunlimited = [\"29aakcp1234l1z4\", \"AABCT7788N\"]\n"
        let settings = try Settings.read(file: "config.toml", text: text).eInvoices.rules
        #expect(settings.reportingDays == 45 && settings.unlimitedSellers == ["29AAKCP1234L1Z4", "AABCT7788N"])
        let none = try Settings.read(file: "config.toml", text: "[einvoices]\nreporting_days = 0")
        #expect(none.eInvoices.rules.reportingDays == nil)
        let template = try Settings.read(file: "config.toml", text: Settings.template)
        #expect(template.eInvoices == Settings.EInvoices() && template.eWayBills == Settings.EWayBills())
        #expect(problems("[einvoices]\nunlimited = [\"Peepal\"]").map(\.key) == ["einvoices.unlimited"])
    }

    @Test func doubtfulRulesOfDocumentsAreSettings() throws {
        let text = """
            [einvoices]
            hsn_digits = 4
            four_digit_hsn = ["AABCT7788N"]
            extra_rates = ["35", "1.25"]
            extra_units = ["xyz"]
            tolerance = "one-and-two"
            ship_to_state = "error"
            earliest_date = "2025-04-01"
            [ewaybills]
            registers_invoices = true
            document_days = 90
            """
        let settings = try Settings.read(file: "config.toml", text: text)
        let rules = settings.eInvoices.rules
        #expect(rules.leastHsnDigits == 4 && rules.fourDigitSellers == ["AABCT7788N"] && rules.tolerance == .oneAndTwo)
        #expect(rules.shipToState == .error && rules.extra.units == ["XYZ"] && rules.extra.rates.count == 2)
        let bills = settings.eWayBills.rules
        #expect(bills.registersInvoices && bills.mostDocumentDays == 90 && bills.extra == rules.extra)
        #expect(problems("[einvoices]\nhsn_digits = 5").map(\.key) == ["einvoices.hsn_digits"])
        #expect(problems("[einvoices]\nextra_rates = [\"many\"]").map(\.key) == ["einvoices.extra_rates"])
        #expect(problems("[einvoices]\nextra_units = [\"N1\"]").map(\.key) == ["einvoices.extra_units"])
        #expect(problems("[einvoices]\ntolerance = \"some\"").map(\.key) == ["einvoices.tolerance"])
    }

    @Test func theTextsThatAreKnownSayWhatTheyWouldSayWhenRead() throws {
        let demo = try Settings.read(file: "config.toml", text: Settings.demoTemplate)
        #expect(demo.mail.transport == .maildir && Settings.known(Settings.demoTemplate)?.mail == demo.mail)
        #expect(Settings.known(Settings.template)?.mail == Settings.Mail())
        #expect(Settings.known(Settings.template + "\n") == nil)
    }

    @Test func everyMailSettingStandsInTheTemplate() throws {
        let keys = ["url", "starttls", "ca_file", "user", "password_file", "from", "sendmail"]
        for key in keys { #expect(Settings.template.contains("\n# \(key) = ")) }
        // Without their comment marks they are a valid file.
        let lines = Settings.template.split(separator: "\n", omittingEmptySubsequences: false)
        let bare = lines.map { line in
            (keys + ["transport"]).contains { line.hasPrefix("# \($0) = ") } ? line.dropFirst(2) : line
        }
        let found = problems(bare.joined(separator: "\n"))
        #expect(found.map(\.key) == [])
    }

    @Test(arguments: [
        ("transport = \"smtp\"\nurl = \"smtp://desk:pw@mail.example\"", "mail.url", 3),
        ("transport = \"smtp\"\nurl = \"mail.example:25\"", "mail.url", 3),
        ("transport = \"smtp\"\nurl = \"smtp://mail.example\"\nuser = \"desk\"", "mail.user", 4),
        ("transport = \"smtp\"\nurl = \"smtp://mail.example\"\npassword_file = \"p\"", "mail.password_file", 4),
        (
            "transport = \"smtp\"\nurl = \"smtp://mail.example\"\nuser = \"desk\"\npassword_file = \"p\"\nstarttls = \"off\"",
            "mail.starttls", 6
        ),
        ("starttls = \"maybe\"", "mail.starttls", 2), ("from = \"nobody\"", "mail.from", 2),
        ("sendmail = \"sendmail\"", "mail.sendmail", 2), ("password = \"hunter2\"", "mail.password", 2),
    ])
    func aMistakeInMailIsNamedWithItsLine(text: String, key: String, line: Int) {
        let found = problems("[mail]\n" + text)
        #expect(found.map(\.key) == [key] && found.map(\.line) == [line])
        #expect(
            !found.map(\.description).joined().contains("hunter2") && !found.map(\.description).joined().contains("pw@")
        )
    }

    @Test func whatIsWrittenIsUsed() throws {
        let text = """
            [desk]
            theme = "light"
            time_zone = "Europe/Berlin"
            page_size = 50
            mouse = false
            pictures = "sixel"
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
        #expect(
            settings.desk
                == Settings.Desk(
                    theme: "light", timeZone: "Europe/Berlin", pageSize: 50, mouse: false, pictures: .sixel))
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
            pictures = "ansi"
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
        #expect(found.map(\.line) == [2, 3, 4, 5, 6, 7, 10, 11, 14, 16])
        #expect(
            found.map(\.key) == [
                "desk.theme", "desk.time_zone", "desk.page_size", "desk.mouse", "desk.pictures", "desk.colour",
                "worker.concurrency", "worker.log_level", "mail.transport", "nonsense",
            ])
        #expect(found[4].message == "must be one of \"auto\", \"blocks\", \"kitty\", \"sixel\"")
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
