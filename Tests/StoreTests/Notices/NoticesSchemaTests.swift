import Domain
import Foundation
import Testing

@testable import Store

/// A workspace as the program before the fifth step left it.
@Suite("Notices of an older workspace") struct NoticesSchemaTests {
    @Test func `they keep their dates, are found by their words, and counted as before`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let writer = try WriterConnection(file: "\(folder)/desk.sqlite")
        for (index, text) in Schema.migrations.prefix(4).enumerated() {
            try writer.execute(text)
            try writer.execute(
                "INSERT INTO schema_migration (version, checksum, applied_at) "
                    + "VALUES (\(index + 1), \(ContentHash.of(text)), 0)")
        }
        try writer.execute("PRAGMA application_id = \(Schema.applicationId); PRAGMA user_version = 4")
        try writer.execute(Self.rows)
        try writer.close()

        let store = try Workspace.open(folder)
        defer { store.close() }
        try store.readNow { reader throws in
            let notices = try reader.notices(NoticeQuery(text: "harihar")).rows
            #expect(notices.map(\.id.rawValue) == [1, 2, 3])
            #expect(notices.map(\.due?.basis) == [.portal, .computed, .computed])
            // A demand's date was never said by the portal.
            #expect(notices.map { $0.facts.dueOn?.dayNumber } == [20_000, nil, 20_002])
            #expect(try reader.notices(NoticeQuery(text: "drc01")).total == 1)
            let tax = try reader.summary(now: Instant(seconds: 0))[.incomeTax]
            #expect(tax.answeredPlaces == 1 && tax.unreadPlaces == 6)
        }
        #expect(try await store.checkIntegrity() == [])
    }

    private static let rows = """
        INSERT INTO business (id, name, name_key, search_text, group_name, created_at)
            VALUES (1, 'Harihar & Co', 'harihar & co', 'harihar & co', '', 0);
        INSERT INTO account (id, portal, identity, business_id) VALUES (1, 1, 'AAFHH6756K', 1);
        UPDATE account_total SET accounts = 1 WHERE portal = 1;
        INSERT INTO job_account_count (account_id) VALUES (1);
        INSERT INTO notice (account_id, portal, external_key, place, reference, form, section, summary, period, due_on,
            due_basis, state, raw_state, content_hash, version, first_seen_at, last_seen_at)
            VALUES (1, 1, 'a', 'self_fya', 'A', 'DRC-01', '', '', '', 20000, 'portal', 'open', '', 0, 1, 0, 0),
            (1, 1, 'b', 'demand', 'B', '', '156', '', '', 20001, 'computed', 'unknown', '', 0, 1, 0, 0),
            (1, 1, 'c', 'self_fya', 'C', '', '', '', '', 20002, 'computed', 'open', '', 0, 1, 0, 0);
        INSERT INTO notice_day (portal, due_on, n) VALUES (1, 20000, 1), (1, 20002, 1);
        UPDATE notice_total SET n = 3, unseen = 3 WHERE portal = 1;
        INSERT INTO place_reading (account_id, place, outcome, count, read_at, tried_at, error)
            VALUES (1, 'self_fya', 'read', 2, 0, 0, ''), (1, 'demand', 'failed', 1, 0, 0, '503');
        """
}
