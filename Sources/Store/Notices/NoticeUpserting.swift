public import Domain
internal import GRDB

extension StoreWriter {
    /// Stores what a portal says, by its own key. A change of content raises the version and is kept field by field; what
    /// people added to the notice stays as it is. One that a person entered before the portal delivered it, told by its
    /// reference, becomes the portal's.
    ///
    /// - Parameter calendar: for the dates that rules compute.
    public func upsert(
        _ account: AccountId, _ notices: [NoticeFacts], calendar: WorkingCalendar = WorkingCalendar(), now: Instant
    ) throws -> UpsertCount {
        let portal = try portal(of: account)
        var count = UpsertCount()
        let hasNone = try db.number("SELECT 1 FROM notice WHERE account_id = ? LIMIT 1", [account.rawValue]) == nil
        var inserted: Set<String> = []
        for facts in notices {
            // The first fetch of an account finds nothing but what it inserted itself.
            let isKnownNew = hasNone && !inserted.contains(facts.externalKey)
            guard var known = isKnownNew ? nil : try known(account, facts) else {
                try insert(facts, account, portal, calendar, now)
                inserted.insert(facts.externalKey)
                count.new += 1
                continue
            }
            known.facts.documents = try NoticeRow.documents(known.id.rawValue, db)
            if try revise(known, facts, portal, calendar, now) { count.changed += 1 }
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

    private func known(_ account: AccountId, _ facts: NoticeFacts) throws -> Notice? {
        let byKey = try db.firstRow(
            "\(NoticeRow.select) WHERE n.account_id = ? AND n.external_key = ?",
            [account.rawValue, facts.externalKey], NoticeRow.notice)
        if let byKey { return byKey }
        guard !facts.reference.isEmpty else { return nil }
        return try db.firstRow(
            "\(NoticeRow.select) WHERE n.account_id = ? AND n.is_manual = 1 AND upper(n.reference) = upper(?)",
            [account.rawValue, facts.reference], NoticeRow.notice)
    }

    /// - Parameter isManual: entered by a person.
    /// - Returns: its number.
    @discardableResult
    func insert(
        _ facts: NoticeFacts, _ account: AccountId, _ portal: Int64, _ calendar: WorkingCalendar, _ now: Instant,
        isManual: Bool = false
    ) throws -> NoticeId {
        let time = now.milliseconds
        let due = DueRules.due(of: facts, calendar: calendar)
        let rest: StatementArguments = [
            due?.on.dayNumber, due?.basis.rawValue, account.rawValue, portal, facts.externalKey, 1, time, time,
            isManual ? 1 : 0,
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
                "due_on", "due_basis", "account_id", "portal", "external_key", "version", "first_seen_at",
                "last_seen_at", "is_manual",
            ]
        let marks = Array(repeating: "?", count: names.count).joined(separator: ", ")
        return "INSERT INTO notice (\(names.joined(separator: ", "))) VALUES (\(marks))"
    }()

    private static let revision =
        "UPDATE notice SET \(NoticeContent.columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?"

    /// Returns whether the content changed.
    private func revise(
        _ known: Notice, _ facts: NoticeFacts, _ portal: Int64, _ calendar: WorkingCalendar, _ now: Instant
    ) throws -> Bool {
        let id = known.id.rawValue
        var changes = NoticeContent.changes(from: known.facts, to: facts)
        if known.goneAt != nil { changes.append((NoticeChange.listing, NoticeChange.gone, NoticeChange.listed)) }
        try db.run(
            """
            UPDATE notice SET last_seen_at = ?, version = version + ?, external_key = ?, is_manual = 0, gone_at = NULL
            WHERE id = ?
            """, [now.milliseconds, changes.isEmpty ? 0 : 1, facts.externalKey, id])
        if facts.documents != known.facts.documents { try writeDocuments(facts.documents, id) }
        try db.run(Self.revision, NoticeContent.arguments(facts) + [id])
        try record(changes, of: known, now)
        if !changes.isEmpty { try NoticeIndexing.renew(known.id, db) }
        let due = DueRules.due(of: facts, manual: known.work.dueOn, calendar: calendar)
        try moveDue(known, portal, to: due, facts.state)
        return !changes.isEmpty
    }

    func record(_ changes: [NoticeContent.Change], of known: Notice, _ now: Instant) throws {
        for change in changes {
            try db.run(
                "INSERT INTO notice_change (notice_id, version, field, at, old, new) VALUES (?, ?, ?, ?, ?, ?)",
                [known.id.rawValue, known.version + 1, change.field, now.milliseconds, change.old, change.new])
        }
    }

    /// Leaves the notice with the date that counts now, and counts it where it stands now.
    func moveDue(_ known: Notice, _ portal: Int64, to due: DueDate?, _ state: NoticeState) throws {
        if due != known.due {
            try db.run(
                "UPDATE notice SET due_on = ?, due_basis = ? WHERE id = ?",
                [due?.on.dayNumber, due?.basis.rawValue, known.id.rawValue])
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
