import Domain
import Store

/// How an attempt ended, with all that it tells of the login and of the provider. Stored as one unit.
struct JobConclusion: Sendable {
    /// What the portal said of a login.
    struct LoginWord: Sendable {
        var account: AccountId
        /// The login that was tried; a word about another one is not stored.
        var version: Int
        var status: AccountStatus
        var cause: Cause?
        var message = ""
        /// Stored only on an account that is not verified: a fault of the portal takes no verification away.
        var isWeak = false
        /// Set when nobody knows what the portal made of the password: how many such offers there may be before the account
        /// counts as not verified.
        var unsureTries: Int?
    }

    struct ProviderWord: Sendable {
        var isOk: Bool
        var message = ""
    }

    var outcome: JobOutcome
    var login: LoginWord?
    var provider: ProviderWord?
    /// Calls whose ends are not on record yet.
    var calls: CallEnds?
    /// How calls went since the last conclusion, of whatever job.
    var health: [ProviderGate.News] = []

    /// - Returns: false when the lease was lost: the outcome is then dropped, what was learnt of login and provider is not.
    func store(of claimed: ClaimedJob, owner: String, in writer: StoreWriter, now: Instant) throws -> Bool {
        try calls?.keep(in: writer, at: now)
        if let login {
            let before = try writer.reader.account(login.account)
            try store(login, in: writer, now: now)
            // A fetch that meets what was known is no news of the login.
            let after = try writer.reader.account(login.account)
            let isNews = before?.status != after?.status || before?.reason != after?.reason
            if claimed.job.kind == .verify || isNews { try record(login, claimed, in: writer, now: now) }
        }
        if let provider {
            let portal = claimed.job.portal
            // A provider that a few logins have of their own says nothing of the portal when it fails.
            let counts = try provider.isOk || writer.reader.isServedAsUsual(claimed.job.accountId, at: portal)
            if counts {
                try writer.setProviderState(
                    portal, ok: provider.isOk, message: provider.message, by: claimed.job.accountId, at: now)
            }
        }
        for news in health { try news.keep(in: writer) }
        return try writer.finish(claimed.job.id, generation: claimed.generation, owner: owner, outcome, now: now)
    }

    /// Each verification is on record with what the portal said, and each fetch that found the login otherwise.
    private func record(_ word: LoginWord, _ claimed: ClaimedJob, in writer: StoreWriter, now: Instant) throws {
        let isVerified = word.status == .verified
        let detail = isVerified ? "" : AuditDetail.text(["reason": (word.cause ?? .internal).rawValue])
        try writer.recordEvent(
            Doer(name: "worker").event(
                "account.verify", claimed.job.identity.auditSubject, outcome: isVerified ? "done" : "failed",
                detail: detail, correlation: "job/\(claimed.job.id)", at: now))
    }

    private func store(_ word: LoginWord, in writer: StoreWriter, now: Instant) throws {
        guard let account = try writer.reader.account(word.account) else { return }
        if word.isWeak, account.status == .verified { return }
        if let tries = word.unsureTries {
            try writer.noteUnsureOffer(
                word.account, cause: word.cause ?? .portalDown, message: word.message, tries: tries, at: now,
                loginVersion: word.version)
            return
        }
        try writer.setStatus(
            word.account, word.status, cause: word.cause, message: word.message, at: now, loginVersion: word.version)
    }
}
