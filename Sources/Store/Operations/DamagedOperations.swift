public import Domain
internal import GRDB

extension StoreReader {
    /// Operations that cannot be read, or that cannot go on for what is missing beside them: all are looked at.
    public func damagedOperations() throws -> [DamagedOperation] {
        let db = try database()
        var found: [DamagedOperation] = []
        try db.forEachRow(OperationRow.select, []) { row in
            if case .damaged(let damaged) = OperationRow.read(row) { found.append(damaged) }
            return true
        }
        let known = Set(found.map(\.id))
        for (condition, what) in Self.damages {
            let ids = try db.mapRows("SELECT o.id FROM operation o WHERE \(condition)") { $0[0] as String }
            let more = ids.map { DamagedOperation(id: $0, what: what) }
            found += more.filter { !known.contains($0.id) }
        }
        return found
    }

    private static let damages = [
        (
            "NOT EXISTS (SELECT 1 FROM operation_payload p WHERE p.operation = o.number)",
            "what was asked is missing"
        ),
        (
            """
            EXISTS (SELECT 1 FROM operation_payload p WHERE p.operation = o.number
            AND NOT json_valid(CAST(p.request AS TEXT)))
            """, "what was asked is no JSON"
        ),
        (
            """
            EXISTS (SELECT 1 FROM operation_payload p WHERE p.operation = o.number
            AND p.result IS NOT NULL AND NOT json_valid(CAST(p.result AS TEXT)))
            """, "what the portal gave is no JSON"
        ),
        (
            """
            EXISTS (SELECT 1 FROM operation_attempt a WHERE a.operation = o.number AND (
            a.purpose NOT IN (\(names(OperationAttempt.Purpose.allCases)))
            OR a.event NOT IN (\(names(OperationEvent.allCases)))))
            """, "the evidence of an attempt cannot be read"
        ),
    ]

    private static func names<Value: RawRepresentable>(_ values: [Value]) -> String where Value.RawValue == String {
        values.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }
}
