internal import Domain
internal import GRDB

/// Questions to the workspace, all answered from one consistent state. Valid only inside the call that gave it.
public struct StoreReader {
    private let connection: Database
    /// Changes to counters that the surrounding transaction has not written yet.
    private let pending: CounterDeltas?

    init(_ connection: Database, pending: CounterDeltas? = nil) {
        self.connection = connection
        self.pending = pending
    }

    /// The connection, with every counter up to date.
    func database() throws -> Database {
        try pending?.flush(connection)
        return connection
    }
}
