import Domain
import Portals
import Store

/// Keeps sessions at NIC sealed in the vault, so that a worker that starts anew need not log in again.
struct SealedNicKeeper: NicSessionKeeper {
    let workspace: Workspace
    let provider: String

    private func owner(_ gstin: Gstin) -> String { "\(provider)/\(gstin)" }

    func session(of gstin: Gstin) async throws -> NicSession? {
        do {
            return try await workspace.secret(.apiSession, of: owner(gstin)).flatMap { NicSession($0) }
        } catch {
            // A damaged session is no session; another one is opened.
            guard error.status == .badData else { throw error }
            return nil
        }
    }

    func refuse(_ gstin: Gstin, userVersion: Int, why: String) async {
        let (workspace, provider) = (workspace, provider)
        let store = UntilStored(alarm: workspace.surroundings.alarm) { Task.isCancelled }
        _ = await store.run {
            try await workspace.store.write {
                try $0.refuseApiUser(provider, gstin, version: userVersion, why: why)
            }
        } onFailure: { _ in
        }
    }

    func keep(_ session: NicSession, of gstin: Gstin) async throws {
        let (workspace, owner, now) = (workspace, owner(gstin), workspace.now)
        try await workspace.write { writer in
            try workspace.keep(session.secret(), as: .apiSession, of: owner, writer, at: now)
        }
    }

    func discard(_ session: NicSession, of gstin: Gstin) async {
        let (workspace, owner, id) = (workspace, owner(gstin), session.id)
        let store = UntilStored(alarm: workspace.surroundings.alarm) { Task.isCancelled }
        _ = await store.run {
            try await workspace.store.write { writer in
                guard let stored = try writer.reader.secret(.apiSession, of: owner) else { return }
                // What does not open here is nobody's session any more, or will be opened anew.
                let kept = (try? workspace.opened(stored)).flatMap { NicSession($0) }
                if kept == nil || kept?.id == id { try writer.removeSecret(.apiSession, of: owner) }
            }
        } onFailure: { _ in
        }
    }
}
