import Domain
import Logging
import Portals
import Store

extension SyncWorker {
    /// Sessions that are refreshed at a time.
    private static let refreshes = 4
    /// A refresh that failed is tried again after so long, while the session lasts.
    private static let refreshPause = Duration.seconds(120)

    /// Refreshes the sessions at GSTN that are about to end. Nobody has to ask for it.
    func refreshSessions(_ now: Instant) async throws(Complaint) {
        guard !isRefreshing else { return }
        let due = try workspace.lookUp { try $0.dueRefreshes(at: now, limit: Self.refreshes) }
        guard !due.isEmpty else { return }
        // Before anything is asked: a worker that dies here tries again, and does not spin.
        let until = now + Self.refreshPause
        try await workspace.write { writer in
            for session in due { try writer.postponeRefresh(of: session.account, until: until) }
        }
        isRefreshing = true
        let (runner, mailbox, log) = (runner, mailbox, log)
        Task {
            for session in due {
                do {
                    try await runner.refresh(session)
                } catch {
                    let why = (error as? PortalFailure)?.message ?? "\(error)"
                    log.warning(
                        "a session at GSTN could not be refreshed",
                        metadata: ["account": "\(session.account)", "why": "\(HarmlessText.line(why, limit: 200))"])
                }
            }
            mailbox.post(.refreshed)
        }
    }

    func refreshesEnded() { isRefreshing = false }
}

extension JobRunner {
    /// Refreshes one session, if it is still open and due.
    func refresh(_ stored: StoredGspSession) async throws {
        let found = try await workspace.credentials.login(
            of: stored.account, needsPassword: connectors.needsPassword)
        guard let account = found.account, let login = found.login else { return }
        let connection = try await connectors.connection(for: account)
        let keeper = SealedGspKeeper(workspace: workspace, provider: connection.profile.name)
        guard let connector = connection.connector as? GspConnector,
            let session = try await keeper.session(of: account.identity), session.state == .open,
            session.refreshAt <= workspace.now
        else { return }
        _ = try await connector.refresh(session, login, reporter: SilentReporter())
    }
}

/// For what belongs to no job: there is no log that it could stand in.
private struct SilentReporter: FetchReporter {
    func log(_ level: LogLevel, _ step: String, _ message: String, detail: String) async {}
    func progress(_ percent: Int) async {}
    func read(_ reading: PlaceReading, notices: [NoticeFacts]) async throws {}
    func hasDocument(sha256: String) async -> Bool { false }
    func storedDocument(externalId: String) async -> NoticeDocument? { nil }
    func store(document: NoticeDocument, bytes: [UInt8]) async throws {}
    func setAside(_ record: StrayRecord) async throws {}
}
