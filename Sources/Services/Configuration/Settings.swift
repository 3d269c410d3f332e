import Domain
import Foundation

/// What `config.toml` says. Every setting has a default, so an empty file is a valid one.
public struct Settings: Sendable {
    /// How captchas are drawn: as the terminal says it can, in half blocks, or in one way unasked.
    public enum Pictures: String, Sendable, CaseIterable { case auto, blocks, kitty, sixel }

    public struct Desk: Sendable, Hashable {
        public var theme = "dark"
        public var timeZone = "Asia/Kolkata"
        public var pageSize = 20
        public var mouse = true
        public var pictures = Pictures.auto
        /// Minutes without a key after which the desk locks.
        public var lockMinutes = 5
    }

    public struct Worker: Sendable, Hashable {
        /// Fetches at once.
        public var concurrency = 4
        /// Crashes after which a job is set aside.
        public var quarantineAfter = 3
        /// How long the picture of a captcha counts whose portal does not say. What portals do is not published.
        public var captchaLife = Duration.seconds(300)
        /// Counted attempts after which a job is given up.
        public var attempts = 20
        /// Times that the same password may be refused by a portal before it is offered no more.
        public var passwordTries = 2
        /// When nothing is begun by the calendar; people's own wishes are not held back.
        public var quietHours: QuietHours?
        /// The least level that is written into `log/worker.log`.
        public var logLevel = LogLevel.info
    }

    public struct Reveal: Sendable, Hashable {
        public enum Confirm: String, Sendable, CaseIterable { case mail, totp }
        /// What is asked before a password is shown.
        public var confirm = Confirm.mail
    }

    public struct Notices: Sendable, Hashable {
        /// Which days count where a rule speaks of working days.
        public var calendar = WorkingCalendar()
    }

    public struct EWayBills: Sendable, Hashable {
        /// Hours before its end in which a bill counts as one that expires soon.
        public var warnHours = 8
        /// What bills are held to before they are sent.
        public var rules = EWayBillSettings()
    }

    public struct EInvoices: Sendable, Hashable {
        /// What invoices are held to before they are sent.
        public var rules = InvoiceSettings()
    }

    public struct Audit: Sendable, Hashable {
        /// Where checkpoints are kept outside of the workspace.
        public enum Place: String, Sendable, CaseIterable { case file, journal }

        public var places: Set<Place> = [.file, .journal]
        /// Folder of the file; nil for that of the Unix user's state.
        public var folder: String?
        /// To whom each day's last checkpoint is mailed; empty for nobody.
        public var mail = ""
        /// A checkpoint is signed after so many records, or when the oldest unsigned one is so old.
        public var records = 256
        public var interval = Duration.seconds(600)
        /// Days for which bodies of calls are kept, 0 for none.
        public var bodyDays = 90
        /// Bytes; of larger bodies the hash alone is kept.
        public var largestBody = 256 << 10
    }

    public var audit = Audit()
    public var desk = Desk()
    public var eInvoices = EInvoices()
    public var eWayBills = EWayBills()
    public var notices = Notices()
    public var reveal = Reveal()
    public var worker = Worker()
    public var mail = Mail()
    /// Command id to key, such as `refresh = "ctrl-r"`; checked against the command table by the desk.
    public var keys: [String: String] = [:]
    /// Portal to the name of the provider that serves it.
    public var providers: [Portal: String] = [:]

    public init() {}

    /// Page sizes that the desk offers.
    public static let pageSizes = [10, 20, 50, 100]

    public static func read(file: String, text: String) throws(ConfigurationProblems) -> Settings {
        var reader = try TomlReader(file: file, text: text)
        var settings = Settings()
        settings.readDesk(&reader)
        settings.readWorker(&reader)
        settings.readNotices(&reader)
        settings.readEInvoices(&reader)
        settings.readEWayBills(&reader)
        settings.readAudit(&reader)
        settings.readMail(&reader)
        if let way = reader.choice("reveal.confirm", of: Reveal.Confirm.self) { settings.reveal.confirm = way }
        settings.keys = reader.texts(in: "keys")
        for portal in Portal.allCases {
            if let name = reader.string("portals.\(portal.rawValue)") { settings.providers[portal] = name }
        }
        try reader.finish()
        return settings
    }

    private mutating func readDesk(_ reader: inout TomlReader) {
        if let theme = reader.string("desk.theme") { desk.theme = theme }
        if let zone = reader.string("desk.time_zone") {
            // The usual zone needs no search in the machine's database.
            if zone != desk.timeZone, TimeZone(identifier: zone) == nil {
                reader.complain("desk.time_zone", "is no time zone that this machine knows")
            }
            desk.timeZone = zone
        }
        if let size = reader.integer("desk.page_size", in: 1...1_000) { desk.pageSize = size }
        if let mouse = reader.bool("desk.mouse") { desk.mouse = mouse }
        if let pictures = reader.choice("desk.pictures", of: Pictures.self) { desk.pictures = pictures }
        if let minutes = reader.integer("desk.lock_minutes", in: 1...240) { desk.lockMinutes = minutes }
    }

    private mutating func readNotices(_ reader: inout TomlReader) {
        for text in reader.strings("notices.holidays") ?? [] {
            if let day = LegalDate(text) {
                notices.calendar.holidays.insert(day)
            } else {
                reader.complain("notices.holidays", "holds a day that is not written like 2026-11-08")
            }
        }
        if let isOpen = reader.bool("notices.saturdays_work") { notices.calendar.worksOnSaturdays = isOpen }
    }

    private mutating func readWorker(_ reader: inout TomlReader) {
        if let number = reader.integer("worker.concurrency", in: 1...256) { worker.concurrency = number }
        if let number = reader.integer("worker.captcha_seconds", in: 10...86_400) {
            worker.captchaLife = .seconds(number)
        }
        if let number = reader.integer("worker.quarantine_after", in: 1...1_000_000) { worker.quarantineAfter = number }
        if let number = reader.integer("worker.attempts", in: 1...1_000) { worker.attempts = number }
        if let number = reader.integer("worker.password_tries", in: 1...5) { worker.passwordTries = number }
        if let text = reader.string("worker.quiet_hours"), !text.isEmpty {
            worker.quietHours = QuietHours(text)
            if worker.quietHours == nil { reader.complain("worker.quiet_hours", "is no span such as 22:00-06:00") }
        }
        if let level = reader.choice("worker.log_level", of: LogLevel.self) { worker.logLevel = level }
    }
}
