import ArgumentParser
import Domain
import Services

extension NoticeService.Format: ExpressibleByArgument {}
extension NoticeState: ExpressibleByArgument {}

extension LegalDate: ExpressibleByArgument {
    /// `2026-11-27` or `27-11-2026`.
    public init?(argument: String) { self.init(typed: argument) }
}

struct NoticeFilterOptions: ParsableArguments {
    @Option(name: .long, help: "A portal; may be given several times.") var portal: [Portal] = []
    @Option(name: .long, help: "One GSTIN, PAN or TAN; --portal is needed only to tell the portals of a TAN apart.")
    var identity: String?
    @Option(name: .long, help: "open, replied, partly_replied, closed, withdrawn or unknown.") var state:
        [NoticeState] = []
    @Option(
        name: [.long, .customLong("search")],
        help: "Words, each a part of reference, form, section, description, business, identity, tags or notes.")
    var text: String?
    @Option(name: .long, help: "Still to do and due within so many days, overdue ones included.") var dueWithin: Int?
    @Option(name: .long, help: "Due before this day (YYYY-MM-DD).") var dueBefore: LegalDate?
    @Flag(name: .long, help: "Only what is still to do and overdue.") var overdue = false
    @Option(name: .long, help: "Only those of this user; `none` for those of nobody.") var assignee: String?
    @Option(name: .long, help: "Only those with this tag; may be given several times.") var tag: [String] = []
    @Flag(name: .long, help: "Only those that nobody has looked at.") var unseen = false

    func query(_ workspace: Workspace) throws(Complaint) -> NoticeQuery {
        if let dueWithin, !NoticeQuery.dueWithinRange.contains(dueWithin) {
            let most = NoticeQuery.dueWithinRange.upperBound
            throw Complaint("--due-within is out of range", why: "it is a number of days up to \(most)", status: .usage)
        }
        var query = NoticeQuery(
            portals: Set(portal), states: Set(state), text: text, dueWithin: dueWithin, overdueOnly: overdue,
            dueTo: dueBefore?.adding(days: -1), assignee: assignee.map { $0 == "none" ? .nobody : .person($0) },
            tags: try NoticeService.tags(from: tag), today: .inIndia(workspace.now), unseenOnly: unseen, perPage: nil)
        if let identity {
            query.identity = try Identity.named(identity, at: portal.count == 1 ? portal.first : nil)
            if let found = query.identity, !portal.isEmpty, !portal.contains(found.portal) {
                throw Complaint("\(found) is of none of these portals", status: .usage)
            }
            // A TAN may have logins at two portals; the words find it at both.
            if query.identity == nil, let tan = try? Tan(identity) {
                query.text = [text, tan.text].compactMap(\.self).joined(separator: " ")
            }
        }
        return query
    }
}
