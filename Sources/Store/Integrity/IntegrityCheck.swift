internal import GRDB

/// Looks for damage in the file, and for counters that differ from what they count.
enum IntegrityCheck {
    static func findings(_ db: Database) throws -> [String] {
        var findings = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
        if orphans > 0 { findings.append("\(orphans) rows refer to rows that are gone") }
        for (name, kept, counted) in comparisons {
            let differences = try Int.fetchOne(
                db,
                sql: """
                    SELECT (SELECT count(*) FROM (SELECT * FROM (\(kept)) EXCEPT SELECT * FROM (\(counted))))
                         + (SELECT count(*) FROM (SELECT * FROM (\(counted)) EXCEPT SELECT * FROM (\(kept))))
                    """)
            if let differences, differences > 0 { findings.append("\(name): \(differences) counters differ") }
        }
        let longer = """
            SELECT count(*) FROM job WHERE completed_at IS NOT NULL
            AND abs(sort_done - sort_start) > (SELECT longest FROM job_span)
            """
        if let n = try Int.fetchOne(db, sql: longer), n > 0 {
            findings.append("\(n) jobs took longer than the kept span")
        }
        for (version, text) in Schema.migrations.enumerated() {
            let kept = try Int64.fetchOne(
                db, sql: "SELECT checksum FROM schema_migration WHERE version = ?", arguments: [version + 1])
            if kept != ContentHash.of(text) {
                findings.append("schema step \(version + 1) is not the one this program knows")
            }
        }
        return findings
    }

    private static var comparisons: [(String, kept: String, counted: String)] {
        var all = [
            (
                "jobs by portal and status", "SELECT portal, status, n FROM job_total WHERE n <> 0",
                "SELECT portal, status, count(*) FROM job GROUP BY 1, 2"
            ),
            (
                "jobs by account", accountCounts,
                "SELECT account_id, status, count(*) FROM job GROUP BY 1, 2"
            ),
            (
                "accounts",
                "SELECT portal, accounts, verified, configured, attention FROM account_total WHERE accounts <> 0",
                """
                SELECT portal, count(*), sum(status = 1 AND \(AccountRow.isConfigured)), sum(\(AccountRow.isConfigured)),
                sum(status = 0 AND \(AccountRow.isConfigured)) FROM account WHERE removed_at IS NULL GROUP BY 1
                """
            ),
            (
                "places that were wholly read", "SELECT portal, answered FROM account_total WHERE answered <> 0",
                """
                SELECT a.portal, count(*) FROM place_reading r JOIN account a ON a.id = r.account_id
                WHERE a.removed_at IS NULL AND \(StoreWriter.whole) GROUP BY 1
                """
            ),
            (
                "open notices by due day", "SELECT portal, due_on, n FROM notice_day WHERE n <> 0",
                """
                SELECT portal, due_on, count(*) FROM notice WHERE due_on IS NOT NULL
                AND state IN ('open', 'partly_replied', 'unknown') GROUP BY 1, 2
                """
            ),
            ("words of notices", "SELECT \(NoticeIndexing.columns) FROM notice_text", NoticeIndexing.content),
            (
                "notices", "SELECT portal, n, unseen FROM notice_total WHERE n <> 0",
                "SELECT portal, count(*), sum(seen_by_person_at IS NULL) FROM notice GROUP BY 1"
            ),
        ]
        for basis in TimeBasis.allCases {
            let day = "((\(basis.column) + \(CounterDay.offset)) / \(CounterDay.length))"
            for (kept, bucket) in [(basis.dayBasis, day), (basis.blockBasis, "(\(day) >> 5)")] {
                all.append(
                    (
                        "jobs by day (\(kept))",
                        "SELECT bucket, portal, status, n FROM job_day WHERE basis = \(kept) AND n <> 0",
                        "SELECT \(bucket), portal, status, count(*) FROM job GROUP BY 1, 2, 3"
                    ))
            }
        }
        return all
    }

    private static var accountCounts: String {
        (0...6).map { "SELECT account_id, \($0), n\($0) FROM job_account WHERE n\($0) <> 0" }
            .joined(separator: " UNION ALL ")
    }
}
