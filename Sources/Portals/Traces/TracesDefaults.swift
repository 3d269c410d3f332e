import Domain
import Wire

/// The default summary: year by year, quarter by quarter, with the kinds of default of each statement.
struct TracesDefaults: Sendable {
    let pages: TracesPages
    let reporter: any FetchReporter

    /// One statement with a default, as the page of its year lists it.
    private struct Entry: Sendable {
        var year: Int
        var quarter: Int
        var form: String
        var payable: Rupees

        var period: String { TracesValues.period(year: year, quarter: quarter, form: form) }
    }

    func read(_ demand: TracesDemand) async throws(PortalFailure) -> TracesFinding {
        var finding = TracesFinding()
        // A year that was not understood may have defaults that nobody then looks for.
        finding.problems = demand.finding.problems
        if demand.finding.strays.contains(where: { !$0.isRead }) {
            finding.problems.append(PortalFailure(.portalChanged, "a year of the demand list is not understood"))
        }
        for year in demand.years where year.processed.paise != 0 {
            for entry in try await listed(year, &finding) {
                do throws(PortalFailure) {
                    try await read(entry, &finding)
                } catch {
                    if error.cause == .sessionExpired || Task.isCancelled { throw error }
                    await reporter.log(
                        .error, "default", "\(entry.period) \(entry.form): \(error.message)", detail: error.rawAnswer)
                    finding.problems.append(error)
                }
            }
        }
        return finding
    }

    /// The quarters of one year. One that cannot be read costs the others nothing.
    private func listed(_ year: TracesDemand.Year, _ finding: inout TracesFinding) async throws(PortalFailure)
        -> [Entry]
    {
        do throws(PortalFailure) {
            return try await entries(of: year, &finding)
        } catch {
            if error.cause == .sessionExpired || Task.isCancelled { throw error }
            let name = YearPeriod(.financialYear, startYear: year.start).description
            await reporter.log(.error, "default", "\(name): \(error.message)", detail: error.rawAnswer)
            finding.problems.append(error)
            return []
        }
    }

    private func entries(
        of year: TracesDemand.Year, _ finding: inout TracesFinding
    ) async throws(PortalFailure) -> [Entry] {
        let tables = try await pages.tables("\(Traces.AppPath.demandOfYear)?fy=\(year.start)")
        let grid = try TracesGrid(Traces.Table.demandByQuarter, in: tables)
        let columns = (try grid.column("quarter"), try grid.column("form"), try grid.column("payable"))
        finding.noteColumns(of: grid, at: .defaultSummary, known: [["quarter"], ["form"], ["payable"]])
        var entries: [Entry] = []
        for row in grid.rows {
            guard grid.isWhole(row), let quarter = TracesValues.quarter(row[columns.0]),
                let form = TracesForm.number(row[columns.1]), let payable = TracesValues.amount(row[columns.2])
            else {
                finding.setAside(row, at: .defaultSummary, "a quarter without a readable form or amount")
                continue
            }
            entries.append(Entry(year: year.start, quarter: quarter, form: form, payable: payable))
        }
        if grid.rows.isEmpty {
            let name = YearPeriod(.financialYear, startYear: year.start).description
            finding.problems.append(
                PortalFailure(.portalChanged, "\(name) has a demand, but the portal lists no quarter of it"))
        }
        return entries
    }

    private func read(_ entry: Entry, _ finding: inout TracesFinding) async throws(PortalFailure) {
        let query =
            "fy=\(entry.year)&quarterdesc=Q\(entry.quarter)&qr=\(Traces.code(quarter: entry.quarter))"
            + "&frmtype=\(PercentEscape.text(entry.form))"
        let tables = try await pages.tables("\(Traces.AppPath.demandOfQuarter)?\(query)")
        let statement = try TracesGrid(Traces.Table.statement, in: tables)
        let columns = (try statement.column("token"), try statement.column("date"))
        // The order's date is part of the key, so a summary without it cannot be told from another.
        guard statement.rows.count == 1, let row = statement.rows.first, statement.isWhole(row),
            let orderedOn = TracesValues.date(row[columns.1])
        else {
            let row = statement.rows.first ?? [entry.period, entry.form]
            return finding.setAside(row, at: .defaultSummary, "a default summary without the date of its order")
        }
        let masked = row[columns.0]
        let filed = try await filedStatement(entry, masked, &finding)
        let year = YearPeriod(.financialYear, startYear: entry.year)
        let lines = try lines(tables, &finding)
        var facts = NoticeFacts(
            externalKey: "default \(year) Q\(entry.quarter) \(entry.form) \(orderedOn)", place: .defaultSummary,
            reference: HarmlessText.line(filed?.token ?? masked, limit: 120), form: entry.form,
            section: TracesForm.section(entry.form), summary: Self.summary(lines, tables), period: entry.period,
            issuedOn: orderedOn, demand: entry.payable, state: entry.payable.paise == 0 ? .closed : .open,
            rawState: HarmlessText.line(filed?.status ?? "", limit: 80))
        facts.particulars.defaults = lines
        facts.particulars.filedOn = filed.flatMap { TracesValues.date($0.filedOn) }
        if let filed, facts.particulars.filedOn == nil, !filed.filedOn.isEmpty {
            finding.setAside(facts, ["dtoffiling of statement \(filed.token) is no date: \(filed.filedOn)"], filed)
        }
        finding.notices.append(facts)
    }

