import ArgumentParser
import Domain
import Foundation
import Services

struct NoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Notices and orders.",
        subcommands: [
            List.self, Show.self, Assign.self, Tag.self, Untag.self, Note.self, Due.self, Add.self, State.self,
            Document.self, Export.self,
        ])

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
            let today = LegalDate.inIndia(workspace.now)
            try paging.print(
                found.rows, of: found.pageCount, total: found.total, output,
                header: [
                    "ID", "DUE", "PORTAL", "IDENTITY", "REFERENCE", "FORM", "SECTION", "ISSUED", "DEMAND", "STATE",
                    "BUSINESS", "BASIS", "STANDING", "ASSIGNEE", "TAGS",
                ], as: { NoticeLine(notice: $0, today: today) }
            ) { $0.cells }
            return .done
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(
            abstract: "One notice with its documents, what changed, notes and who did what.")
        @OptionGroup var which: NoticeArgument
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            try await which.show(workspace, json: output.json, isQuiet: false)
            return .done
        }
    }
}

/// The number of a notice.
struct NoticeArgument: ParsableArguments {
    @Argument(help: "Number of the notice, from `notice list`.") var id: Int64

    var notice: NoticeId { NoticeId(id) }

    /// - Parameter isQuiet: says nothing to people: for commands that have changed something.
    func show(_ workspace: Workspace, json: Bool, isQuiet: Bool = true) async throws(Complaint) {
        guard let dossier = try await workspace.notices.dossier(notice) else { throw Complaint.unknownNotice(id) }
        if json {
            try Rows(json: true).printObject(NoticeDetail(dossier: dossier))
        } else if !isQuiet {
            let lines = NoticeText.lines(
                dossier, today: .inIndia(workspace.now), utcOffset: workspace.utcOffset(at: workspace.now))
            try Rows.text(lines.joined(separator: "\n"))
        }
    }
}

/// A notice that prints as its row.
struct NoticeLine: Encodable {
    let notice: Notice
    let today: LegalDate
    func encode(to encoder: any Encoder) throws { try NoticeRow(notice).encode(to: encoder) }

    var cells: [String] {
        let facts = notice.facts
        // Later columns are added at the end: scripts count them.
        return [
            String(notice.id.rawValue), notice.due.map { TimeText.date($0.on) } ?? "",
            notice.identity.portal.shortName, notice.identity.text, facts.reference, facts.form, facts.section,
            facts.issuedOn.map(TimeText.date) ?? "", facts.demand?.grouped ?? "", facts.state.title,
            notice.business, notice.due?.basis.rawValue ?? "", standing, notice.work.assignee ?? "",
            notice.work.tags.joined(separator: " "),
        ]
    }

    private var standing: String {
        let words = notice.standing(on: today).words
        return notice.goneAt == nil ? words : words.isEmpty ? "gone" : "\(words), gone"
    }
}
