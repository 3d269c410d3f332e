public import Domain
internal import GRDB

extension StoreReader {
    /// What the main screen shows above its table, from kept rows alone.
    ///
    /// - Parameter billsWithin: how long before its end an e-way bill counts as one that expires soon.
    public func summary(now: Instant, billsWithin: Duration = EWayBillStanding.soon) throws -> DeskSummary {
        let db = try database()
        let today = Int64(LegalDate.inIndia(now).dayNumber)
        let portals = try db.mapRows(
            """
            SELECT s.portal, s.provider_ok, s.provider_message, s.provider_at, s.last_fetch_at, s.last_fetch_new,
            t.accounts, t.verified, t.configured, t.attention, n.unseen,
            (SELECT ifnull(sum(n), 0) FROM notice_day d WHERE d.portal = s.portal AND d.due_on BETWEEN ?1 AND ?1 + ?2),
            (SELECT ifnull(sum(n), 0) FROM notice_day d WHERE d.portal = s.portal AND d.due_on < ?1), t.answered
            FROM portal_state s JOIN account_total t ON t.portal = s.portal JOIN notice_total n ON n.portal = s.portal
            ORDER BY s.portal
            """, [today, DueDate.soonDays], Self.portalSummary)
        var summary = try DeskSummary(
            portals: portals, jobs: jobCounts(), nextTryAt: nextDue(), actions: operationStanding(),
            bills: billWatch(now: now, within: billsWithin))
        summary.trailFinding = try trailFinding()?.words
        return summary
    }

    private static func portalSummary(_ row: Row) -> PortalSummary {
        var summary = PortalSummary(portal: Portal(code: row[0]))
        summary.isProviderOk = (row[1] as Int64?).map { $0 == 1 }
        summary.providerMessage = row[2]
        summary.providerAt = (row[3] as Int64?).map(Instant.init(milliseconds:))
        summary.lastFetchAt = (row[4] as Int64?).map(Instant.init(milliseconds:))
        summary.lastFetchNew = row[5]
        summary.accounts = row[6]
        summary.verified = row[7]
        summary.configured = row[8]
        summary.attention = row[9]
        summary.unseenNotices = row[10]
        summary.dueSoon = row[11]
        summary.overdue = row[12]
        summary.answeredPlaces = row[13]
        return summary
    }
}
