public import Domain
internal import GRDB

extension StoreWriter {
    /// Adds a new business.
    /// - Throws: `.refused` when the name is empty, or its PAN or an identity belongs to another business.
    public func add(_ draft: BusinessDraft, now: Instant) throws -> BusinessId {
        if let pan = draft.pan, let owner = try business(pan: pan.text) {
            throw StoreProblem.refused("PAN \(pan) belongs to \(try businessName(owner)) already")
        }
        switch try store(draft, in: nil, now: now) {
        case .refused(let reason): throw StoreProblem.refused(reason)
        case .created(let id), .extended(let id), .unchanged(let id): return id
        }
    }

    /// Stores rows of a spreadsheet: a row joins the business of the same PAN, else of the same name; a row that was
    /// seen before changes nothing; a refused row keeps nothing and does not touch the others.
    public func importBusinesses(_ drafts: [BusinessDraft], now: Instant) throws -> [ImportOutcome] {
        try drafts.map { draft in
            switch try match(draft) {
            case .failure(let refusal): .refused(refusal.reason)
            case .success(let business): try store(draft, in: business, now: now)
            }
        }
    }

    private struct Refusal: Error { var reason: String }

    /// The business that a draft speaks of; nil for a new one.
    private func match(_ draft: BusinessDraft) throws -> Result<Int64?, Refusal> {
        if let pan = draft.pan, let id = try business(pan: pan.text) { return .success(id) }
        let sql = """
            SELECT id FROM business INDEXED BY business_by_name WHERE name_key = ? AND removed_at IS NULL
            AND (pan IS NULL OR ?) ORDER BY id LIMIT 2
            """
        let named = try db.numbers(sql, [SearchText.folded(draft.name), draft.pan == nil])
        if named.count < 2 { return .success(named.first) }
        let owners = try WantedIdentity.of(draft).compactMap { wanted in
            try holder(wanted.identity).flatMap { $0.isRemoved ? nil : $0.business }
        }
        if let owner = owners.first, owners.allSatisfy({ $0 == owner }) { return .success(owner) }
        return .failure(Refusal(reason: "several businesses are named \(draft.name): give the PAN"))
    }

    private func store(_ draft: BusinessDraft, in known: Int64?, now: Instant) throws -> ImportOutcome {
        let name = HarmlessText.line(draft.name, limit: 200).trimmed
        if name.isEmpty { return .refused("the name is empty") }
        let wanted = WantedIdentity.of(draft)
        for one in wanted {
            if let reason = try refusal(one.identity, for: known) { return .refused(reason) }
        }
        let id = try known ?? insertBusiness(name, draft, now)
        var hasChanged = known == nil
        if let known { hasChanged = try fill(known, draft) }
        for one in wanted where try attach(one, to: id, now: now) { hasChanged = true }
        if known == nil { return .created(BusinessId(id)) }
        return hasChanged ? .extended(BusinessId(id)) : .unchanged(BusinessId(id))
    }

    private func insertBusiness(_ name: String, _ draft: BusinessDraft, _ now: Instant) throws -> Int64 {
        let group = HarmlessText.line(draft.group, limit: 100).trimmed
        try db.run(
            """
            INSERT INTO business (name, name_key, search_text, pan, group_name, created_at, formed_on)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                name, SearchText.folded(name), SearchText.business(name, group), draft.pan?.text, group,
                now.milliseconds, draft.formedOn?.dayNumber,
            ])
        return db.lastInsertedRowID
    }

    /// Adds a PAN, a group or a date that the business did not have.
    private func fill(_ id: Int64, _ draft: BusinessDraft) throws -> Bool {
        var hasChanged = false
        if let pan = draft.pan {
            try db.run("UPDATE business SET pan = ? WHERE id = ? AND pan IS NULL", [pan.text, id])
            hasChanged = db.changesCount > 0
        }
        let group = HarmlessText.line(draft.group, limit: 100).trimmed
        if !group.isEmpty {
            try db.run(
                """
                UPDATE business SET group_name = ?1, search_text = search_text || ' ' || ?2
                WHERE id = ?3 AND group_name = ''
                """, [group, SearchText.folded(group), id])
            hasChanged = hasChanged || db.changesCount > 0
        }
        if let day = draft.formedOn {
            try db.run(
                "UPDATE business SET formed_on = ? WHERE id = ? AND formed_on IS NULL", [day.dayNumber, id])
            hasChanged = hasChanged || db.changesCount > 0
        }
        return hasChanged
    }

    func business(pan: String) throws -> Int64? {
        try db.number("SELECT id FROM business WHERE pan = ? AND removed_at IS NULL", [pan])
    }

    func businessName(_ id: Int64) throws -> String {
        let statement = try db.cachedStatement(sql: "SELECT name FROM business WHERE id = ?")
        return try String.fetchOne(statement, arguments: [id]) ?? "another business"
    }
}

extension SearchText {
    /// What a search for a business looks through.
    static func business(_ name: String, _ group: String) -> String { folded("\(name) \(group)") }
}
