public import Domain
internal import GRDB

extension StoreWriter {
    /// Stores what a portal says, by its own key. A change of content raises the version and is kept field by field.
    public func upsert(_ account: AccountId, _ notices: [NoticeFacts], now: Instant) throws -> UpsertCount {
        let sql = "SELECT portal FROM account WHERE id = ?"
        guard let portal = try db.number(sql, [account.rawValue]) else {
            throw StoreProblem.refused("there is no such account")
        }
        var count = UpsertCount()
        for facts in notices {
            let known = try db.firstRow(
                "\(NoticeRow.select) WHERE n.account_id = ? AND n.external_key = ?",
                [account.rawValue, facts.externalKey], NoticeRow.notice)
            guard var known else {
                try insert(facts, account.rawValue, portal, now)
                count.new += 1
                continue
            }
            known.facts.documents = try NoticeRow.documents(known.id.rawValue, db)
            if try revise(known, facts, portal, now) { count.changed += 1 }
        }
        return count
    }

    private func insert(_ facts: NoticeFacts, _ account: Int64, _ portal: Int64, _ now: Instant) throws {
        let time = now.milliseconds
        let columns: StatementArguments = [account, portal, facts.externalKey]
        let tail: StatementArguments = [1, time, time]
        try db.run(
            """
            INSERT INTO notice (account_id, portal, external_key, place, reference, form, section, summary, period,
            issued_on, due_on, due_basis, demand, state, raw_state, content_hash, version, first_seen_at, last_seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, columns + NoticeContent.arguments(facts) + tail)
        try writeDocuments(facts.documents, db.lastInsertedRowID)
        countDue(facts, 1, portal)
        counters.countNotices(portal: portal, all: 1, unseen: 1)
    }

    /// Returns whether the content changed.
    private func revise(_ known: Notice, _ facts: NoticeFacts, _ portal: Int64, _ now: Instant) throws -> Bool {
        let id = known.id.rawValue
        let changes = NoticeContent.changes(from: known.facts, to: facts)
        try db.run(
            "UPDATE notice SET last_seen_at = ?, version = version + ? WHERE id = ?",
            [now.milliseconds, changes.isEmpty ? 0 : 1, id])
        if facts.documents != known.facts.documents { try writeDocuments(facts.documents, id) }
        if changes.isEmpty { return false }
        try db.run(
            """
            UPDATE notice SET place = ?, reference = ?, form = ?, section = ?, summary = ?, period = ?, issued_on = ?,
            due_on = ?, due_basis = ?, demand = ?, state = ?, raw_state = ?, content_hash = ? WHERE id = ?
            """, NoticeContent.arguments(facts) + [id])
        for change in changes {
            try db.run(
                "INSERT INTO notice_change (notice_id, version, field, at, old, new) VALUES (?, ?, ?, ?, ?, ?)",
                [id, known.version + 1, change.field, now.milliseconds, change.old, change.new])
        }
        countDue(known.facts, -1, portal)
        countDue(facts, 1, portal)
        return true
    }

    private func countDue(_ facts: NoticeFacts, _ n: Int, _ portal: Int64) {
        guard NoticeRow.openStates.contains(facts.state), let due = facts.dueOn else { return }
        counters.countDue(n, portal: portal, day: Int64(due.dayNumber))
    }

    /// Documents that a portal no longer lists stay; a hash once known stays.
    private func writeDocuments(_ documents: [NoticeDocument], _ notice: Int64) throws {
        for (position, document) in documents.enumerated() {
            try db.run(
                """
                INSERT INTO notice_document (notice_id, external_id, position, name, media_type, byte_count, sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET position = excluded.position, name = excluded.name,
                media_type = excluded.media_type, byte_count = excluded.byte_count,
                sha256 = ifnull(excluded.sha256, sha256)
                """,
                [
                    notice, document.externalId, position, HarmlessText.line(document.name, limit: 200),
                    document.mediaType, document.byteCount, document.sha256,
                ])
        }
    }
}
