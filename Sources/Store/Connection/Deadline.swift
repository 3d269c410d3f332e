internal import GRDB
internal import GRDBSQLite

/// Stops a query that runs past its time (performance 3: a page has 100 ms, then the screen says "still searching").
final class Deadline {
    private let end: ContinuousClock.Instant

    private init(_ limit: Duration) { end = ContinuousClock.now + limit }

    /// Steps of SQLite's machine between two looks at the clock: some tens of microseconds.
    private static let steps: Int32 = 1_000

    static func limiting<T>(_ db: Database, to limit: Duration, _ body: () throws -> T) throws -> T {
        let deadline = Deadline(limit)
        let connection = db.sqliteConnection
        sqlite3_progress_handler(
            connection, steps,
            { context in
                guard let context else { return 0 }
                let deadline = Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue()
                return ContinuousClock.now > deadline.end ? 1 : 0
            }, Unmanaged.passUnretained(deadline).toOpaque())
        defer { sqlite3_progress_handler(connection, 0, nil, nil) }
        return try withExtendedLifetime(deadline) { try body() }
    }
}
