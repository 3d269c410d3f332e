import Domain
import Wire

/// The inbox of communications: what needs an action, and what is for information.
struct TracesInbox: Sendable {
    let pages: TracesPages

    func read() async throws(PortalFailure) -> TracesFinding {
        let path = pages.caller.profile.paths["communications"] ?? Traces.AppPath.communications
        // Whatever else it is, it must stay on the host that the session belongs to.
        guard path.hasPrefix("/"), !path.contains("//") else {
            throw PortalFailure(.providerAuth, "paths.communications in the provider file must begin with /")
        }
        let tables = try await pages.tables(path)
        var finding = TracesFinding()
        try read(try TracesGrid(Traces.Table.actionRequired, in: tables), "Action required", .open, &finding)
        try read(try TracesGrid(Traces.Table.generalAwareness, in: tables), "General awareness", .closed, &finding)
        return finding
    }

    private func read(
        _ grid: TracesGrid, _ tab: String, _ state: NoticeState, _ finding: inout TracesFinding
    ) throws(PortalFailure) {
        let (reference, date) = (try grid.column("reference"), try grid.column("date"))
        let (category, year) = (try grid.column("category"), try grid.column("year"))
        let (quarter, form) = (try grid.column("quarter"), try grid.column("form"))
        finding.noteColumns(
            of: grid, at: .communications,
            known: [["reference"], ["date"], ["category"], ["year"], ["quarter"], ["form"]])
        for row in grid.rows {
            guard grid.isWhole(row), let key = Self.key(row[reference]), let sentOn = TracesValues.date(row[date])
            else {
                finding.setAside(row, at: .communications, "a communication without a readable reference or date")
                continue
            }
            let number = TracesForm.number(row[form])
            let isDemand = row[category].lowercased().contains("intimation")
            finding.notices.append(
                NoticeFacts(
                    externalKey: "communication \(key)", place: .communications, reference: key,
                    form: number ?? HarmlessText.line(row[form], limit: 40),
                    section: isDemand ? TracesForm.section(number ?? "") : "",
                    summary: HarmlessText.line(row[category], limit: 400) + TracesRecipe.note(row[category]),
                    period: Self.period(row[year], row[quarter], number ?? ""), issuedOn: sentOn, state: state,
                    rawState: tab))
        }
    }

    /// A period that is not understood is shown as the portal writes it.
    private static func period(_ year: String, _ quarter: String, _ form: String) -> String {
        guard let start = TracesValues.year(year) else { return HarmlessText.line("\(year) \(quarter)", limit: 40) }
        return TracesValues.period(year: start, quarter: TracesValues.quarter(quarter), form: form)
    }

    /// Keys tell communications apart, so one that would have to be mended is none.
    private static func key(_ text: String) -> String? {
        let isPlain = text.unicodeScalars.allSatisfy(HarmlessText.isHarmless)
        return isPlain && !text.isEmpty && text.utf8.count <= 120 ? text : nil
    }
}
