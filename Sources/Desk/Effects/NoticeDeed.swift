import Domain
import Services

/// Something that a person does about notices.
public enum NoticeDeed: Hashable, Sendable {
    /// nil gives them to nobody.
    case assign([NoticeId], String?)
    case tag([NoticeId], add: [String], remove: [String])
    case note(NoticeId, String)
    /// nil takes the date by hand away; then the portal's counts, or a rule's.
    case due([NoticeId], LegalDate?)
    case state(NoticeId, NoticeState)

    /// What was done, for the person.
    var done: String {
        switch self {
        case .assign(let ids, let name): "\(Counted.text(ids.count, "notice")) given to \(name ?? "nobody")"
        case .tag: "Tags changed"
        case .note: "Note written"
        // What counts then may be the portal's date, a rule's, or none.
        case .due(_, let day):
            day.map { "Due \(TimeText.date($0)), set by hand" } ?? "The due date by hand is taken away"
        case .state(_, let state): "State: \(state.title)"
        }
    }

    /// - Returns: what was done, for the person.
    func carryOut(in notices: NoticeService) async throws(Complaint) -> String {
        switch self {
        case .assign(let ids, let name):
            try await notices.assign(ids, to: name)
        case .tag(let ids, let add, let remove):
            try await notices.retag(ids, add: add, remove: remove)
        case .note(let id, let text):
            try await notices.note(id, text)
        case .due(let ids, let day):
            try await notices.setDue(ids, day)
        case .state(let id, let state):
            try await notices.setState(id, state)
        }
        return done
    }
}
