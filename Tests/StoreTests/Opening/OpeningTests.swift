import Domain
import Foundation
import Testing

@testable import Store

@Suite struct OpeningTests {
    @Test func `the writer is durable and careful`() throws {
        let workspace = try Workspace()
        let expected = [
            "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0, "cell_size_check": 1,
            "temp_store": 2, "cache_size": -2_000, "wal_autocheckpoint": 0, "auto_vacuum": 2, "busy_timeout": 5_000,
        ]
        for (name, value) in expected {
            #expect(try workspace.store.withWriter { try $0.setting(name) } == value, "\(name)")
        }
    }

    @Test func `a writer that lost its durability is refused`() throws {
        let workspace = try Workspace()
        try workspace.store.withWriter { writer throws in
            try writer.execute("PRAGMA synchronous = NORMAL")
            #expect(throws: StoreProblem.notDurable(level: 1)) {
                try writer.withoutTransaction { try ConnectionSettings.requireDurable($0) }
            }
        }
    }

    @Test func `opening for reading makes nothing and misses what is not there`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(throws: StoreProblem.missing) { try Workspace.open(folder, .readOnly) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        #expect(!DeskStore.exists(file: "\(folder)/desk.sqlite"))
    }

    @Test func `a store for reading reads and refuses to write`() throws {
        let workspace = try Workspace()
        try workspace.addBusinesses(2)
        let reader = try Workspace.open(workspace.folder, .readOnly)
        defer { reader.close() }
        #expect(try reader.readNow { try $0.summary(now: Workspace.morning)[.gst].accounts } == 2)
        #expect(throws: StoreProblem.readOnly) { try reader.writeNow { try $0.setSetting("a", "b") } }
    }

    @Test func `the files belong to their owner alone`() throws {
        let workspace = try Workspace()
        for name in ["desk.sqlite", "lock", "wake"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(workspace.folder)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func `a workspace of a newer program is refused`() throws {
        let workspace = try Workspace()
        try workspace.store.withWriter { try $0.execute("PRAGMA user_version = 99") }
        #expect(throws: StoreProblem.newerSchema(found: 99, known: Schema.version)) {
            try Workspace.open(workspace.folder)
        }
    }

    @Test func `another program's file is refused and left as it is`() throws {
        let workspace = try Workspace()
        try workspace.store.withWriter { try $0.execute("PRAGMA application_id = 7") }
        #expect(throws: StoreProblem.notAWorkspace) { try Workspace.open(workspace.folder) }
        let text = "\(workspace.folder)/text"
        try FileManager.default.createDirectory(atPath: text, withIntermediateDirectories: true)
        try Data(String(repeating: "no database ", count: 400).utf8).write(
            to: URL(fileURLWithPath: "\(text)/desk.sqlite"))
        #expect(throws: StoreProblem.notAWorkspace) { try Workspace.open(text) }
    }

    @Test func `a full disk is named and nothing is lost`() async throws {
        let workspace = try Workspace()
        try workspace.addBusinesses(1)
        try workspace.store.withWriter { writer throws in
            let pages = try #require(try writer.setting("page_count"))
            try writer.execute("PRAGMA max_page_count = \(pages + 1)")
        }
        #expect(throws: StoreProblem.full) {
            try workspace.store.writeNow { writer throws in
                for index in 0..<2_000 { try writer.setSetting("key\(index)", String(repeating: "x", count: 200)) }
            }
        }
        try workspace.store.withWriter { try $0.execute("PRAGMA max_page_count = 100000") }
        try workspace.store.writeNow { try $0.setSetting("key", "value") }
        #expect(try workspace.store.readNow { try $0.setting("key") } == "value")
        #expect(try workspace.store.readNow { try $0.setting("key1") } == nil)
        #expect(try await workspace.store.checkIntegrity() == [])
    }

    @Test func `a lock that another process keeps is named`() throws {
        let workspace = try Workspace()
        let other = try FileLock(path: "\(workspace.folder)/lock")
        let own = try FileLock(path: "\(workspace.folder)/lock")
        try other.whileHeld {
            _ = #expect(throws: StoreProblem.locked) { try own.whileHeld(limit: .zero) {} }
        }
        try own.whileHeld(limit: .zero) {}
    }

    @Test func `two processes write in turn and see each other`() async throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(30)
        let second = try Workspace.open(workspace.folder)
        let stores = [workspace.store, second]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, account) in accounts.enumerated() {
                let store = stores[index % 2]
                group.addTask {
                    _ = try await store.write {
                        try $0.enqueue(account.id, .fetch, trigger: .desk, now: Workspace.morning)
                    }
                }
            }
            try await group.waitForAll()
        }
        for store in stores { #expect(try store.readNow { try $0.jobCounts() } == [.queued: 90]) }
        #expect(try await second.checkIntegrity() == [])
        second.close()
        #expect(throws: StoreProblem.closed) { try second.writeNow { try $0.setSetting("a", "b") } }
        #expect(throws: StoreProblem.closed) { try second.readNow { try $0.setting("a") } }
    }

    @Test func `a question past its deadline is stopped and can be asked again`() throws {
        let workspace = try Workspace()
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        #expect(throws: StoreProblem.slow) {
            try workspace.store.readNow { reader in
                let db = try reader.database()
                return try Deadline.limiting(db, to: .zero) { try db.number(endless) }
            }
        }
        #expect(try workspace.store.readNow { try $0.setting("a") } == nil)
    }

    @Test func `a load of history leaves counters and indexes as single inserts would`() async throws {
        let workspace = try Workspace()
        let account = try workspace.addBusinesses(1)[0].id
        let jobs = (0..<50).map { number in
            HistoricJob(
                accountId: account, status: .done, createdAt: Workspace.morning, startedAt: nil,
                completedAt: Workspace.morning + .seconds(Int64(number)))
        }
        try workspace.store.writeNow { writer in try writer.withBulkLoad { try writer.insertHistory(jobs) } }
        let query = ActivityQuery(sort: ActivitySort(field: .completedTime))
        let page = try workspace.store.readNow { try $0.activityPage(query, within: .seconds(60)) }
        #expect(page.total == 50)
        #expect(page.rows.first?.id == JobId(50))
        #expect(try await workspace.store.checkIntegrity() == [])
    }

    @Test func `a checkpoint keeps what was written`() async throws {
        let workspace = try Workspace()
        try workspace.store.writeNow { try $0.setSetting("a", "b") }
        await workspace.store.checkpoint()
        #expect(try await workspace.store.read { try $0.setting("a") } == "b")
    }

    @Test func `every commit wakes the watchers`() throws {
        let workspace = try Workspace()
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(workspace.folder)/wake")).isEmpty)
        try workspace.store.writeNow { try $0.setSetting("a", "b") }
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(workspace.folder)/wake")).count == 1)
    }

    @Test func `bodies that wait together share a commit`() async throws {
        let workspace = try Workspace()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<500 {
                group.addTask { try await workspace.store.write { try $0.setSetting("key\(index)", "v") } }
            }
            try await group.waitForAll()
        }
        #expect(workspace.store.batchStatistics.bodies == 500)
        #expect(workspace.store.batchStatistics.commits <= 500)
    }

    @Test func `an audit event can be neither changed nor removed`() throws {
        let workspace = try Workspace()
        let event = AuditEvent(at: Workspace.morning, actor: "asha", action: "fetch", subject: "job 1", outcome: "ok")
        #expect(try workspace.store.writeNow { try $0.recordEvent(event) } == 0)
        try workspace.store.withWriter { writer throws in
            #expect(throws: (any Error).self) { try writer.execute("UPDATE audit_record SET actor = 'x'") }
            #expect(throws: (any Error).self) { try writer.execute("DELETE FROM audit_record") }
        }
        #expect(try workspace.store.readNow { try $0.auditEvents().map(\.actor) } == ["asha"])
    }
}
