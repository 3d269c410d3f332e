import Domain
import Secrets
import Services
import TerminalKit

extension EffectRunner {
    func logIn(_ name: String, _ password: SecretBytes) {
        let workspace = workspace
        perform { () async throws(Complaint) in
            let outcome = try await workspace.login.login(name, password)
            let summary = try await workspace.sync.summary()
            await Self.resume(summary, workspace)
            return .loggedIn(
                LoggedIn(person: outcome.person, summary: summary, recoveryCode: outcome.recoveryCode))
        } onFailure: {
            .loginFailed($0)
        }
    }

    func lock(_ idleSince: Instant?) {
        guard let session = workspace.login.lock(idleSince: idleSince) else { return }
        let workspace = workspace
        perform { () async throws(Complaint) in
            try await workspace.login.closeSession(session)
            return nil
        } onFailure: {
            .notice(Self.toast($0))
        }
    }

    func openVault() {
        let workspace = workspace
        perform { () async throws(Complaint) in
            try await workspace.login.openVault()
            // Provider files may have changed while nothing ran.
            try await workspace.settlePasswordNeeds()
            let summary = try await workspace.sync.summary()
            await Self.resume(summary, workspace)
            return .summary(summary)
        } onFailure: { complaint in
            complaint.endsSession ? .sessionEnded : .notice(Self.toast(complaint))
        }
    }

    func checkSimulation(_ shown: Bool) {
        let workspace = workspace
        perform { () async throws(Complaint) in
            workspace.isSimulated == shown ? nil : .simulation(!shown)
        } onFailure: {
            .notice(Self.toast($0))
        }
    }

    func logOut() {
        let workspace = workspace
        perform { () async throws(Complaint) in
            try await workspace.login.logout()
            return nil
        } onFailure: {
            .notice(Self.toast($0))
        }
    }

    nonisolated private static func toast(_ complaint: Complaint) -> Toast {
        Toast(.danger, complaint.what, detail: complaint.why)
    }

    /// What stands in the queue or in the calendar is taken up without being asked for, as soon as there is a key for it.
    nonisolated private static func resume(_ summary: DeskSummary, _ workspace: Workspace) async {
        let waiting = [JobStatus.queued, .running, .retrying].reduce(0) { $0 + (summary.jobs[$1] ?? 0) }
        if waiting > 0 {
            _ = try? workspace.sync.startWorker()
        } else {
            try? await workspace.schedules.startWorker()
        }
    }
}

extension Complaint {
    /// Whether nobody is logged in any more.
    var endsSession: Bool { self == .sessionEnded || self == .notLoggedIn }
}
