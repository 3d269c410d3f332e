import Domain
import Wire

@testable import Portals

/// What TRACES answers: JSON of the new portal, lists and pages of the old application.
enum TracesParsers {
    static let list: [FuzzParser] = [
        FuzzParser(name: "traces.captcha", samples: AllParsers.bytes([TracesSamples.captcha]), gentle: 80) { bytes in
            try PayloadReading.read(TracesCaptcha.self, bytes) {
                "picture \(CaptchaPicture.bytes(base64: $0.image) != nil)"
            }
        },
        FuzzParser(name: "traces.tokens", samples: AllParsers.bytes([TracesSamples.tokens]), gentle: 80) { bytes in
            try PayloadReading.read(TracesLoginAnswer.self, bytes)
        },
        FuzzParser(name: "traces.refusal", samples: AllParsers.bytes([TracesSamples.refusal]), gentle: 80) { bytes in
            try PayloadReading.read(TracesRefusal.self, bytes) {
                TracesFailure.cause(of: $0.message).map { "\($0)" } ?? "words"
            }
        },
        FuzzParser(name: "traces.download", samples: AllParsers.bytes([TracesSamples.download]), gentle: 80) { bytes in
            try PayloadReading.read(TracesDownload.self, bytes)
        },
        rows("traces.statements", TracesSamples.statements, TracesStatementRow.self),
        rows("traces.requests", TracesSamples.requests, TracesRequestRow.self),
        page("traces.page.demand", TracesSamples.demand, demand),
        page("traces.page.quarters", TracesSamples.quarters) {
            try grid($0, Traces.Table.demandByQuarter, ["quarter", "form"])
        },
        page("traces.page.summary", TracesSamples.summary) { try grid($0, Traces.Table.statement, ["token", "date"]) },
        page("traces.page.inbox", TracesSamples.inbox) {
            try grid($0, Traces.Table.actionRequired, ["reference", "date"])
        },
        FuzzParser(
            name: "traces.values",
            samples: AllParsers.bytes(["25-Oct-2025", "2024-25", "Q3", "3", "1,23,450.00", "26Q", "27EQ", "0.00"]),
            form: .text(words: ["-", "+", ".", ",", "Q", "Feb", "0", "9999", " ", "\u{661}"]), blind: 5, read: value),
    ]

    private static func rows<Row: WirePayload>(_ name: String, _ sample: String, _ type: Row.Type) -> FuzzParser {
        FuzzParser(name: name, samples: AllParsers.bytes([sample]), gentle: 60) { bytes in
            try PayloadReading.read(TracesPage<Row>.self, bytes) { page in
                try PayloadReading.records(page.rows, of: PayloadReading.list(bytes, "rows"))
            }
        }
    }

    private static func page(
        _ name: String, _ sample: String, _ say: @escaping @Sendable (XhtmlTables) throws -> String
    ) -> FuzzParser {
        FuzzParser(
            name: name, samples: AllParsers.bytes([sample]), form: .text(words: TracesSamples.words), blind: 30
        ) { bytes in
            let tables: XhtmlTables
            do throws(XhtmlTables.Problem) {
                tables = try XhtmlTables(bytes)
            } catch {
                return .refused("\(error)")
            }
            do {
                return .accepted("\(PayloadReading.some(tables.tables.count)) tables, \(try say(tables))")
            } catch let error as PortalFailure {
                return .refused(String(error.message.prefix(40)))
            }
        }
    }

    @Sendable private static func demand(_ tables: XhtmlTables) throws -> String {
        let demand = try TracesDemand(tables)
        let rows = try TracesGrid(Traces.Table.demandByYear, in: tables).rows
        let ofPrior = rows.filter { $0.contains { $0.lowercased() == Traces.priorYears.lowercased() } }
        let (years, strays) = (demand.years.count, demand.finding.strays.count)
        guard years + strays + min(ofPrior.count, 1) >= rows.count else { throw Broken("a row of the page was lost") }
        try demand.finding.notices.forEach(FactsRules.check)
        return
            "\(PayloadReading.some(years)) years, \(PayloadReading.some(strays)) aside, \(demand.finding.problems.count) problems"
    }

    private static func grid(_ tables: XhtmlTables, _ id: String, _ columns: [String]) throws -> String {
        let grid = try TracesGrid(id, in: tables)
        for name in columns { _ = try grid.column(name) }
        return
            "\(PayloadReading.some(grid.rows.count)) rows, \(PayloadReading.some(grid.rows.filter(grid.isWhole).count)) whole"
    }

    @Sendable private static func value(_ bytes: [UInt8]) throws -> Verdict {
        let text = String(decoding: bytes, as: UTF8.self)
        let amount = TracesValues.amount(text)
        if let amount, TracesValues.amount(amount.grouped) != amount {
            throw Broken("an amount is another when written")
        }
        let found = [
            TracesValues.date(text).map { _ in "date" }, TracesValues.year(text).map { _ in "year" },
            TracesValues.quarter(text).map { _ in "quarter" }, amount.map { _ in "amount" },
            TracesForm.number(text).map { _ in "form" },
        ].compactMap(\.self)
        return found.isEmpty ? .refused("nothing") : .accepted(found.joined(separator: ", "))
    }
}
