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
    struct AccountTotals: Hashable {
        var accounts = 0
        var verified = 0
        var configured = 0
        var attention = 0
        /// Places that were wholly read when last tried.
        var answered = 0
    }
    struct DueDay: Hashable {
        var portal: Int64
        var day: Int64
    }
    struct Snapshot {
        var totals: [JobPlace: Int] = [:]
        var days: [JobDay: Int] = [:]
        /// Per account, the change of each state's count, by the state's number.
        var accounts: [Int64: SIMD8<Int32>] = [:]
        /// The longest time between start and end of a finished job, in milliseconds.
        var longest: Int64 = 0
        var lastFetches: [Int64: (at: Int64, new: Int)] = [:]
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
        snapshot.accounts[account, default: .zero][Int(status)] += Int32(n)
        if done != CounterDay.never { snapshot.longest = max(snapshot.longest, abs(done - start)) }
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

    /// The last fetch of a portal that was done.
    func noteFetch(portal: Int64, at: Int64, new: Int) {
        isEmpty = false
        snapshot.lastFetches[portal] = (at, new)
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
        if snapshot.longest > 0 {
            try db.run("UPDATE job_span SET longest = ?1 WHERE longest < ?1", [snapshot.longest])
        }
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
        // The accounts of a batch mostly change alike: one statement for each kind of change.
        let alike = Dictionary(grouping: snapshot.accounts.filter { $0.value != .zero }, by: \.value)
        for (n, accounts) in alike {
            try db.run(
                """
                UPDATE job_account_count SET n0 = n0 + ?, n1 = n1 + ?, n2 = n2 + ?, n3 = n3 + ?, n4 = n4 + ?,
                n5 = n5 + ?, n6 = n6 + ? WHERE account_id IN (SELECT value FROM json_each(?))
                """, [n[0], n[1], n[2], n[3], n[4], n[5], n[6], jsonList(accounts.map(\.key))])
        }
        for (portal, fetch) in snapshot.lastFetches {
            try db.run(
                "UPDATE portal_state SET last_fetch_at = ?, last_fetch_new = ? WHERE portal = ?",
                [fetch.at, fetch.new, portal])
        }
        for (portal, change) in snapshot.accountTotals {
            try db.run(
                """
                UPDATE account_total SET accounts = accounts + ?, verified = verified + ?,
                configured = configured + ?, attention = attention + ?, answered = answered + ? WHERE portal = ?
                """,
                [change.accounts, change.verified, change.configured, change.attention, change.answered, portal])
        }
    }
}
