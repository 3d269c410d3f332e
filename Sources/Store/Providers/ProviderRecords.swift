public import Domain
internal import GRDB

extension StoreWriter {
    /// Hours older than this many are forgotten.
    static let hoursKept: Int64 = 24 * 31

    /// Adds what calls to providers came to.
    public func add(_ hours: [ProviderHour]) throws {
        for hour in hours {
            var sum = hour
            if let known = try reader.providerHour(hour.provider, hour.hour) { sum.add(known) }
            try db.run(
                """
                INSERT INTO provider_hour (provider, hour, calls, failures, latency) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET calls = ?3, failures = ?4, latency = ?5
                """, [sum.provider, sum.hour, sum.calls, sum.failures, sum.latency.text])
            try db.run(
                "DELETE FROM provider_hour WHERE provider = ? AND hour < ?", [sum.provider, sum.hour - Self.hoursKept])
        }
    }

    public func keep(_ circuits: [CircuitRecord]) throws {
        for circuit in circuits {
            var until: Int64?
            if case .open(let end) = circuit.breaker.phase { until = end.milliseconds }
            try db.run(
                """
                INSERT INTO provider_circuit (provider, family, phase, until, reopenings, changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET phase = ?3, until = ?4, reopenings = ?5, changed_at = ?6
                """,
                [
                    circuit.provider, circuit.family, circuit.breaker.name, until, circuit.breaker.reopenings,
                    circuit.changedAt.milliseconds,
                ])
        }
    }
}

extension StoreReader {
    /// The hours of every provider, the newest first.
    public func providerHours(since hour: Int64) throws -> [ProviderHour] {
        var hours: [ProviderHour] = []
        let sql = """
            SELECT provider, hour, calls, failures, latency FROM provider_hour WHERE hour >= ?
            ORDER BY provider, hour DESC
            """
        try database().forEachRow(sql, [hour]) { row in
            hours.append(Self.providerHour(row))
            return true
        }
        return hours
    }

    func providerHour(_ provider: String, _ hour: Int64) throws -> ProviderHour? {
        try database().firstRow(
            "SELECT provider, hour, calls, failures, latency FROM provider_hour WHERE provider = ? AND hour = ?",
            [provider, hour], Self.providerHour)
    }

    private static func providerHour(_ row: Row) -> ProviderHour {
        var hour = ProviderHour(provider: row[0], hour: row[1])
        hour.calls = row[2]
        hour.failures = row[3]
        hour.latency = LatencyTally(row[4]) ?? LatencyTally()
        return hour
    }

    /// Every circuit that ever opened, as it stands.
    public func circuits() throws -> [CircuitRecord] {
        var circuits: [CircuitRecord] = []
        let sql = """
            SELECT provider, family, phase, until, reopenings, changed_at FROM provider_circuit ORDER BY provider, family
            """
        try database().forEachRow(sql) { row in
            let until: Int64? = row[3]
            let phase: CircuitBreaker.Phase =
                switch row[2] as String {
                case "open": .open(until: Instant(milliseconds: until ?? 0))
                case "half_open": .halfOpen(successes: 0, isProbing: false)
                default: .closed
                }
            circuits.append(
                CircuitRecord(
                    provider: row[0], family: row[1], breaker: CircuitBreaker(phase: phase, reopenings: row[4]),
                    changedAt: Instant(milliseconds: row[5])))
            return true
        }
        return circuits
    }
}
