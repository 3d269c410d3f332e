internal import GRDB

/// Every name, user name and identity that the workspace holds, of what was removed too.
public struct KnownNames: Sendable, Hashable {
    public var businesses: Set<String> = []
    /// Parties of invoices and bills, as their documents name them.
    public var parties: Set<String> = []
    /// People of the desk.
    public var people: Set<String> = []
    public var mailAddresses: Set<String> = []
    /// Of logins at portals and of API users at authorities.
    public var userNames: Set<String> = []
    /// GSTINs, PANs, TANs.
    public var identities: Set<String> = []

    public init() {}
}

extension StoreReader {
    /// Documents whose parties are read, the newest first: what a screen or a log of these days can show.
    private static let mostDocuments = 5_000

    public func knownNames() throws -> KnownNames {
        let db = try database()
        func texts(_ sql: String) throws -> Set<String> { try Set(db.mapRows(sql) { $0[0] as String? ?? "" }) }
        var known = KnownNames()
        known.businesses = try texts("SELECT name FROM business UNION SELECT group_name FROM business")
        known.people = try texts("SELECT name FROM person")
        known.mailAddresses = try texts("SELECT email FROM person")
        known.userNames = try texts(
            "SELECT username FROM account WHERE username IS NOT NULL UNION SELECT name FROM api_user")
        known.identities = try texts(
            """
            SELECT identity FROM account UNION SELECT gstin FROM api_user UNION SELECT gstin FROM operation
            UNION SELECT pan FROM business WHERE pan IS NOT NULL
            """)
        known.parties = try texts(
            """
            SELECT DISTINCT t.value FROM (
                SELECT CAST(request AS TEXT) text FROM operation_payload
                WHERE json_valid(CAST(request AS TEXT)) ORDER BY operation DESC LIMIT \(Self.mostDocuments)) p,
                json_tree(p.text) t
            WHERE t.type = 'text' AND t.key IN (\(Self.keys))
            UNION SELECT DISTINCT t.value FROM (
                SELECT CAST(result AS TEXT) text FROM bill_reading
                WHERE json_valid(CAST(result AS TEXT)) ORDER BY number DESC LIMIT \(Self.mostDocuments)) p, json_tree(p.text) t
            WHERE t.type = 'text' AND t.key IN (\(Self.keys))
            UNION SELECT DISTINCT t.value FROM (
                SELECT CAST(result AS TEXT) text FROM invoice_reading
                WHERE json_valid(CAST(result AS TEXT)) ORDER BY rowid DESC LIMIT \(Self.mostDocuments)) p, json_tree(p.text) t
            WHERE t.type = 'text' AND t.key IN (\(Self.keys))
            """)
        return known
    }

    /// As invoices (INV-01) and e-way bills name them.
    private static let keys = """
        'LglNm', 'TrdNm', 'Nm', 'fromTrdName', 'toTrdName', 'transporterName', 'TransName', 'Em'
        """
}
