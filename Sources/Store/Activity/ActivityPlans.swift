internal import Domain
internal import GRDB

extension DeskStore {
    /// How SQLite carries out each statement of a page, for the tests that hold the plans.
    func plans(_ query: ActivityQuery) throws -> [String] {
        try plans(of: { reader throws in _ = try reader.activityPage(query, within: .seconds(60)) })
    }

    /// The same for every statement of `read`.
    func plans(of read: (StoreReader) throws -> Void) throws -> [String] {
        try readNow { reader in
            let db = try reader.database()
            let texts = StatementTexts()
            db.trace { event in texts.note("\(event)") }
            defer { db.trace() }
            try read(reader)
            db.trace()
            return try texts.all.flatMap { text in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(text)").map { row in row["detail"] as String }
            }
        }
    }
}

extension DeskStore {
    /// Ids at ascending positions by the way that only scopes of many jobs take, for tests on small ones.
    func rankedIds(_ filter: ActivityFilter, _ basis: TimeBasis, from: Int, count: Int) throws -> [Int64] {
        try readNow { reader in
            let db = try reader.database()
            let scope = try ActivityResolver(db: db).scope(filter)
            return try ActivityGathering(db: db).ranked(scope, basis, from: from, count: count)
        }
    }
}

/// Statements as they were run, with their arguments left out.
private final class StatementTexts {
    private(set) var all: [String] = []
    func note(_ text: String) { if text.hasPrefix("SELECT") { all.append(text.replacing("?", with: "NULL")) } }
}
