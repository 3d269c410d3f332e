import Domain
import Portals

/// The actions and outcomes that this program puts on record, with what people call them.
public enum AuditVocabulary {
    /// What was done, in two or three words.
    ///
    /// - Returns: for what another program recorded, its name made readable.
    public static func title(_ action: String) -> String {
        if action == AuditEvent.damaged { return "Changed record" }
        return titles[action] ?? action.replacing(".", with: ": ").replacing("_", with: " ").startingUpper
    }

    /// By name, as `--action` takes them.
    public static let actions: [String] = titles.keys.sorted()
    /// The words before the dot.
    public static let families: Set<String> = Set(actions.map(family))

    static func family(_ action: String) -> String { String(action.prefix { $0 != "." }) }

    /// What came of things, as `--outcome` takes it; an underscore stands for a space.
    public static let outcomes: [String] = {
        let own = [
            "abandoned", "begun", "damaged", "denied", "done", "failed", "found", "late", "locked", "not_believed",
            "noticed",
            "sent", "wrong",
        ]
        let asked: [OperationEvent] = [
            .refused, .lost, .foundOpen, .foundOther, .notFoundYet, .notFound, .lookFailed,
        ]
        let states = OperationState.allCases.filter { $0 != .draft && $0 != .sealed && $0 != .approved }
        let others =
            AuditCallOutcome.allCases.map(\.rawValue) + states.map(\.rawValue) + asked.map(\.rawValue)
            + GspSession.State.allCases.map(\.rawValue)
        return Set(own + others).sorted()
    }()

    /// Actions by their families, for whoever asked for one that there is none of: `account (provider, remove, set)`.
    static var overview: String {
        Dictionary(grouping: actions, by: family).sorted { $0.key < $1.key }.map { family, all in
            let rest = all.compactMap { $0 == family ? nil : String($0.dropFirst(family.count + 1)) }
            return rest.isEmpty ? family : "\(family) (\(rest.joined(separator: ", ")))"
        }.joined(separator: ", ")
    }

    private static let titles: [String: String] = logins.merging(people) { $1 }.merging(work) { $1 }
        .merging(authorities) { $1 }.merging(trail) { $1 }

    private static let logins = [
        "account.provider": "Provider chosen", "account.remove": "Login forgotten", "account.set": "Login stored",
        "account.verify": "Verification", "api_user.remove": "API user removed", "api_user.set": "API user stored",
        "authenticator.enrol": "Authenticator", "authenticator.remove": "Authenticator removed",
        "authority.record": "Authority recorded", "authority.withdraw": "Authority withdrawn",
        "gsp.session": "API session", "reveal": "Password shown", "reveal.code": "Code",
        "reveal.hide": "Password hidden", "reveal.request": "Password asked for",
    ]

    private static let people = [
        "denied": "Refused", "login": "Login", "logout": "Logout", "user.add": "User added",
        "user.disable": "User disabled", "user.email": "Address changed", "user.enable": "User enabled",
        "user.grant": "Grant given", "user.password": "Password set", "user.revoke": "Grant taken away",
        "user.role": "Role changed", "vault.adopt": "Vault adopted", "vault.grant": "Vault key given",
        "vault.recover": "Recovery", "vault.revoke": "Vault key taken", "vault.rotate": "Vault key changed",
        "workspace.init": "Workspace set up",
    ]

    private static let work = [
        "business.add": "Business added", "business.edit": "Business changed",
        "business.import": "Businesses imported", "business.remove": "Business removed",
        "job.ask_anew": "Question renewed", "job.cancel": "Job cancelled", "job.retry": "Job retried",
        "job.retry_undone": "Retry taken back", "notice.add": "Notice entered", "notice.assign": "Notice assigned",
        "notice.document": "Document saved", "notice.due": "Due date set", "notice.export": "Notices exported",
        "notice.note": "Note written", "notice.state": "Notice's state", "notice.tag": "Tag added",
        "notice.untag": "Tag removed", "provider.add": "Provider added", "provider.remove": "Provider removed",
        "provider.secret": "Provider's secret", "schedule.add": "Schedule added",
        "schedule.disable": "Schedule stopped", "schedule.enable": "Schedule started",
        "schedule.remove": "Schedule removed", "settings.changed": "Settings changed",
        "support.bundle": "Support bundle", "support.lookup": "Mask looked up", "tds.request": "File asked for",
        "tds.withdraw": "Request withdrawn",
    ]

    private static let authorities: [String: String] = {
        var all = [
            "call.authentication": "Call: login", "call.filing": "Call: action", "call.reading": "Call: read",
            "einvoice.get": "Invoice read", "ewaybill.get": "E-way bill read", "operation.discard": "Action given up",
            "operation.reconcile": "Action looked up", "operation.settle": "Action settled",
        ]
        for kind in OperationKind.allCases { all["operation.\(kind.rawValue)"] = kind.title }
        return all
    }()

    private static let trail = [
        "audit.adopt": "Records taken over", "audit.export": "Trail exported",
        "audit.guards": "Guards put back", "audit.key": "Signing key",
        "audit.open": "Body opened", "audit.proof": "Record proven", "audit.resume": "Trail resumed",
        "audit.retention": "Bodies deleted",
    ]
}
