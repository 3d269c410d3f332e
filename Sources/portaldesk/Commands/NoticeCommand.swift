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
        @Option(name: .long) var page = 1
        @Option(name: .long) var perPage: Int?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try Paging.check(page, perPage)
            let workspace = try place.open(surroundings)
            var query = try filter.query(workspace)
            query.page = page
            query.perPage = perPage
            let found = try await workspace.notices.page(query)
            try Rows(json: output.json).print(
                found.rows.map { NoticeLine(notice: $0) },
                header: [
                    "ID", "DUE", "PORTAL", "IDENTITY", "REFERENCE", "FORM", "SECTION", "ISSUED", "DEMAND", "STATE",
                    "BUSINESS",
                ]
            ) { $0.cells }
            return .done
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(abstract: "One notice with its documents and what changed.")
        @Argument var id: Int64
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try place.open(surroundings)
            guard let notice = try await workspace.notices.notice(NoticeId(id)) else {
                throw Complaint.unknownNotice(id)
            }
            if output.json {
                try Rows(json: true).printObject(NoticeRow(notice))
                return .done
            }
            let changes = try await workspace.notices.changes(NoticeId(id))
            try Rows.text(
                NoticeText.lines(notice, changes, utcOffset: workspace.utcOffset(at: workspace.now)).joined(
                    separator: "\n"))
            return .done
        }
    }

    struct Document: Performable {
        static let configuration = CommandConfiguration(abstract: "Save the documents of a notice.")
        @Argument var id: Int64
        @Option(name: .long, help: "A file (for a single document) or an existing folder. Default: the current folder.")
        var out = "."
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try place.open(surroundings)
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: out, isDirectory: &isFolder), isFolder.boolValue {
                for file in try await workspace.notices.saveDocuments(of: NoticeId(id), to: out) { try Rows.text(file) }
                return .done
            }
            try await workspace.notices.saveOnlyDocument(of: NoticeId(id), as: out)
            try Rows.text(out)
            return .done
        }
    }

    struct Export: Performable {
        static let configuration = CommandConfiguration(abstract: "Export notices to a file.")
        @Option(name: .long, help: "csv or json (JSON Lines).") var format: NoticeService.Format
        @Option(name: .long) var out: String
        @OptionGroup var filter: NoticeFilterOptions
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try place.open(surroundings)
            let count = try await workspace.notices.export(try filter.query(workspace), format: format, to: out)
            Messages.line("\(count) notices written to \(out).")
            return .done
        }
    }
}

extension NoticeService.Format: ExpressibleByArgument {}
extension NoticeState: ExpressibleByArgument {}

struct NoticeFilterOptions: ParsableArguments {
    @Option(name: .long) var portal: [Portal] = []
    @Option(name: .long) var identity: String?
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

enum NoticeText {
    static func lines(_ notice: Notice, _ changes: [NoticeChange], utcOffset: Int) -> [String] {
        let facts = notice.facts
        func line(_ title: String, _ text: String) -> String {
            title.padding(toLength: 12, withPad: " ", startingAt: 0) + (text.isEmpty ? "-" : text)
        }
        var lines = [
            line("Reference", facts.reference),
            line("For", "\(notice.identity.portal.shortName) \(notice.identity) \(notice.business)"),
            line("Form", "\(facts.form) \(facts.section)"), line("Period", facts.period), line("What", facts.summary),
            line("Issued", facts.issuedOn.map(TimeText.date) ?? ""),
            line("Due", (facts.dueOn.map(TimeText.date) ?? "") + (facts.dueBasis.map { " (\($0.rawValue))" } ?? "")),
            line("Demand", facts.demand?.grouped ?? ""),
            line("State", "\(facts.state.rawValue) (portal: \(facts.rawState))"),
            line("First seen", TimeText.full(notice.firstSeenAt, offset: utcOffset)),
            line("Last seen", TimeText.full(notice.lastSeenAt, offset: utcOffset)),
        ]
        for document in facts.documents {
            lines.append(
                line(
                    "Document",
                    "\(document.name), \(document.byteCount) bytes\(document.sha256.map { ", sha256 \($0)" } ?? ", not downloaded")"
                ))
        }
        for change in changes {
            lines.append(
                line(
                    "Changed",
                    "\(TimeText.full(change.at, offset: utcOffset)) \(change.field): \(change.old) -> \(change.new)"))
        }
        return lines.map { HarmlessText.line($0, limit: 4_000) }
    }
}

struct CoverageCommand: Performable {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "Per place: when it was last read, and with what outcome.")
    @Option(name: .long) var portal: Portal?
    @Option(name: .long) var identity: String?
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try place.open(surroundings)
        var who: PortalIdentity?
        if let identity {
            guard let portal else { throw Complaint("--identity needs --portal", status: .usage) }
            who = try Identity.read(portal, identity)
        }
        let entries = try await workspace.sync.coverage(portal: portal, identity: who)
        try Rows(json: output.json).print(
            entries.map(CoverageRow.init),
            header: ["PORTAL", "IDENTITY", "PLACE", "OUTCOME", "COUNT", "READ AT", "ERROR"]
        ) {
            [$0.portal, $0.identity, $0.place, $0.outcome, String($0.count), $0.read_at ?? "", $0.error]
        }
        return .done
    }
}
