public import Domain
internal import GRDB

// What people add to notices. No fetch touches any of it.
extension StoreWriter {
    /// - Parameter name: nil gives the notice to nobody.
    public func assign(_ id: NoticeId, to name: String?) throws {
        _ = try standing(id)
        try db.run("UPDATE notice SET assignee = ? WHERE id = ?", [name, id.rawValue])
    }

    /// - Parameter tag: as `NoticeTag` writes it.
    public func tag(_ id: NoticeId, _ tag: String) throws {
        _ = try standing(id)
        try db.run("INSERT INTO notice_tag (notice_id, tag) VALUES (?, ?) ON CONFLICT DO NOTHING", [id.rawValue, tag])
        try NoticeIndexing.renew(id, db)
    }

    /// - Returns: whether the notice had the tag.
    public func untag(_ id: NoticeId, _ tag: String) throws -> Bool {
        _ = try standing(id)
        try db.run("DELETE FROM notice_tag WHERE notice_id = ? AND tag = ?", [id.rawValue, tag])
        guard db.changesCount > 0 else { return false }
        try NoticeIndexing.renew(id, db)
        return true
    }

    public func addNote(_ id: NoticeId, _ note: NoticeNote) throws {
        _ = try standing(id)
        try db.run(
            "INSERT INTO notice_note (notice_id, at, author, text) VALUES (?, ?, ?, ?)",
            [id.rawValue, note.at.milliseconds, note.author, note.text])
        try NoticeIndexing.renew(id, db)
    }

    /// Sets the date that goes before every other; nil gives way to the portal's or the rule's again.
    public func setManualDue(_ id: NoticeId, _ day: LegalDate?, calendar: WorkingCalendar = WorkingCalendar()) throws {
        let known = try standing(id)
        try db.run("UPDATE notice SET manual_due_on = ? WHERE id = ?", [day?.dayNumber, id.rawValue])
        let due = DueRules.due(of: known.facts, manual: day, calendar: calendar)
        try moveDue(known, Int64(known.identity.portal.code), to: due, known.facts.state)
    }

    /// A notice that a person enters; it counts as seen by them.
    public func addManual(
        _ account: AccountId, _ facts: NoticeFacts, calendar: WorkingCalendar = WorkingCalendar(), now: Instant
    ) throws -> NoticeId {
        let sql = "SELECT id FROM notice WHERE account_id = ? AND upper(reference) = upper(?)"
        if !facts.reference.isEmpty, let other = try db.number(sql, [account.rawValue, facts.reference]) {
            throw StoreProblem.refused("notice \(other) has the reference \(facts.reference) already")
        }
        let id = try insert(facts, account, try portal(of: account), calendar, now, isManual: true)
        try markSeen([id], at: now)
        return id
    }

    /// Says how a notice stands of which nobody else tells it; no fetch overwrites it until the portal tells a state.
    /// - Throws: `.refused` while the state is the portal's.
    public func setState(
        _ id: NoticeId, _ state: NoticeState, calendar: WorkingCalendar = WorkingCalendar(), now: Instant
    ) throws {
        let known = try standing(id)
        guard known.stateIsOurs else {
            throw StoreProblem.refused("the portal tells the state of notice \(id.rawValue), so it is the portal's")
        }
        try db.run("UPDATE notice SET own_state = ? WHERE id = ?", [state.rawValue, id.rawValue])
        guard state != known.facts.state else { return }
        var facts = known.facts
        facts.state = state
        try db.run(
            "UPDATE notice SET state = ?, version = version + 1 WHERE id = ?", [state.rawValue, id.rawValue])
        try record(NoticeContent.changes(from: known.facts, to: facts), of: known, now)
        let due = DueRules.due(of: facts, manual: known.work.dueOn, calendar: calendar)
        try moveDue(known, Int64(known.identity.portal.code), to: due, state)
    }

    /// Notes that places which were read whole no longer list what they listed before. What another provider delivered
    /// is left alone: that this one does not list it says nothing.
    ///
    /// - Parameters:
    ///   - provider: who read the places; nil where that is not known.
    ///   - job: that read them.
    ///   - start: what was seen since then is there.
    /// - Returns: how many are newly gone.
    @discardableResult
    public func markGone(
        _ account: AccountId, places: [WholePlace], by provider: String? = nil, of job: JobId? = nil,
        notSeenSince start: Instant, now: Instant
    ) throws -> Int {
        let sql = """
            SELECT 1 FROM notice WHERE account_id = ? AND last_seen_at < ? AND is_manual = 0 AND gone_at IS NULL LIMIT 1
            """
        if try places.isEmpty || db.isEmpty(sql, [account.rawValue, start.milliseconds]) { return 0 }
        var count = 0
        for whole in places {
            let missing = try db.mapRows(
                """
                \(NoticeRow.select) WHERE n.account_id = ?1 AND n.place = ?2 AND n.last_seen_at < ?3 AND n.is_manual = 0
                AND n.gone_at IS NULL AND n.state <> 'withdrawn' AND (?4 IS NULL OR n.issued_on >= ?4)
                AND (?5 IS NULL OR n.provider IS NULL OR n.provider = ?5)
                """,
                [
                    account.rawValue, whole.place.rawValue, start.milliseconds, whole.reachesBackTo?.dayNumber,
                    provider,
                ],
                NoticeRow.notice)
            for notice in missing {
                try db.run(
                    "UPDATE notice SET gone_at = ?, version = version + 1 WHERE id = ?",
                    [now.milliseconds, notice.id.rawValue])
                let change = (NoticeChange.listing, NoticeChange.listed, NoticeChange.gone)
                try record([change], of: notice, by: job, now)
                count += 1
            }
        }
        return count
    }

    private func standing(_ id: NoticeId) throws -> Notice {
        guard let notice = try db.firstRow("\(NoticeRow.select) WHERE n.id = ?", [id.rawValue], NoticeRow.notice)
        else { throw StoreProblem.refused("there is no notice \(id.rawValue)") }
        return notice
    }
}

extension StoreReader {
    /// The oldest first.
    public func noticeNotes(_ id: NoticeId) throws -> [NoticeNote] {
        let sql = "SELECT at, author, text FROM notice_note WHERE notice_id = ? ORDER BY id"
        return try database().mapRows(sql, [id.rawValue]) { row in
            NoticeNote(at: Instant(milliseconds: row[0]), author: row[1], text: row[2])
        }
    }
}
