import Domain
import Services

/// An account that prints as its row.
struct AccountLine: Encodable {
    let account: PortalAccount
    func encode(to encoder: any Encoder) throws { try AccountRow(account).encode(to: encoder) }

    func cells(_ offset: Int) -> [String] {
        [
            account.portal.shortName, account.identity.text, account.username ?? "", account.status.title,
            account.reason?.title ?? "", account.checkedAt.map { TimeText.full($0, offset: offset) } ?? "",
            account.business,
        ]
    }

    /// How an account stands after a command changed it; nothing without `--json`.
    static func print(
        _ identity: PortalIdentity, _ workspace: Workspace, _ output: JsonFlag
    ) async throws(Complaint) {
        guard output.json, let account = try await workspace.credentials.account(identity) else { return }
        try Rows(json: true).printObject(AccountRow(account))
    }
}
