import Domain
import Foundation
import GRDB
import Testing

@testable import Store

/// A notice leads to the job that brought it, and to those that found it changed.
@Suite("Jobs of notices")
struct NoticeJobTests {
    private let time = Workspace.morning

    @Test(
        "the job that brings a notice and the one that changes it belong to its history; one that finds it as it was does not"
    )
    func linked() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let first = Samples.notice("1", due: LegalDate.inIndia(time))
        let moved = Samples.notice("1", due: LegalDate.inIndia(time).adding(days: 9))
        try workspace.store.writeNow { [time] writer throws in
            _ = try writer.upsert(account, [first], of: JobId(3), now: time)
            _ = try writer.upsert(account, [first], of: JobId(4), now: time + .seconds(60))
            _ = try writer.upsert(account, [moved], of: JobId(5), now: time + .seconds(120))
        }
        let (names, origin) = try workspace.store.readNow { reader in
            (try reader.auditBelonging(NoticeId(1)), try reader.auditOrigin(NoticeId(1)))
        }
        #expect(names == AuditBelonging(subjects: ["notice/1"], correlations: ["job/3", "job/5"]))
        #expect(origin == .job(JobId(3)))
    }

    @Test("one that a person entered is theirs until a job delivers it")
    func adopted() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let entry = Samples.notice("1")
        try workspace.store.writeNow { [time] writer throws in _ = try writer.addManual(account, entry, now: time) }
        #expect(try workspace.store.readNow { try $0.auditOrigin(NoticeId(1)) } == .byHand(time))
        var delivered = entry
        delivered.externalKey = "key of the portal"
        let later = delivered
        try workspace.store.writeNow { [time] writer throws in
            _ = try writer.upsert(account, [later], by: "bridge", of: JobId(7), now: time + .seconds(60))
        }
        #expect(try workspace.store.readNow { try $0.auditOrigin(NoticeId(1)) } == .job(JobId(7)))
    }

    @Test("of notices that stand already it is the fetch that was under way when they came")
    func older() throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let moments = [0, 1_000, 2_000].map { time + .seconds($0) }
        let known = Samples.notice("1"), other = Samples.notice("2"), between = Samples.notice("3")
        try workspace.store.writeNow { writer throws in
            try writer.insertHistory(
                moments.map { moment in
                    HistoricJob(
                        accountId: account, status: .done, createdAt: moment, startedAt: moment,
                        completedAt: moment + .seconds(60))
                })
            for (facts, seconds) in [(known, 30), (other, 1_060), (between, 500)] {
                _ = try writer.upsert(account, [facts], now: moments[0] + .seconds(Int64(seconds)))
            }
            try writer.linkNotices()
        }
        let found = try workspace.store.readNow { reader in
            try (1...3).map { try reader.auditOrigin(NoticeId($0)) }
        }
        #expect(found == [.job(JobId(1)), .job(JobId(2)), nil])
    }
}
