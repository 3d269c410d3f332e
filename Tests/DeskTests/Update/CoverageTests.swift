import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Coverage and records set aside") struct CoverageTests {
    static let entries: [CoverageEntry] = {
        let read = Sample.now - .seconds(1_200)
        let pan = Sample.identity(0, .incomeTax)
        func entry(
            _ identity: PortalIdentity, _ place: Place, _ outcome: PlaceOutcome, _ count: Int = 0,
            readAt: Instant? = nil,
            error: String = ""
        ) -> CoverageEntry {
            CoverageEntry(
                identity: identity, business: Sample.businesses[0], place: place, outcome: outcome, count: count,
                readAt: readAt, triedAt: Sample.now - .seconds(60), error: error)
        }
        return [
            entry(Sample.identity(0), .notices, .read, 12, readAt: read),
            entry(Sample.identity(0), .additionalNotices, .skipped, error: "firm-gsp has no call for it"),
            entry(pan, .selfFya, .failed, 4, readAt: read - .seconds(86_400), error: "503 Service Unavailable"),
            entry(pan, .demand, .empty, readAt: read), entry(pan, .thirdPartyFyi, .never),
        ]
    }()

    static func page(_ rows: [CoverageEntry] = entries, unseen: Int? = nil) -> CoveragePage {
        var counts: [PlaceOutcome: Int] = [:]
        for row in rows { counts[row.outcome, default: 0] += 1 }
        return CoveragePage(
            rows: rows, page: 1, pageCount: 1, total: rows.count, firstSerial: 1, counts: counts, unseenNotices: unseen)
    }

    static func open(size: Size = Sample.wide, _ page: CoveragePage = page()) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(.alt("c"))
        try bench.answerLast(.coverage(page))
        return bench
    }

    @Test func `nothing new is said only when every place answered`() throws {
        // Who was never asked, or left out, did not fail to answer.
        let why = "1 did not answer, 1 left out, 1 never asked"
        #expect(try Self.open().shows("! What lies at 3 of 5 places is not known: \(why)."))
        #expect(try Self.open(size: Sample.narrow).shows(why))
        let unasked = try Self.open(Self.page(Self.entries.filter { $0.outcome == .never }))
        #expect(unasked.shows("1 of 1 place is not known: 1 never asked.") && !unasked.shows("did not answer"))
        #expect(unasked.shows("never asked: no fetch of this login has come to this place yet"))
        #expect(try !Self.open().shows("Nothing new"))
        let answered = Self.entries.filter(\.outcome.isAnswer)
        #expect(try Self.open(Self.page(answered, unseen: 0)).shows("✓ Every place answered. Nothing new."))
        #expect(
            try Self.open(Self.page(answered, unseen: 3)).shows(
                "✓ Every place answered. 3 notices nobody has looked at."))
    }

    @Test func `where records were set aside, nothing new is not said and the place is read in part`() throws {
        var rows = Self.entries.filter(\.outcome.isAnswer)
        rows[0].error = "2 records set aside"
        var page = Self.page(rows, unseen: 0)
        page.strayed = 1
        let bench = try Self.open(page)
        #expect(bench.shows("! Every place answered, but records of 1 place were set aside (Alt-s)."))
        #expect(!bench.shows("Nothing new") && bench.selectedRow.contains("! In part"))
        #expect(bench.shows("2 records set aside"))
    }

    @Test func `a place that failed keeps its last true reading, shows no count, and says why`() throws {
        var bench = try Self.open()
        bench.press(.down, .down)
        #expect(bench.selectedRow.contains("✗ Failed") && bench.selectedRow.contains("–"))
        #expect(bench.shows("last truly read 19-11-2026") && bench.shows("503 Service Unavailable"))
    }

    @Test(arguments: [
        ("failed", CoverageQuery(outcomes: [.failed])),
        (
            "income tax missing",
            CoverageQuery(
                portal: .incomeTax, outcomes: [.failed, .skipped, .never])
        ),
        ("never read kaveri", CoverageQuery(text: "kaveri", outcomes: [.never])),
        (
            "09AAF gst",
            CoverageQuery(
                portal: .gst, text: "09AAF")
        ),
    ])
    func `what people type becomes the store's question`(text: String, query: CoverageQuery) throws {
        #expect(CoverageFilterText.parse(text) == query)
    }

    @Test func `from Configure it shows the selected identity, and f fetches it`() throws {
        var bench = try Bench.configure()
        bench.press("C")
        #expect(
            bench.effects.contains {
                if case .loadCoverage(let query, _) = $0 {
                    query.portal == .gst && query.text == Sample.gstins[0]
                } else {
                    false
                }
            })
        try bench.answerLast(.coverage(Self.page(Array(Self.entries.prefix(2)))))
        bench.press(.space, .space, "f")
        #expect(bench.effects.contains { if case .fetch([Sample.identity(0)], _) = $0 { true } else { false } })
    }

    @Test(arguments: ["N", .alt("n"), .function(7)] as [Key])
    func `its own key opens the notices of the selected identity`(key: Key) throws {
        var bench = try Self.open()
        bench.press(.down, .down, key)
        let asked = bench.effects.contains {
            if case .loadNotices(let query, _) = $0 { query.identity == Sample.identity(0, .incomeTax) } else { false }
        }
        #expect(asked)
        bench.press(.escape)
        #expect(bench.shows("3 of 5 places is not known"))
    }

    @Test func `from Configure it is of one identity: one Esc leads back, whatever was typed since`() throws {
        var bench = try Bench.configure()
        bench.press("C")
        try bench.answerLast(.coverage(Self.page()))
        #expect(bench.shows("Coverage › \(Sample.gstins[0])"))
        bench.press("/")
        bench.type(" failed")
        bench.press(.enter)
        try bench.answerLast(.coverage(Self.page([])))
        bench.press(.escape)
        #expect(bench.shows("filter: gst \(Sample.gstins[0])") && !bench.shows("failed"))
        bench.press(.escape)
        #expect(bench.shows("View/Edit Business Credentials"))
    }

    static let strays: [Stray] = (0..<3).map { number in
        Stray(
            id: StrayId(account: AccountId(Int64(number + 1)), place: .notices, contentHash: "9f3ab2c\(number)"),
            identity: Sample.identity(number), business: Sample.businesses[number],
            key: number == 1 ? "" : "ZD09\(number)",
            problem: ["the due date 31-02-2026 is no day", "no reference"][number % 2],
            byteCount: 412, times: number + 1, firstSeenAt: Sample.now - .seconds(86_400),
            lastSeenAt: Sample.now - .seconds(Int64(number) * 4_000))
    }

    static func openStrays(size: Size = Sample.wide, _ rows: [Stray] = strays) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(.alt("s"))
        try bench.answerLast(
            .strays(
                StrayPage(
                    rows: rows, page: 1, pageCount: 1, total: rows.count, firstSerial: 1,
                    problems: Set(rows.map(\.problem)).count)))
        return bench
    }

    static func openStray(size: Size = Sample.wide) throws -> Bench {
        var bench = try openStrays(size: size)
        bench.press(.enter)
        let text = "{\n  \"refId\": \"ZD090\",\n  \"dueDate\": \"31-02-2026\",\n  \"demand\": 1.10\n}"
        try bench.answerLast(.stray(StrayService.Record(stray: strays[0], text: text, raw: Array(text.utf8))))
        return bench
    }

    @Test func `records set aside are listed with their problem, and opened as they came`() throws {
        var list = try Self.openStrays()
        #expect(list.shows("3 records · 2 problems") && list.shows("the due date 31-02-2026 is no day"))
        list.press(.down)
        #expect(list.shows("no key could be read") && list.shows("stood in 2 fetches"))
        var bench = try Self.openStray()
        #expect(bench.shows("Why it was set aside  the due date 31-02-2026 is no day"))
        #expect(bench.shows("\"dueDate\": \"31-02-2026\",") && bench.shows("5 lines"))
        bench.press("y")
        #expect(
            bench.effects.contains { if case .copy(let text) = $0 { text.contains("\"demand\": 1.10") } else { false } }
        )
        bench.press(.escape)
        #expect(bench.shows("Records set aside"))
        let none = try Self.openStrays([])
        #expect(none.shows("Every record that a portal gave was understood."))
    }
}
