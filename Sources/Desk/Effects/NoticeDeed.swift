import Domain
import Services

/// Something that a person does about notices.
public enum NoticeDeed: Hashable, Sendable {
    /// nil gives them to nobody.
    case assign([NoticeId], String?)
    case tag([NoticeId], add: [String], remove: [String])
    case note(NoticeId, String)
    /// nil gives way to the portal's date again.
    case due([NoticeId], LegalDate?)
    case state(NoticeId, NoticeState)

    /// - Returns: what was done, for the person.
    func carryOut(in notices: NoticeService) async throws(Complaint) -> String {
        switch self {
        case .assign(let ids, let name):
            try await notices.assign(ids, to: name)
            return "\(Counted.text(ids.count, "notice")) given to \(name ?? "nobody")"
        case .tag(let ids, let add, let remove):
            try await notices.retag(ids, add: add, remove: remove)
            return "Tags changed"
        case .note(let id, let text):
            try await notices.note(id, text)
            return "Note written"
        case .due(let ids, let day):
            try await notices.setDue(ids, day)
            return day.map { "Due \(TimeText.date($0)), set by hand" } ?? "The due date is the portal's again"
        case .state(let id, let state):
            try await notices.setState(id, state)
            return "State: \(state.title)"
        }
    }
}
