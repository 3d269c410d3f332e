public import Domain
internal import GRDB

/// What hangs on a provider and would be left without anybody.
public struct ProviderUse: Sendable, Hashable {
    /// Identities that were given to it, with or without a login, by portal.
    public var chosen: [Portal: Int]
    /// Operations of it that are not finished.
    public var openOperations: Int
    /// Users of GSTINs at the API of its authority.
    public var apiUsers: Int
}

extension StoreReader {
    public func use(ofProvider name: String) throws -> ProviderUse {
        let db = try database()
        let open = OperationState.allCases.filter { !$0.isFinished }
        let marks = open.map { _ in "?" }.joined(separator: ", ")
        return ProviderUse(
            chosen: try counts("provider = ?", [name]),
            openOperations: Int(
                try db.number(
                    "SELECT count(*) FROM operation WHERE provider = ? AND state IN (\(marks))",
                    StatementArguments([name] + open.map(\.rawValue))) ?? 0),
            apiUsers: Int(try db.number("SELECT count(*) FROM api_user WHERE provider = ?", [name]) ?? 0))
    }

    /// Configured logins that name no provider, by portal.
    public func loginsWithoutProvider() throws -> [Portal: Int] {
        try counts("provider IS NULL AND \(AccountRow.isConfigured)", [])
    }

    private func counts(_ condition: String, _ arguments: StatementArguments) throws -> [Portal: Int] {
        var counts: [Portal: Int] = [:]
        let sql = "SELECT portal, count(*) FROM account WHERE removed_at IS NULL AND \(condition) GROUP BY portal"
        try database().forEachRow(sql, arguments) { row in
            counts[Portal(code: row[0])] = row[1]
            return true
        }
        return counts
    }
}

extension StoreWriter {
    /// Forgets what is kept of a provider: its secrets, sessions that it opened, counts and circuits. What it delivered
    /// stays.
    ///
    /// - Returns: how many secrets there were.
    public func forgetProvider(_ name: String) throws -> Int {
        let accounts = try db.numbers("SELECT account_id FROM gsp_session WHERE provider = ?", [name])
        for account in accounts {
            try removeSecret(.gspSession, of: "\(account)")
            try removeGspSession(of: AccountId(account))
        }
        let prefix = name + "/"
        let secrets = try reader.secretOwners(.provider).filter { $0.hasPrefix(prefix) }
        for owner in secrets { try removeSecret(.provider, of: owner) }
        for owner in try reader.secretOwners(.apiSession) where owner.hasPrefix(prefix) {
            try removeSecret(.apiSession, of: owner)
        }
        try db.run("DELETE FROM provider_hour WHERE provider = ?", [name])
        try db.run("DELETE FROM provider_circuit WHERE provider = ?", [name])
        return secrets.count
    }
}
