internal import Foundation
internal import GRDB
internal import GRDBSQLite

extension Database {
    /// Runs a statement kept prepared by its text; texts must be few and fixed.
    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first column of the first row.
    func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64? {
        try Int64.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    func numbers(_ sql: String, _ arguments: StatementArguments = []) throws -> [Int64] {
        try Int64.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// Calls `body` with each row; the row is valid in that call alone. `body` returns false to stop.
    func forEachRow(_ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> Bool) throws {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next() {
            if try !body(row) { return }
        }
    }

    /// Calls `body` with the two numbers of each row. Steps the statement itself: for scans of hundreds of thousands.
    func forEachPair(_ sql: String, _ arguments: StatementArguments, _ body: (Int64, Int64) -> Void) throws {
        let statement = try cachedStatement(sql: sql)
        try statement.setArguments(arguments)
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: body(sqlite3_column_int64(handle, 0), sqlite3_column_int64(handle, 1))
            case SQLITE_DONE: return
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage)
            }
        }
    }

    /// Whether a statement gives no row. A row that GRDB reads brings the names of all its columns, which takes longer than
    /// most searches: worth asking first where there is seldom one.
    func isEmpty(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        let statement = try cachedStatement(sql: sql)
        try statement.setArguments(arguments)
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return false
        case SQLITE_DONE: return true
        case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage)
        }
    }

    func mapRows<T>(_ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> T) throws -> [T] {
        var result: [T] = []
        try forEachRow(sql, arguments) { row in
            result.append(try body(row))
            return true
        }
        return result
    }

    func firstRow<T>(_ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> T) throws -> T? {
        var result: T?
        try forEachRow(sql, arguments) { row in
            result = try body(row)
            return false
        }
        return result
    }
}

/// A JSON array of numbers, to hand a set to a statement as one argument.
func jsonList(_ numbers: some Sequence<Int64>) -> String {
    var text = "["
    for number in numbers {
        if text.utf8.count > 1 { text += "," }
        text += String(number)
    }
    return text + "]"
}

/// A JSON array of texts, to hand a set to a statement as one argument.
func jsonList(_ texts: some Sequence<String>) -> String {
    let encoded = try? JSONEncoder().encode(Array(texts))
    return encoded.map { String(decoding: $0, as: UTF8.self) } ?? "[]"
}
