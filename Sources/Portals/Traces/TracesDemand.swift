import Domain
import Wire

/// The page of outstanding demands: an amount for each year, and behind "Prior Years" one for each older year.
struct TracesDemand: Sendable {
    struct Year: Sendable, Hashable {
        /// In which the financial year begins.
        var start: Int
        var manual: Rupees
        var processed: Rupees
    }

    private(set) var years: [Year] = []
    private(set) var finding = TracesFinding()
    /// What "Prior Years" adds up to; nil when the page has no such row.
    private var prior: Rupees?

    init(_ tables: XhtmlTables) throws(PortalFailure) {
        try read(try TracesGrid(Traces.Table.demandByYear, in: tables))
        if let prior, prior.paise != 0 { try readPrior(tables, expecting: prior) }
        finding.notices = years.compactMap(Self.notice)
    }

    private mutating func readPrior(_ tables: XhtmlTables, expecting sum: Rupees) throws(PortalFailure) {
        let before = years.count
        try read(try TracesGrid(Traces.Table.demandOfPriorYears, in: tables))
        let found = TracesValues.sum(years[before...].flatMap { [$0.manual, $0.processed] })
        guard found != sum else { return }
        finding.problems.append(
            PortalFailure(.portalChanged, "the demands of the prior years do not add up to what the portal shows"))
    }

    private mutating func read(_ grid: TracesGrid) throws(PortalFailure) {
        let columns = (try grid.column("year"), try grid.column("manual"), try grid.column("processed"))
        finding.noteColumns(of: grid, at: .outstandingDemand, known: [["year"], ["manual"], ["processed"]])
        for row in grid.rows {
            guard grid.isWhole(row), let manual = TracesValues.amount(row[columns.1]),
                let processed = TracesValues.amount(row[columns.2]), let sum = TracesValues.sum([manual, processed])
            else {
                finding.setAside(row, at: .outstandingDemand, "a demand of a year without readable amounts")
                continue
            }
            if row[columns.0].lowercased() == Traces.priorYears.lowercased() {
                // A second sum would take the place of the first.
                if prior != nil { finding.setAside(row, at: .outstandingDemand, "the prior years stand there twice") }
                prior = prior ?? sum
            } else if let start = TracesValues.year(row[columns.0]) {
                years.append(Year(start: start, manual: manual, processed: processed))
            } else {
                finding.setAside(row, at: .outstandingDemand, "a demand of an unknown year")
            }
        }
    }

    /// nil for a year of which nothing is demanded.
    private static func notice(_ year: Year) -> NoticeFacts? {
        guard let sum = TracesValues.sum([year.manual, year.processed]), sum.paise != 0 else { return nil }
        let name = YearPeriod(.financialYear, startYear: year.start).description
        return NoticeFacts(
            externalKey: "demand \(name)", place: .outstandingDemand, reference: name,
            summary: "Outstanding demand: processed \(year.processed.grouped), manual \(year.manual.grouped)",
            period: name, demand: sum, state: .open)
    }
}
