import Domain
import Foundation
import Secrets
import Store
import Vault

/// Fills a fresh demo workspace in bulk: businesses, logins, finished jobs. Used by `demo` and by benchmarks.
public struct Population: Sendable {
    let workspace: Workspace

    public init(workspace: Workspace) { self.workspace = workspace }

    /// A login of the demo.
    public struct Login: Sendable {
        public var identity: PortalIdentity
        public var username: String
        public var password: SecretBytes
        public var isVerified: Bool
        public var reason: Cause?

        public init(identity: PortalIdentity, username: String, password: SecretBytes, isVerified: Bool, reason: Cause?)
        {
            self.identity = identity
            self.username = username
            self.password = password
            self.isVerified = isVerified
            self.reason = reason
        }
    }

    public func add(businesses: [BusinessDraft]) async throws(Complaint) {
        let now = workspace.now
        for start in stride(from: 0, to: businesses.count, by: 2_000) {
            let part = Array(businesses[start..<min(start + 2_000, businesses.count)])
            try await workspace.write { _ = try $0.importBusinesses(part, now: now) }
        }
    }

    public func add(logins: [Login], checkedAt: Instant) async throws(Complaint) {
        for start in stride(from: 0, to: logins.count, by: 500) {
            let part = Array(logins[start..<min(start + 500, logins.count)])
            try await workspace.write { [workspace] writer in
                let sealer = try workspace.sealer(writer.reader)
                for login in part {
                    guard let account = try writer.reader.account(login.identity) else { continue }
                    let sealed = try sealer.seal(login.password, at: PasswordPlace(next: account))
                    try writer.setLogin(account.id, username: login.username, sealedPassword: sealed, at: checkedAt)
                    if login.isVerified {
                        try writer.setStatus(account.id, .verified, cause: nil, message: "", at: checkedAt)
                    } else if let reason = login.reason, reason != .neverChecked {
                        try writer.setStatus(
                            account.id, .notVerified, cause: reason, message: reason.title, at: checkedAt)
                    }
                }
            }
        }
    }

    /// An API user of a GSTIN at a provider that carries out actions.
    public struct ApiLogin: Sendable {
        public var gstin: Gstin
        public var provider: String
        public var name: String
        public var password: SecretBytes

        public init(gstin: Gstin, provider: String, name: String, password: SecretBytes) {
            self.gstin = gstin
            self.provider = provider
            self.name = name
            self.password = password
        }
    }

    public func add(apiLogins logins: [ApiLogin]) async throws(Complaint) {
        let now = workspace.now
        for start in stride(from: 0, to: logins.count, by: 500) {
            let part = Array(logins[start..<min(start + 500, logins.count)])
            try await workspace.write { [workspace] writer in
                for login in part {
                    _ = try writer.setApiUser(login.provider, login.gstin, name: login.name, at: now)
                    try workspace.keep(
                        login.password, as: .apiUser, of: "\(login.provider)/\(login.gstin)", writer, at: now)
                }
            }
        }
    }

    /// Who serves an identity instead of the provider of its portal, with the taxpayer's written authority for it.
    public struct Choice: Sendable {
        public var identity: PortalIdentity
        public var provider: String
        public var authorityOn: LegalDate

        public init(identity: PortalIdentity, provider: String, authorityOn: LegalDate) {
            self.identity = identity
            self.provider = provider
            self.authorityOn = authorityOn
        }
    }

    public func add(choices: [Choice]) async throws(Complaint) {
        let now = workspace.now
        try await workspace.write { writer in
            for choice in choices {
                guard let account = try writer.reader.account(choice.identity) else { continue }
                try writer.setProvider(account.id, choice.provider)
                try writer.setAuthority(
                    of: account.id, givenOn: choice.authorityOn, note: "made up for the demo", by: "demo", at: now)
            }
        }
    }

    /// A finished job of the demo, by identity.
    public struct PastJob: Sendable {
        public var identity: PortalIdentity
        public var status: JobStatus
        public var startedAt: Instant
        public var completedAt: Instant
        public var cause: Cause?
        /// What the last attempt met, of one that was given up.
        public var lastCause: Cause?
        public var message: String
        public var noticesNew: Int
        public var attempt: Int
        public var log: [JobLogEntry]

        public init(
            identity: PortalIdentity, status: JobStatus, startedAt: Instant, completedAt: Instant, cause: Cause? = nil,
            message: String = "", noticesNew: Int = 0, attempt: Int = 1, log: [JobLogEntry] = []
        ) {
            self.attempt = attempt
            self.identity = identity
            self.status = status
            self.startedAt = startedAt
            self.completedAt = completedAt
            self.cause = cause
            self.message = message
            self.noticesNew = noticesNew
            self.log = log
        }
    }

    /// Stores `count` past jobs, made one by one, oldest first. `progress` is told how many are stored.
    ///
    /// All are kept, or none: a large load goes without the indexes of pages, which are built once at its end.
    public func add(
        jobs count: Int, progress: @escaping @Sendable (Int) -> Void, _ make: @escaping @Sendable (Int) -> PastJob
    ) async throws(Complaint) {
        let ids = try await accountIds()
        let batch = 20_000
        try await workspace.write { writer in
            let load = {
                for start in stride(from: 0, to: count, by: batch) {
                    let end = min(start + batch, count)
                    try writer.insertHistory((start..<end).compactMap { Self.historic(make($0), ids) })
                    progress(end)
                }
            }
            if count > batch { try writer.withBulkLoad(load) } else { try load() }
        }
        await workspace.store.checkpoint()
    }

    /// Says of notices and past jobs, when both are stored, which job brought which.
    public func linkNotices() async throws(Complaint) { try await workspace.write { try $0.linkNotices() } }

    private static func historic(_ job: PastJob, _ ids: [PortalIdentity: AccountId]) -> HistoricJob? {
        ids[job.identity].map { account in
            HistoricJob(
                accountId: account, kind: .fetch, status: job.status, trigger: .schedule, attempt: job.attempt,
                createdAt: job.startedAt, startedAt: job.startedAt, completedAt: job.completedAt, cause: job.cause,
                lastCause: job.lastCause, message: job.message, noticesNew: job.noticesNew, log: job.log)
        }
    }

    private func accountIds() async throws(Complaint) -> [PortalIdentity: AccountId] {
        let page = try await workspace.read { try $0.accounts(AccountQuery(perPage: nil)) }
        return Dictionary(page.rows.map { ($0.identity, $0.id) }, uniquingKeysWith: { first, _ in first })
    }

    /// What calls to a provider came to.
    public func add(hours: [ProviderHour]) async throws(Complaint) { try await workspace.write { try $0.add(hours) } }

    /// What the providers are taken to have answered last.
    public func noteProviders(_ portals: [Portal], at instant: Instant) async throws(Complaint) {
        try await workspace.write { writer in
            for portal in portals { try writer.setProviderState(portal, ok: true, message: "", at: instant) }
        }
    }
}
