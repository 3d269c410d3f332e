internal import Domain
internal import GRDB

/// An identity that a business has, with the user name that came along.
struct WantedIdentity {
    var identity: PortalIdentity
    var username: String?

    /// GST per GSTIN, Income Tax per PAN, TRACES per TAN; Income Tax per TAN only when its user name is given.
    static func of(_ draft: BusinessDraft) -> [WantedIdentity] {
        var wanted: [WantedIdentity] = []
        if let gstin = draft.gstin {
            wanted.append(.init(identity: .init(stored: .gst, gstin.text), username: draft.gstUsername))
        }
        if let pan = draft.pan {
            wanted.append(.init(identity: .init(stored: .incomeTax, pan.text), username: draft.incomeTaxUsername))
        }
        guard let tan = draft.tan else { return wanted }
        wanted.append(.init(identity: .init(stored: .traces, tan.text), username: draft.tracesUsername))
        if let username = draft.tanIncomeTaxUsername, !username.isEmpty {
            wanted.append(.init(identity: .init(stored: .incomeTax, tan.text), username: username))
        }
        return wanted
    }
}

extension StoreWriter {
    /// Who has an identity now.
    struct IdentityHolder {
        var account: Int64
        var business: Int64?
        var username: String?
        var isRemoved: Bool
    }

    func holder(_ identity: PortalIdentity) throws -> IdentityHolder? {
        try db.firstRow(
            "SELECT id, business_id, username, removed_at IS NOT NULL FROM account WHERE portal = ? AND identity = ?",
            [identity.portal.code, identity.text]
        ) { row in
            IdentityHolder(account: row[0], business: row[1], username: row[2], isRemoved: row[3] == Int64(1))
        }
    }

    /// Why the identity cannot go to `business`: another one has it.
    func refusal(_ identity: PortalIdentity, for business: Int64?) throws -> String? {
        guard let holder = try holder(identity), !holder.isRemoved, let owner = holder.business, owner != business
        else { return nil }
        let name = try String.fetchOne(
            db.cachedStatement(sql: "SELECT name FROM business WHERE id = ?"), arguments: [owner])
        return "\(identity.kind.uppercased()) \(identity.text) belongs to \(name ?? "another business") already"
    }

    /// Makes sure that the business has an account for the identity. Returns whether anything changed.
    func attach(_ wanted: WantedIdentity, to business: Int64, now: Instant) throws -> Bool {
        let username = wanted.username.flatMap { $0.isEmpty ? nil : $0 }
        guard let holder = try holder(wanted.identity) else {
            try insertAccount(wanted.identity, business: business, username: username)
            return true
        }
        var hasChanged = false
        if holder.isRemoved || holder.business == nil {
            try changing(holder.account) {
                try db.run(
                    "UPDATE account SET business_id = ?, removed_at = NULL WHERE id = ?", [business, holder.account])
            }
            try NoticeIndexing.renew(business: business, db)
            hasChanged = true
        }
        if let username, holder.username == nil {
            try setLogin(AccountId(holder.account), username: username, sealedPassword: nil, at: now)
            hasChanged = true
        }
        return hasChanged
    }

    private func insertAccount(_ identity: PortalIdentity, business: Int64, username: String?) throws {
        try db.run(
            """
            INSERT INTO account (portal, identity, business_id, username, reason, login_version)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                identity.portal.code, identity.text, business, username, Cause.neverChecked.rawValue,
                username == nil ? 0 : 1,
            ])
        try db.run("INSERT INTO job_account_count (account_id) VALUES (?)", [db.lastInsertedRowID])
        counters.countAccount(portal: identity.portal.code) { $0.accounts += 1 }
    }

    /// Takes an account out of use: its waiting jobs are cancelled, its login is forgotten, its history stays.
    /// - Throws: `.refused` while a job of it runs.
    func detach(_ account: Int64, now: Instant) throws {
        let jobs = try db.mapRows(
            "SELECT \(JobState.columns) FROM job j WHERE j.account_id = ? AND j.completed_at IS NULL", [account],
            JobState.init)
        if let running = jobs.first(where: { $0.status == .running }) {
            throw StoreProblem.refused("job \(running.id) of it is running: cancel it or wait until it ends")
        }
        for job in jobs { try mover.conclude(job, .cancelled, now: now.milliseconds) }
        try removeLogin(AccountId(account), at: now)
        try changing(account) {
            try db.run("UPDATE account SET removed_at = ? WHERE id = ?", [now.milliseconds, account])
        }
        try forgetReadings(AccountId(account))
    }
}
