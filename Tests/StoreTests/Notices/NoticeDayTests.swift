import Domain
import Testing

@testable import Store

@Suite("Notices by day") struct NoticeDayTests {
    /// The calendar asks at every commit, on the one queue on which all screens read.
    @Test func `a month and a day of it are found by index, whatever is asked beside`() throws {
        let workspace = try Workspace()
        let day = try #require(LegalDate("2026-11-20"))
        let identity = try workspace.addBusinesses(1)[0].identity
        for query in [
            NoticeQuery(dueFrom: day, dueTo: day), NoticeQuery(portals: [.gst], dueFrom: day, dueTo: day),
            NoticeQuery(identity: identity, dueFrom: day, dueTo: day),
        ] {
            let plans = try workspace.store.plans { reader throws in
                _ = try reader.dueDays(query)
                _ = try reader.notices(query)
            }
            // An identity has few notices of its own.
            #expect(query.identity != nil || plans.contains { $0.contains("notice_by_day") }, "\(plans)")
            #expect(!plans.contains { $0.hasPrefix("SCAN n") }, "\(plans)")
        }
        let month = try workspace.store.plans { reader throws in
            _ = try reader.dueDays(NoticeQuery(dueFrom: day, dueTo: day.adding(days: 41)))
        }
        #expect(month.allSatisfy { $0.contains("COVERING INDEX notice_by_day") }, "\(month)")
    }
}
