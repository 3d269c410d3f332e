internal import Domain
internal import GRDB

/// Whose turn it is: what is due of a GSTIN at a provider is one line, and the lines are served in turn, the one that
/// waited longest first. A batch of thousands of one GSTIN keeps nobody else waiting (facts: reliability 2).
///
/// Lines are found by jumping from one to the next in an index, and what stands first in each is read off its beginning,
/// so a claim costs by how many lines there are and not by how long they are. What a worker died on stands in the way of
/// those behind it only as long as another such one is held: then it is read over.
struct OperationTurns {
    /// What a worker died on: taken one at a time.
    struct Suspects {
        /// So many deaths make one.
        let from: Int
        var mayTakeOne: Bool

        init(from: Int, mayTakeOne: Bool) {
            self.from = from
            self.mayTakeOne = mayTakeOne
        }
    }

    private struct Line: Hashable {
        var provider: String
        var gstin: String
    }

    /// Both conditions are written as in their indexes, or these would not serve.
    enum Kind: CaseIterable {
        case doubt, fresh

        var index: String { self == .doubt ? "operation_doubt" : "operation_fresh" }

        var waiting: String {
            "next_at IS NOT NULL AND state \(self == .doubt ? "IN" : "NOT IN") ('unknown', 'pending')"
        }

        /// Read as far as there is room, and no further: the index has the order.
        var front: String {
            """
            SELECT number, crashes FROM operation INDEXED BY \(index)
            WHERE \(waiting) AND provider = ? AND gstin = ? AND next_at <= ? ORDER BY next_at, number
            """
        }
    }

    let db: Database
    let limit: Int
    let now: Instant
    let excluding: Set<String>
    var room: [String: Int]
    var suspects: Suspects
    private var chosen: [Int64] = []

    init(
        db: Database, limit: Int, now: Instant, excluding: Set<String>, room: [String: Int], suspects: Suspects
    ) {
        (self.db, self.limit, self.now) = (db, limit, now)
        (self.excluding, self.room, self.suspects) = (excluding, room, suspects)
    }

    /// Numbers of operations in the order in which they are to be taken; the lines that they stand in have had their
    /// turn.
    mutating func take() throws -> [Int64] {
        var served: [Line] = []
        for kind in Kind.allCases where chosen.count < limit { served += try take(kind) }
        try note(served)
        return chosen
    }

    private mutating func take(_ kind: Kind) throws -> [Line] {
        let lines = try lines(kind)
        var served: [Line] = []
        var waiting: [[Int64]] = []
        for line in lines where chosen.count < limit {
            var numbers = hasRoom(line) ? try front(of: line, kind)[...] : []
            if let first = numbers.popFirst() {
                choose(first, line)
                served.append(line)
            }
            waiting.append(Array(numbers))
        }
        for round in 0..<(waiting.map(\.count).max() ?? 0) {
            for (line, numbers) in zip(lines, waiting) where round < numbers.count && hasRoom(line) {
                choose(numbers[round], line)
            }
        }
        return served
    }

    private func hasRoom(_ line: Line) -> Bool { chosen.count < limit && room[line.provider] ?? 1 > 0 }

    private mutating func choose(_ number: Int64, _ line: Line) {
        chosen.append(number)
        room[line.provider]? -= 1
    }

    /// Lines in which something is due, the one first that was served longest ago.
    private func lines(_ kind: Kind) throws -> [Line] {
        let from = "FROM operation INDEXED BY \(kind.index) WHERE \(kind.waiting)"
        let sql = """
            WITH RECURSIVE place (provider) AS (
                SELECT min(provider) \(from)
                UNION ALL SELECT (SELECT min(provider) \(from) AND provider > place.provider)
                FROM place WHERE place.provider IS NOT NULL),
            line (provider, gstin) AS (
                SELECT place.provider, (SELECT min(gstin) \(from) AND provider = place.provider) FROM place
                WHERE place.provider IS NOT NULL AND place.provider NOT IN (SELECT value FROM json_each(?))
                UNION ALL
                SELECT line.provider, (SELECT min(gstin) \(from) AND provider = line.provider AND gstin > line.gstin)
                FROM line WHERE line.gstin IS NOT NULL),
            due (provider, gstin, at) AS MATERIALIZED (
                SELECT line.provider, line.gstin, (
                    SELECT min(next_at) \(from) AND provider = line.provider AND gstin = line.gstin)
                FROM line WHERE line.gstin IS NOT NULL)
            SELECT due.provider, due.gstin FROM due LEFT JOIN operation_turn turn
            ON turn.provider = due.provider AND turn.gstin = due.gstin
            WHERE due.at <= ? ORDER BY ifnull(turn.last_claim, 0), due.at, due.gstin, due.provider
            """
        return try db.mapRows(sql, [jsonList(excluding), now.milliseconds]) { row in
            Line(provider: row[0], gstin: row[1])
        }
    }

    /// The first of a line, as many as could be taken at most; of what workers died on one at most.
    private mutating func front(of line: Line, _ kind: Kind) throws -> [Int64] {
        let most = limit - chosen.count
        var (numbers, suspects) = ([Int64](), suspects)
        try db.forEachRow(kind.front, [line.provider, line.gstin, now.milliseconds]) { row in
            if row[1] >= suspects.from {
                guard suspects.mayTakeOne else { return true }
                suspects.mayTakeOne = false
            }
            numbers.append(row[0])
            return numbers.count < most
        }
        self.suspects = suspects
        return numbers
    }

    private func note(_ served: [Line]) throws {
        guard !served.isEmpty else { return }
        let last = try db.number("SELECT max(last_claim) FROM operation_turn") ?? 0
        for (index, line) in served.enumerated() {
            try db.run(
                "INSERT OR REPLACE INTO operation_turn (provider, gstin, last_claim) VALUES (?, ?, ?)",
                [line.provider, line.gstin, last + 1 + Int64(index)])
        }
    }
}
