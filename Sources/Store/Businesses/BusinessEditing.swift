public import Domain
internal import GRDB

extension StoreWriter {
    /// Leaves the business as the edit says; accounts of identities that it no longer has are taken out of use.
    /// - Throws: `.refused` when it does not exist, an identity belongs to another, or a job of a lost account runs.
    public func update(_ id: BusinessId, _ edit: BusinessEdit, now: Instant) throws {
        try requireBusiness(id)
        let name = HarmlessText.line(edit.name, limit: 200).trimmed
        if name.isEmpty { throw StoreProblem.refused("the name is empty") }
        if let pan = edit.pan, let owner = try business(pan: pan.text), owner != id.rawValue {
            throw StoreProblem.refused("PAN \(pan) belongs to \(try businessName(owner)) already")
        }
        var wanted = edit.gstins.map { PortalIdentity(stored: .gst, $0.text) }
        wanted += edit.tans.map { PortalIdentity(stored: .traces, $0.text) }
        if let pan = edit.pan { wanted.append(PortalIdentity(stored: .incomeTax, pan.text)) }
        for identity in wanted {
            if let reason = try refusal(identity, for: id.rawValue) { throw StoreProblem.refused(reason) }
        }
        let kept = Set(wanted + edit.tans.map { PortalIdentity(stored: .incomeTax, $0.text) })
        for (account, identity) in try standingAccounts(id) where !kept.contains(identity) {
            try detach(account, now: now)
        }
        let group = HarmlessText.line(edit.group, limit: 100).trimmed
        try db.run(
            """
            UPDATE business SET name = ?, name_key = ?, search_text = ?, pan = ?, group_name = ?, formed_on = ?
            WHERE id = ?
            """,
            [
                name, SearchText.folded(name), SearchText.business(name, group), edit.pan?.text, group,
                edit.formedOn?.dayNumber, id.rawValue,
            ])
        for identity in wanted { _ = try attach(WantedIdentity(identity: identity), to: id.rawValue, now: now) }
        try NoticeIndexing.renew(business: id.rawValue, db)
    }

    /// Takes the business and its accounts out of use; their history stays.
    /// - Throws: `.refused` while a job of it runs.
    public func remove(_ id: BusinessId, now: Instant) throws {
        try requireBusiness(id)
        for (account, _) in try standingAccounts(id) { try detach(account, now: now) }
        try db.run("UPDATE business SET removed_at = ? WHERE id = ?", [now.milliseconds, id.rawValue])
    }

    private func requireBusiness(_ id: BusinessId) throws {
        let sql = "SELECT 1 FROM business WHERE id = ? AND removed_at IS NULL"
        if try db.number(sql, [id.rawValue]) == nil { throw StoreProblem.refused("there is no such business") }
    }

    private func standingAccounts(_ id: BusinessId) throws -> [(Int64, PortalIdentity)] {
        let sql = "SELECT id, portal, identity FROM account WHERE business_id = ? AND removed_at IS NULL ORDER BY id"
        return try db.mapRows(sql, [id.rawValue]) { row in
            (row[0], PortalIdentity(stored: Portal(code: row[1]), row[2]))
        }
    }
}
