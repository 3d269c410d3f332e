import Domain
import Foundation
import GRDB
import Services

/// The rows of operations in a workspace's database, read beside the program.
final class StoredOperations: Sendable {
    struct Row: Sendable, Hashable {
        var key: String
        var id: String
        var state: String
        var reference: String?
        var isAdopted: Bool
        var message: String
        /// Requests that may have left.
        var requests: Int
        /// What the first of them met; nil while that is not known.
        var firstAnswer: String?

        var isFiled: Bool { state == OperationState.filed.rawValue }
        /// Whether it goes no further by itself.
        var hasEnded: Bool { OperationState(rawValue: state).map { $0.isFinished || $0.needsPerson } ?? true }

        func isOf(_ number: String) -> Bool { key.contains("/\(number)/") }
    }

    private let database: DatabaseQueue

    init(_ home: Home) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        database = try DatabaseQueue(path: home.database, configuration: configuration)
    }

    /// Every operation, in the order in which they were asked for.
    func rows() throws -> [Row] {
        try database.read { db in
            let sql = """
                WITH sent AS (SELECT * FROM operation_attempt WHERE purpose = 'send' AND event IS NOT 'not_sent')
                SELECT business_key, id, state, reference, is_adopted, message,
                (SELECT count(*) FROM sent WHERE operation = o.number),
                (SELECT event FROM sent WHERE operation = o.number ORDER BY sent.number LIMIT 1)
                FROM operation o ORDER BY number
                """
            return try GRDB.Row.fetchAll(db, sql: sql).map {
                Row(
                    key: $0[0], id: $0[1], state: $0[2], reference: $0[3], isAdopted: $0[4], message: $0[5],
                    requests: $0[6], firstAnswer: $0[7])
            }
        }
    }

    /// Those of a document's number.
    func rows(_ number: String) throws -> [Row] { try rows().filter { $0.isOf(number) } }
}
