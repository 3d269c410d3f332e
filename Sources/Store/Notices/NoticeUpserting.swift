public import Domain
internal import GRDB

extension StoreWriter {
    /// Stores what a portal says, by its own key. A change of content raises the version and is kept field by field; what
    /// people added to the notice stays as it is. One that a person entered before, or that another provider delivered,
    /// told by its reference, becomes this provider's.
    ///
    /// - Parameters:
    ///   - provider: who delivers them; nil where that is not known.
    ///   - job: that brings them.
    ///   - calendar: for the dates that rules compute.
    public func upsert(
        _ account: AccountId, _ notices: [NoticeFacts], by provider: String? = nil, of job: JobId? = nil,
        calendar: WorkingCalendar = WorkingCalendar(), now: Instant
    ) throws -> UpsertCount {
        let portal = try portal(of: account)
        let matching = NoticeMatching(account, notices, by: provider)
        var count = UpsertCount()
        let hasNone = try db.number("SELECT 1 FROM notice WHERE account_id = ? LIMIT 1", [account.rawValue]) == nil
        var inserted: Set<String> = []
        for facts in notices {
            // The first fetch of an account finds nothing but what it inserted itself.
            let isKnownNew = hasNone && !inserted.contains(facts.externalKey)
            guard var known = isKnownNew ? nil : try matching.known(facts, db) else {
                try insert(facts, account, portal, calendar, now, by: provider, of: job)
                inserted.insert(facts.externalKey)
                count.new += 1
                continue
            }
            known.facts.documents = try NoticeRow.documents(known.id.rawValue, db)
            if try revise(known, facts, portal, calendar, now, by: provider, of: job) { count.changed += 1 }
        }
        return count
    }

    func portal(of account: AccountId) throws -> Int64 {
        let sql = "SELECT portal FROM account WHERE id = ?"
        guard let portal = try db.number(sql, [account.rawValue]) else {
            throw StoreProblem.refused("there is no such account")
        }
        return portal
    }

    /// - Parameters:
    ///   - provider: who delivered it.
    ///   - isManual: entered by a person.
    /// - Returns: its number.
    @discardableResult
    func insert(
        _ facts: NoticeFacts, _ account: AccountId, _ portal: Int64, _ calendar: WorkingCalendar, _ now: Instant,
        by provider: String? = nil, of job: JobId? = nil, isManual: Bool = false
    ) throws -> NoticeId {
        let time = now.milliseconds
        let due = DueRules.due(of: facts, calendar: calendar)
        let rest: StatementArguments = [
            due?.on.dayNumber, due?.basis.rawValue, due?.on.dayNumber, account.rawValue, portal, facts.externalKey, 1,
            time, time, isManual ? 1 : 0, provider, job?.rawValue,
        ]
        try db.run(Self.insertion, NoticeContent.arguments(facts) + rest)
        let id = NoticeId(db.lastInsertedRowID)
        try writeDocuments(facts.documents, id.rawValue)
        try NoticeIndexing.add(id, db)
        countDue(due, facts.state, 1, portal)
        counters.countNotices(portal: portal, all: 1, unseen: 1)
        return id
    }

    private static let insertion = {
        let names =
            NoticeContent.columns + [
                "due_on", "due_basis", "last_due_on", "account_id", "portal", "external_key", "version",
                "first_seen_at", "last_seen_at", "is_manual", "provider",
                "job_id",
            ]
        let marks = Array(repeating: "?", count: names.count).joined(separator: ", ")
        return "INSERT INTO notice (\(names.joined(separator: ", "))) VALUES (\(marks))"
    }()

    private static let revision =
        "UPDATE notice SET \(NoticeContent.columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?"

    /// Returns whether the content changed.
    private func revise(
        _ known: Notice, _ said: NoticeFacts, _ portal: Int64, _ calendar: WorkingCalendar, _ now: Instant,
        by provider: String?, of job: JobId?
    ) throws -> Bool {
        let id = known.id.rawValue
        var facts = said.keeping(known.facts)
        let own = said.tellsState ? nil : known.work.state
        if let own { facts.state = own }
        var changes = NoticeContent.changes(from: known.facts, to: facts)
        if known.goneAt != nil { changes.append((NoticeChange.listing, NoticeChange.gone, NoticeChange.listed)) }
        try db.run(
            """
            UPDATE notice SET last_seen_at = ?, version = version + ?, external_key = ?, is_manual = 0, gone_at = NULL,
            own_state = ?, provider = ifnull(?, provider), job_id = CASE is_manual WHEN 1 THEN ? ELSE job_id END
            WHERE id = ?
            """,
            [
                now.milliseconds, changes.isEmpty ? 0 : 1, facts.externalKey, own?.rawValue, provider, job?.rawValue,
                id,
            ])
        // What another provider listed can be fetched from it alone; what was fetched stays.
        if let provider, let old = known.provider, old != provider {
            try db.run("DELETE FROM notice_document WHERE notice_id = ? AND sha256 IS NULL", [id])
        }
        if facts.documents != known.facts.documents { try writeDocuments(facts.documents, id) }
        try db.run(Self.revision, NoticeContent.arguments(facts) + [id])
        try record(changes, of: known, by: job, now)
        let isFoundOtherwise = known.facts.particulars.searchText != facts.particulars.searchText
        if !changes.isEmpty || isFoundOtherwise { try NoticeIndexing.renew(known.id, db) }
        let due = DueRules.due(of: facts, manual: known.work.dueOn, calendar: calendar)
        try moveDue(known, portal, to: due, facts.state)
        return !changes.isEmpty
    }

    func record(_ changes: [NoticeContent.Change], of known: Notice, by job: JobId? = nil, _ now: Instant) throws {
        for change in changes {
            try db.run(
                "INSERT INTO notice_change (notice_id, version, field, at, old, new, job_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    known.id.rawValue, known.version + 1, change.field, now.milliseconds, change.old, change.new,
                    job?.rawValue,
                ])
        }
    }

    /// Leaves the notice with the date that counts now, and counts it where it stands now.
    func moveDue(_ known: Notice, _ portal: Int64, to due: DueDate?, _ state: NoticeState) throws {
        if due != known.due {
            try db.run(
                """
                UPDATE notice SET due_on = ?1, due_basis = ?2, last_due_on = ifnull(?1, last_due_on),
                due_moves = due_moves + 1 WHERE id = ?3
                """, [due?.on.dayNumber, due?.basis.rawValue, known.id.rawValue])
        }
        countDue(known.due, known.facts.state, -1, portal)
        countDue(due, state, 1, portal)
    }

    private func countDue(_ due: DueDate?, _ state: NoticeState, _ n: Int, _ portal: Int64) {
        guard state.needsSomebody, let due else { return }
        counters.countDue(n, portal: portal, day: Int64(due.on.dayNumber))
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
