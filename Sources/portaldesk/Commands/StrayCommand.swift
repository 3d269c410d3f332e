import ArgumentParser
import Domain
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
                [row.id, row.portal, row.identity, row.place, String(row.times), row.last_seen_at, row.problem]
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
                try Rows(json: true).printObject(StrayRow(record.stray, raw: record.text))
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
    let id, portal, identity, business, place, key, problem: String
    let bytes, times: Int
    let first_seen_at, last_seen_at: String
    var raw: String?

    init(_ stray: Stray, raw: String? = nil) {
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
        self.raw = raw
    }
}
