internal import GRDB

/// What the database is, without anything that it holds.
public struct StoreFacts: Sendable, Hashable {
    public struct Table: Sendable, Hashable {
        public var name: String
        public var rows: Int
    }

    /// Steps of the schema that were carried out, and those that this program knows.
    public var version: Int
    public var knownVersion: Int
    /// SQLite's own.
    public var library: String
    public var journal: String
    /// Bytes a page.
    public var pageSize: Int
    public var pageCount: Int
    public var freePages: Int
    /// By name.
    public var tables: [Table]
}

extension StoreReader {
    /// Counts every table: some tenths of a second at a million jobs.
    public func facts() throws -> StoreFacts {
        let db = try database()
        func number(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
        let names = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        let tables = try names.map { name in
            let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
            return StoreFacts.Table(name: name, rows: try number("SELECT count(*) FROM \(quoted)"))
        }
        return StoreFacts(
            version: try number("PRAGMA user_version"), knownVersion: Schema.version,
            library: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "",
            journal: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
            pageSize: try number("PRAGMA page_size"), pageCount: try number("PRAGMA page_count"),
            freePages: try number("PRAGMA freelist_count"), tables: tables)
    }
}
