import Domain
import Services
import TerminalKit

// What several screens say in the same words.
extension Toast {
    init(_ complaint: Complaint) {
        self.init(.danger, complaint.what, detail: complaint.why.isEmpty ? complaint.remedy : complaint.why)
    }

    /// - Parameter undo: the key that takes the retry back.
    init(_ retried: FailureService.Retried, undo: String) {
        let queued = retried.verdicts.filter(\.isAccepted).count
        let rest = retried.verdicts.count - queued
        var parts = rest > 0 ? ["\(rest.grouped) not"] : []
        if !retried.before.isEmpty { parts.append("\(undo) takes it back") }
        let actions = retried.actions > 0 ? "\(Counted.text(retried.actions, "action")) asked for" : nil
        let jobs = actions == nil || !retried.verdicts.isEmpty ? "\(Counted.text(queued, "job")) queued again" : nil
        self.init(
            queued + retried.actions > 0 ? .success : .warning,
            [jobs, actions].compactMap(\.self).joined(separator: ", "),
            detail: parts.joined(separator: " · "))
    }
}

extension Screen {
    /// Why a command cannot be given now, as a key would be told; nil when it can. For clicks that mean a command.
    func barred(_ command: CommandId, _ context: ScreenContext) -> [Effect]? {
        let reason = context.refusal(command, scope) ?? disabledReason(command, context)
        return reason.map { [.toast(Toast(.warning, $0))] }
    }

    /// The form of a login that was looked up.
    func openLogin(_ account: PortalAccount?) -> [Effect] {
        guard let account else { return [.toast(Toast(.warning, "No business has this identity any more"))] }
        return [.push(.editLogin(account))]
    }
}
