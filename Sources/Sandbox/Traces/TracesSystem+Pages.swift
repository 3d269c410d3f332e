import Domain
import Wire

extension TracesSystem {
    func demands(_ account: DemoAccount) -> SandboxAnswer {
        if account.outcome == .portalChanged {
            return Self.page(
                "Outstanding Demand", [XhtmlPage.table("demandGrid", ["Period", "Sum"], [["2024", "1"]])])
        }
        let demands = book.demands(of: account)
        let head = ["Financial Year", "Manual Demand (Rs.)", "Processed Demand (Rs.)"]
        func row(_ title: String, _ manual: Int, _ processed: Int) -> [String] {
            [title, TracesPrint.rupees(manual), TracesPrint.rupees(processed)]
        }
        var rows = demands.years.map { row(TracesPrint.year($0.year), $0.manual, $0.processed) }
        let prior = demands.prior.reduce((0, 0)) { ($0.0 + $1.manual, $0.1 + $1.processed) }
        rows.append(row(Traces.priorYears, prior.0, prior.1))
        let older = demands.prior.map { row(TracesPrint.year($0.year), $0.manual, $0.processed) }
        return Self.page(
            "Outstanding Demand",
            [
                Self.table(Traces.Table.demandByYear, head, rows, account),
                Self.table(Traces.Table.demandOfPriorYears, head, older, account),
            ])
    }

    func demandOfYear(_ request: SandboxRequest, _ account: DemoAccount) -> SandboxAnswer {
        guard let year = request.query["fy"].flatMap({ Int($0) }) else {
            return SandboxAnswer(status: 400, page: "Bad Request")
        }
        let rows = book.statements(of: account).filter { $0.year == year && !$0.lines.isEmpty }.map {
            ["Q\($0.quarter)", $0.form, TracesPrint.rupees($0.payable)]
        }
        let head = ["Quarter", "Form Type", "Net Payable (Rs.)"]
        return Self.page("Demand Summary", [Self.table(Traces.Table.demandByQuarter, head, rows, account)])
    }

    func demandOfQuarter(_ request: SandboxRequest, _ account: DemoAccount) -> SandboxAnswer {
        let year = request.query["fy"].flatMap { Int($0) }
        let quarter = request.query["qr"].flatMap { Int($0) }.flatMap(Traces.quarter(code:))
        let form = request.query["frmtype"]
        guard request.query["quarterdesc"] == quarter.map({ "Q\($0)" }),
            let statement = book.statements(of: account).first(where: {
                $0.year == year && $0.quarter == quarter && $0.form == form
            })
        else { return SandboxAnswer(status: 400, page: "Bad Request") }
        let details = XhtmlPage.table(
            Traces.Table.statement, ["Token Number", "Order Pass Date"],
            [[TracesPrint.masked(statement.token), TracesPrint.date(statement.processedOn)]])
        var lines = statement.lines.enumerated().map { index, line in
            [
                "\(index + 1)", line.type, TracesPrint.rupees(line.amount), TracesPrint.rupees(line.reported),
                TracesPrint.rupees(line.payable),
            ]
        }
        lines.append(["", "Total", "", "", TracesPrint.rupees(statement.payable)])
        let head = [
            "Sr. No.", "Type of Default", "Default Amount (Rs.)",
            "Amount reported as 'Interest/Others' in the statement (Rs.)", "Payable (Rs.)",
        ]
        let pans = XhtmlPage.table(
            Traces.Table.panCounts, ["Total PANs", "PAN Errors"], [["\(statement.pans)", "\(statement.panErrors)"]])
        return Self.page(
            "Default Summary", [details, Self.table(Traces.Table.defaults, head, lines, account), pans])
    }

    func communications(_ account: DemoAccount) -> SandboxAnswer {
        let letters = book.letters(of: account)
        let head = [
            "Communication Reference Number", "Date", "Category", "Financial Year", "Quarter", "Form Type",
        ]
        let stray = account.outcome == .strayRecord ? [["TDS/0", "soon", "Moved", "", "", ""]] : []
        func rows(needsAction: Bool) -> [[String]] {
            stray
                + letters.filter { $0.needsAction == needsAction }.map {
                    [
                        $0.reference, TracesPrint.date($0.sentOn), $0.category, TracesPrint.year($0.year),
                        "Q\($0.quarter)", $0.form,
                    ]
                }
        }
        var answer = Self.page(
            "Inbox",
            [
                Self.table(Traces.Table.actionRequired, head, rows(needsAction: true), account),
                Self.table(Traces.Table.generalAwareness, head, rows(needsAction: false), account),
            ])
        answer.completes[.communications] = letters.count
        return answer
    }

    /// A table as the pages have it; an empty one says so in a row of its own.
    private static func table(
        _ id: String, _ head: [String], _ rows: [[String]], _ account: DemoAccount
    ) -> String {
        guard !rows.isEmpty else { return XhtmlPage.table(id, head, [["No records found"]]) }
        guard account.outcome == .unknownField else { return XhtmlPage.table(id, head, rows) }
        return XhtmlPage.table(id, head + ["Novelty"], rows.map { $0 + ["new"] })
    }
}
