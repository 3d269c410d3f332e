import ArgumentParser
import Domain
import Foundation
import Services

struct NoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Notices and orders.",
        subcommands: [List.self, Show.self, Document.self, Export.self])

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "List notices, soonest due first.")
        @OptionGroup var filter: NoticeFilterOptions
        @OptionGroup var paging: PageOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try paging.check()
            let workspace = try await place.enter(surroundings)
            var query = try filter.query(workspace)
            query.page = paging.page
            query.perPage = paging.perPage
            let found = try await workspace.notices.page(query)
            let notices = Paging.rows(found.rows, asked: paging.page, given: found.page, isJson: output.json)
            try Rows(json: output.json).print(
                notices.map { NoticeLine(notice: $0) },
                header: [
                    "ID", "DUE", "PORTAL", "IDENTITY", "REFERENCE", "FORM", "SECTION", "ISSUED", "DEMAND", "STATE",
                    "BUSINESS",
                ]
            ) { $0.cells }
            try paging.close(found.total, Rows(json: output.json))
            return .done
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(abstract: "One notice with its documents and what changed.")
        @Argument(help: "Number of the notice, from `notice list`.") var id: Int64
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            guard let notice = try await workspace.notices.notice(NoticeId(id)) else {
                throw Complaint.unknownNotice(id)
            }
            let changes = try await workspace.notices.changes(NoticeId(id))
            if output.json {
                try Rows(json: true).printObject(NoticeDetail(notice: notice, changes: changes))
                return .done
            }
            try Rows.text(
                NoticeText.lines(notice, changes, utcOffset: workspace.utcOffset(at: workspace.now)).joined(
                    separator: "\n"))
            return .done
        }
    }

    struct Document: Performable {
        static let configuration = CommandConfiguration(abstract: "Save the documents of a notice.")
        @Argument(help: "Number of the notice, from `notice list`.") var id: Int64
        @Option(
            name: .long,
            help:
                "A file or - for standard output (for a single document), or an existing folder. Default: this folder.")
        var out = "."
        @Flag(name: .long, help: "Replace a file that exists.") var force = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable { let file: String }

        private func tell(_ file: String) throws(Complaint) {
            if output.json { try Rows(json: true).printObject(Row(file: file)) } else { try tell(file) }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: out, isDirectory: &isFolder), isFolder.boolValue {
                for file in try await workspace.notices.saveDocuments(of: NoticeId(id), to: out) { try tell(file) }
                return .done
            }
            try await workspace.notices.saveOnlyDocument(of: NoticeId(id), as: Out.target(out, force: force))
            if out != "-" { try tell(out) }
            return .done
        }
    }

    struct Export: Performable {
        static let configuration = CommandConfiguration(abstract: "Export notices to a file.")
        @Option(name: .long, help: "csv or json (JSON Lines).") var format: NoticeService.Format
        @Option(name: .long, help: "The file, or - for standard output.") var out: String
        @Flag(name: .long, help: "Replace a file that exists.") var force = false
        @OptionGroup var filter: NoticeFilterOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let file: String
            let notices: Int
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let count = try await workspace.notices.export(
                try filter.query(workspace), format: format, to: Out.target(out, force: force))
            let place = out == "-" ? "standard output" : out
            Messages.line("\(Counted.text(count, "notice")) written to \(place).")
            // Rows of the export itself are there already.
            if out != "-" { try Rows(json: output.json).printObject(Row(file: out, notices: count)) }
            return .done
        }
    }
}

extension NoticeService.Format: ExpressibleByArgument {}
extension NoticeState: ExpressibleByArgument {}

struct NoticeFilterOptions: ParsableArguments {
    @Option(name: .long, help: "A portal; may be given several times.") var portal: [Portal] = []
    @Option(name: .long, help: "One identity of that portal.") var identity: String?
    @Option(name: .long, help: "open, replied, partly_replied, closed, withdrawn or unknown.") var state:
        [NoticeState] = []
    @Option(name: .long, help: "Part of reference, form, section, description or business.") var text: String?
    @Option(name: .long, help: "Due within so many days, overdue ones included.") var dueWithin: Int?
    @Flag(name: .long, help: "Only those that nobody has looked at.") var unseen = false

    func query(_ workspace: Workspace) throws(Complaint) -> NoticeQuery {
        let today = CivilTime(workspace.now, offset: workspace.utcOffset(at: workspace.now)).date
        var query = NoticeQuery(
            portals: Set(portal), states: Set(state), text: text, dueWithin: dueWithin, today: today,
            unseenOnly: unseen, perPage: nil)
        if let identity {
            guard portal.count == 1, let only = portal.first else {
                throw Complaint("--identity needs one --portal", status: .usage)
            }
            query.identity = try Identity.read(only, identity)
        }
        return query
    }
}

/// A notice that prints as its row.
struct NoticeLine: Encodable {
    let notice: Notice
    func encode(to encoder: any Encoder) throws { try NoticeRow(notice).encode(to: encoder) }

    var cells: [String] {
        let facts = notice.facts
        return [
            String(notice.id.rawValue), facts.dueOn.map(TimeText.date) ?? "", notice.identity.portal.shortName,
            notice.identity.text,
            facts.reference, facts.form, facts.section, facts.issuedOn.map(TimeText.date) ?? "",
            facts.demand?.grouped ?? "",
            facts.state.rawValue, notice.business,
        ]
    }
}
