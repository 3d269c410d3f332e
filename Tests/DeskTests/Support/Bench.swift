import Domain
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

/// A desk without a terminal and without a workspace: keys and answers go in, effects and pictures come out.
struct Bench {
    var model: DeskModel
    /// Effects of the last input, and of everything since the bench was made.
    private(set) var effects: [Effect] = []
    private(set) var history: [Effect] = []
    private(set) var now = Sample.now

    /// Opens on the main screen; without a page it is still loading.
    init(
        size: Size = Sample.wide, page: ActivityPage? = Sample.page(), summary: DeskSummary = Sample.summary,
        settings: DeskSettings = DeskSettings(exportFolder: "/exports"), keys: KeyMap = KeyMap(),
        user: Person = Sample.asha
    ) {
        model = DeskModel(
            size: size, settings: settings, keys: keys, isSandbox: true, now: Sample.now,
            utcOffset: Sample.utcOffset, user: user)
        take(model.start(summary: summary, page: page))
    }

    private mutating func take(_ new: [Effect]) {
        effects = new
        history += new
    }

    mutating func input(_ input: DeskInput) { take(model.handle(input, at: now, utcOffset: Sample.utcOffset)) }
    mutating func press(_ keys: Key...) { for key in keys { input(.event(.key(key))) } }
    mutating func type(_ text: String) { for letter in text { press(.character(letter)) } }
    mutating func resize(_ size: Size) { input(.event(.resize(size))) }
    mutating func pass(_ seconds: Int64) { now = now + .seconds(seconds) }

    /// Answers the newest read of the top screen.
    mutating func answer(_ loaded: Loaded) throws {
        let ticket = try #require(history.last { $0.isRead && $0.ticket != nil }?.ticket, "nothing was asked for")
        input(.loaded(loaded, ticket))
    }

    /// Answers the newest effect that carries a ticket, whatever it was.
    mutating func answerLast(_ loaded: Loaded) throws {
        let ticket = try #require(history.last { $0.ticket != nil }?.ticket, "nothing was asked for")
        input(.loaded(loaded, ticket))
    }

    /// Clicks where the picture has `text`, counted from its first column; `occurrence` from 0, top down.
    mutating func click(
        _ text: String, occurrence: Int = 0, wheel: MouseEvent.Action = .press,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let place = try #require(
            find(text, occurrence), "\(text) is not on the screen:\n\(screen)", sourceLocation: location)
        let target = model.frame().hits.target(x: place.x, y: place.y)
        input(.mouse(target, MouseEvent(x: place.x, y: place.y, action: wheel)))
    }

    func find(_ text: String, _ occurrence: Int = 0) -> Point? {
        var left = occurrence
        let canvas = model.frame().canvas
        for (y, row) in canvas.textRows.enumerated() where row.contains(text) {
            for x in 0..<canvas.size.columns where stands(text, canvas, x, y) {
                if left == 0 { return Point(x: x, y: y) }
                left -= 1
            }
        }
        return nil
    }

    private func stands(_ text: String, _ canvas: Canvas, _ x: Int, _ y: Int) -> Bool {
        var column = x
        for letter in text {
            guard canvas.text(x: column, y: y) == String(letter) else { return false }
            column += max(1, Text.width(String(letter)))
        }
        return true
    }

    var canvas: Canvas { model.frame().canvas }
    var screen: String { canvas.textRows.joined(separator: "\n") }
    func shows(_ text: String) -> Bool { screen.contains(text) }
    var toasts: [String] { model.toasts.map(\.toast.title) }

    /// The text of the row that is selected, by its paint.
    var selectedRow: String {
        let frame = canvas
        let row = (0..<frame.size.rows).first { y in
            let surface = frame.style(x: frame.size.columns / 2 + 20, y: y)?.surface
            return surface == .selection || surface == .selectionUnfocused
        }
        return row.map { frame.textRows[$0] } ?? ""
    }
}

extension Effect {
    var isRead: Bool {
        switch self {
        case .loadActivity, .loadAccounts, .loadAccount, .loadJob, .loadJobLog, .loadNotices, .loadBusinesses: true
        case .relay(.queue, _), .gsp(.page, _), .loadCoverage, .loadStrays, .failures(.page, _), .operations(.page, _),
            .eInvoices(.page, _), .eWayBills(.page, _), .audit(.page, _):
            true
        default: false
        }
    }
}

extension Bench {
    /// On the Configure panel of the GST Portal.
    static func configure(
        size: Size = Sample.wide, page: AccountPage? = Sample.accountPage(),
        settings: DeskSettings = DeskSettings(exportFolder: "/exports")
    ) throws -> Bench {
        var bench = Bench(size: size, settings: settings)
        bench.press("1")
        if let page { try bench.answer(.accounts(page)) }
        return bench
    }

    /// On the log of a job.
    static func log(_ job: Job, _ entries: [JobLogEntry] = Sample.log, size: Size = Sample.wide) throws -> Bench {
        var bench = Bench(size: size, page: Sample.page([job]))
        bench.press(.enter)
        try bench.answer(.jobLog(job, entries))
        return bench
    }

    static func notices(size: Size = Sample.wide, page: NoticePage? = Sample.noticePage()) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(.function(7))
        if let page { try bench.answer(.notices(page)) }
        return bench
    }

    static func businesses(size: Size = Sample.wide, page: BusinessPage? = Sample.businessPage()) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(.function(8))
        if let page { try bench.answer(.businesses(page)) }
        return bench
    }

    /// In the form of one login.
    static func editLogin(_ index: Int = 1, size: Size = Sample.wide) throws -> Bench {
        var bench = try configure(size: size)
        for _ in 0..<index { bench.press(.down) }
        bench.press("e")
        return bench
    }
}
