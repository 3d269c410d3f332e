import ArgumentParser
import Domain
import Foundation
import Services

struct StrayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stray", abstract: "Records of portals that were set aside because they were not understood.",
        subcommands: [List.self, Show.self])

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "What was set aside, the latest first.")
        @Option(name: .long, help: "gst, income_tax or traces.") var portal: Portal?
        @Option(name: .long, help: "Part of identity, business, place, key or problem.") var text: String?
        @OptionGroup var paging: PageOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try paging.check()
            let workspace = try await place.enter(surroundings)
            let found = try await workspace.strays.page(
                StrayQuery(portal: portal, text: text, page: paging.page, perPage: paging.perPage))
            try paging.print(
                found.rows, of: found.pageCount, total: found.total, output,
                header: ["ID", "PORTAL", "IDENTITY", "PLACE", "TIMES", "LAST SEEN", "PROBLEM"], as: { StrayRow($0) }
            ) { row in
                let stray = row.stray
                let seen = TimeText.full(stray.lastSeenAt, offset: workspace.utcOffset(at: stray.lastSeenAt))
                return [
                    row.id, stray.identity.portal.shortName, row.identity, stray.place.title, String(row.times), seen,
                    row.problem,
                ]
            }
            return .done
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(abstract: "One record, as the portal sent it.")
        @Argument(help: "Name of the record, from `stray list`.") var id: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            guard let name = StrayId(id) else { throw Complaint.unknownStray(id) }
            let record = try await workspace.strays.record(name)
            if output.json {
                try Rows(json: true).printObject(StrayRow(record.stray, raw: record.raw))
            } else {
                let stray = record.stray
                let fields = [
                    ("Record", "\(stray.id)"), ("Portal", stray.identity.portal.shortName),
                    ("Identity", stray.identity.text), ("Business", stray.business), ("Place", stray.place.title),
                    ("Key", stray.key), ("Problem", stray.problem), ("Times", "\(stray.times)"),
                ]
                try Rows.text((Labelled.lines(fields) + ["", record.text]).joined(separator: "\n"))
            }
            return .done
        }
    }
}

private struct StrayRow: Encodable {
    let stray: Stray
    let id, portal, identity, business, place, key, problem: String
    let bytes, times: Int
    let first_seen_at, last_seen_at: String
    /// As the portal sent it, where that is text; else its bytes.
    var raw: String?
    var raw_base64: String?

    private enum CodingKeys: String, CodingKey {
        case id, portal, identity, business, place, key, problem, bytes, times, first_seen_at, last_seen_at, raw
        case raw_base64
    }

    init(_ stray: Stray, raw: [UInt8]? = nil) {
        self.stray = stray
        id = "\(stray.id)"
        portal = stray.identity.portal.rawValue
        identity = stray.identity.text
        business = stray.business
        place = stray.place.rawValue
        key = stray.key
        problem = stray.problem
        bytes = stray.byteCount
        times = stray.times
        first_seen_at = TimeText.rfc3339(stray.firstSeenAt)
        last_seen_at = TimeText.rfc3339(stray.lastSeenAt)
        guard let raw else { return }
        self.raw = String(validating: raw, as: UTF8.self)
        if self.raw == nil { raw_base64 = Data(raw).base64EncodedString() }
    }
}
