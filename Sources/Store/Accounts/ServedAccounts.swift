public import Domain
internal import GRDB

/// Accounts by who serves them: those that name one of these providers, and those that name none at a portal that goes to
/// one of them.
public struct ServedAccounts: Hashable, Sendable {
    public var providers: Set<String>
    /// Portals whose accounts go to such a provider when they name none.
    public var portals: Set<Portal>

    public init(providers: Set<String> = [], portals: Set<Portal> = []) {
        self.providers = providers
        self.portals = portals
    }

    public func contains(_ account: PortalAccount) -> Bool {
        account.provider.map { providers.contains($0) } ?? portals.contains(account.portal)
    }

    /// True of such a row of `account`.
    var condition: String {
        let names = providers.map { "'\($0.replacing("'", with: "''"))'" }.sorted().joined(separator: ",")
        let codes = ActivityScope.list(portals.map(\.code).sorted())
        return """
            (CASE WHEN account.provider IS NULL THEN account.portal IN (\(codes)) ELSE account.provider IN (\(names)) END)
            """
    }
}

extension StoreReader {
    /// Accounts whose need of a password is not noted as `passwordless` has it: another provider serves them now.
    public func unsettledPasswordNeeds(_ passwordless: ServedAccounts) throws -> [AccountId] {
        let sql = "SELECT id FROM account WHERE removed_at IS NULL AND needs_password = \(passwordless.condition)"
        return try database().mapRows(sql) { AccountId($0[0]) }
    }
}

extension StoreWriter {
    /// Notes for every account whether it needs a password, so that lists and counters know which logins are whole.
    public func settlePasswordNeeds(_ passwordless: ServedAccounts) throws {
        for id in try reader.unsettledPasswordNeeds(passwordless) {
            try changing(id.rawValue) {
                try db.run("UPDATE account SET needs_password = 1 - needs_password WHERE id = ?", [id.rawValue])
            }
        }
    }
}