    /// The regular statement whose token the summary shows with its middle masked.
    private func filedStatement(
        _ entry: Entry, _ masked: String, _ finding: inout TracesFinding
    ) async throws(PortalFailure) -> TracesStatementRow? {
        let form =
            "financialYear=\(entry.year)&quarter=\(Traces.code(quarter: entry.quarter))"
            + "&formType=\(PercentEscape.text(entry.form))&reqType=1"
        let list = try await pages.rows(TracesStatementRow.self, Traces.AppPath.statementStatus, form: form)
        for raw in list.strange {
            finding.setAside(raw, at: .defaultSummary, "a statement without token or status")
        }
        if !list.unknownFields.isEmpty, !hasExample(finding) {
            finding.strays.append(
                StrayRecord(
                    .defaultSummary, key: Self.statements, newFields: list.unknownFields, example: list.example))
        }
        return list.rows.first { TracesValues.isSame(masked: masked, token: $0.token) }
    }

    private static let statements = "statement status"
    private func hasExample(_ finding: TracesFinding) -> Bool {
        finding.strays.contains { $0.isRead && $0.key == Self.statements }
    }

    /// The table of kinds of default, whole but for its total (facts: income-tax-traces 5.8). The columns between kind and
    /// payable are named in several ways, so one that is missing leaves its amounts out.
    private func lines(
        _ tables: XhtmlTables, _ finding: inout TracesFinding
    ) throws(PortalFailure) -> [NoticeParticulars.DefaultLine] {
        let grid = try TracesGrid(Traces.Table.defaults, in: tables)
        let (kind, payable) = (try grid.column("type"), try grid.column("payable"))
        finding.noteColumns(
            of: grid, at: .defaultSummary,
            known: [["type"], ["payable"], ["default", "amount"], ["reported"], ["paid"]])
        let (code, amount) = (try? grid.column("sr"), try? grid.column("default", "amount"))
        let reported = (try? grid.column("reported")) ?? (try? grid.column("paid"))
        var lines: [NoticeParticulars.DefaultLine] = []
        for row in grid.rows {
            guard grid.isWhole(row), let due = TracesValues.amount(row[payable]) else {
                finding.setAside(row, at: .defaultSummary, "a line of a default summary without a readable amount")
                continue
            }
            guard row[kind].lowercased() != "total" else { continue }
            lines.append(
                NoticeParticulars.DefaultLine(
                    code: code.map { HarmlessText.line(row[$0], limit: 20) } ?? "",
                    kind: HarmlessText.line(row[kind], limit: 200),
                    amount: amount.flatMap { TracesValues.amount(row[$0]) },
                    reported: reported.flatMap { TracesValues.amount(row[$0]) }, payable: due))
        }
        return lines
    }

    /// The kinds of default with what is payable for each, and the PANs in error.
    private static func summary(_ lines: [NoticeParticulars.DefaultLine], _ tables: XhtmlTables) -> String {
        var parts = lines.compactMap { line in
            line.payable.flatMap { $0.paise == 0 ? nil : "\(line.kind) \($0.grouped)" }
        }
        if let pans = try? TracesGrid(Traces.Table.panCounts, in: tables), let row = pans.rows.first, pans.isWhole(row),
            let total = try? pans.column("total"), let errors = try? pans.column("error"), row[errors] != "0"
        {
            parts.append("PAN errors \(row[errors]) of \(row[total])")
        }
        return HarmlessText.line(parts.joined(separator: "; "))
    }
}
