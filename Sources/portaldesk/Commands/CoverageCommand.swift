import ArgumentParser
import Domain
import Services

struct CoverageCommand: Performable {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "Per place: when it was last read, and with what outcome.")
    @Option(name: .long, help: "gst, income_tax or traces.") var portal: Portal?
    @Option(name: .long, help: "One GSTIN, PAN or TAN; --portal is needed only to tell the portals of a TAN apart.")
    var identity: String?
    @Option(name: .long, help: "read, empty, failed, skipped or never; may be given several times.")
    var outcome: [PlaceOutcome] = []
    @Option(name: .long, help: "Part of the identity or of the business name.") var text: String?
    @OptionGroup var paging: PageOptions
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings)
        let who = try identity.flatMap { text throws(Complaint) in try Identity.named(text, at: portal) }
        // A TAN may have logins at two portals; the part of the text finds it at both.
        let tan = who == nil ? identity.flatMap { try? Tan($0) } : nil
        if let tan, text != nil {
            throw Complaint(
                "\(tan) may be of two portals", remedy: "Name one with --portal, or leave out --text", status: .usage)
        }
        try paging.check()
        let found = try await workspace.sync.coverage(
            CoverageQuery(
                portal: portal, identity: who, text: tan?.text ?? text, outcomes: Set(outcome), page: paging.page,
                perPage: paging.perPage))
        let offset = workspace.utcOffset(at: workspace.now)
        try paging.print(
            found.rows, of: found.pageCount, total: found.total, output,
            header: ["PORTAL", "IDENTITY", "PLACE", "OUTCOME", "COUNT", "READ AT", "ERROR"],
            as: { CoverageLine(entry: $0) }
        ) { $0.cells(offset) }
        return .done
    }
}

/// An entry that prints as its row.
private struct CoverageLine: Encodable {
    let entry: CoverageEntry
    func encode(to encoder: any Encoder) throws { try CoverageRow(entry).encode(to: encoder) }

    func cells(_ offset: Int) -> [String] {
        [
            entry.identity.portal.shortName, entry.identity.text, entry.place.title,
            entry.isPartial ? "In part" : entry.outcome.title,
            entry.known.map(String.init) ?? "–", entry.readAt.map { TimeText.full($0, offset: offset) } ?? "",
            entry.error,
        ]
    }
}
