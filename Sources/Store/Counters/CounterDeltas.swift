internal import Domain
internal import GRDB

/// The changes to counters of one transaction, gathered and written once (performance 2: by code, one delta a batch).
/// Used on the writer's queue alone.
final class CounterDeltas {
    struct JobPlace: Hashable {
        var portal: Int64
        var status: Int64
    }
    struct JobDay: Hashable {
        var basis: Int64
        var bucket: Int64
        var place: JobPlace
    }
    struct AccountStatusKey: Hashable {
        var accountId: Int64
        var status: Int64
    }
    struct AccountTotals: Hashable {
        var accounts = 0
        var verified = 0
        var configured = 0
        var attention = 0
    }
    struct DueDay: Hashable {
        var portal: Int64
        var day: Int64
    }
    struct Snapshot {
        var totals: [JobPlace: Int] = [:]
        var days: [JobDay: Int] = [:]
        var accounts: [AccountStatusKey: Int] = [:]
        var accountTotals: [Int64: AccountTotals] = [:]
        var dueDays: [DueDay: Int] = [:]
        var notices: [Int64: (all: Int, unseen: Int)] = [:]
    }

    private(set) var snapshot = Snapshot()
    private var isEmpty = true

    func restore(_ earlier: Snapshot) {
        snapshot = earlier
        isEmpty = false
    }

    /// Counts `n` jobs of this account that stand, or no longer stand, in this state with these sort times.
    func countJob(_ n: Int, account: Int64, portal: Int64, status: Int64, start: Int64, done: Int64) {
        isEmpty = false
        let place = JobPlace(portal: portal, status: status)
        snapshot.totals[place, default: 0] += n
        snapshot.accounts[AccountStatusKey(accountId: account, status: status), default: 0] += n
        for (basis, time) in [(TimeBasis.start, start), (.done, done)] {
            let day = CounterDay.of(time)
            snapshot.days[JobDay(basis: basis.dayBasis, bucket: day, place: place), default: 0] += n
            snapshot.days[
                JobDay(basis: basis.blockBasis, bucket: CounterDay.block(day), place: place), default: 0] += n
        }
    }

    func countAccount(portal: Int64, _ change: (inout AccountTotals) -> Void) {
        isEmpty = false
        change(&snapshot.accountTotals[portal, default: AccountTotals()])
    }

    func countDue(_ n: Int, portal: Int64, day: Int64) {
        isEmpty = false
        snapshot.dueDays[DueDay(portal: portal, day: day), default: 0] += n
    }

    func countNotices(portal: Int64, all: Int = 0, unseen: Int = 0) {
        isEmpty = false
        let before = snapshot.notices[portal] ?? (0, 0)
        snapshot.notices[portal] = (before.all + all, before.unseen + unseen)
    }

    /// Writes what was gathered and begins anew.
    func flush(_ db: Database) throws {
        if isEmpty { return }
        try flushJobs(db)
        try flushAccounts(db)
        for (key, n) in snapshot.dueDays where n != 0 {
            try db.run(
                """
                INSERT INTO notice_day (portal, due_on, n) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET n = n + excluded.n
                """, [key.portal, key.day, n])
        }
        for (portal, change) in snapshot.notices {
            try db.run(
                "UPDATE notice_total SET n = n + ?, unseen = unseen + ? WHERE portal = ?",
                [change.all, change.unseen, portal])
        }
        snapshot = Snapshot()
        isEmpty = true
    }

    private func flushJobs(_ db: Database) throws {
        for (place, n) in snapshot.totals where n != 0 {
            try db.run(
                """
                INSERT INTO job_total (portal, status, n) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET n = n + excluded.n
                """, [place.portal, place.status, n])
        }
        for (key, n) in snapshot.days where n != 0 {
            try db.run(
                """
                INSERT INTO job_day (basis, bucket, portal, status, n) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET n = n + excluded.n
                """, [key.basis, key.bucket, key.place.portal, key.place.status, n])
        }
    }

    private func flushAccounts(_ db: Database) throws {
        for (key, n) in snapshot.accounts where n != 0 {
            try db.run(
                "UPDATE job_account SET n\(key.status) = n\(key.status) + ? WHERE account_id = ?", [n, key.accountId])
        }
        for (portal, change) in snapshot.accountTotals {
            try db.run(
                """
                UPDATE account_total SET accounts = accounts + ?, verified = verified + ?,
                configured = configured + ?, attention = attention + ? WHERE portal = ?
                """, [change.accounts, change.verified, change.configured, change.attention, portal])
        }
    }
}
