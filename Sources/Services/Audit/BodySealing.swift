import Domain
import Secrets
import Store
import Synchronization
import Vault

/// Seals bodies of calls for keeping beside their records. The key is the process's own, a new one each day, and lies
/// sealed in the vault: whoever may open bodies opens it there.
final class BodySealing: Sendable {
    private let workspace: Workspace
    private let state = Mutex(State())

    private struct State {
        var key: BodyKey?
        var day: Int64 = 0
        /// Whether the key itself is kept in the vault.
        var isKept = false
    }

    init(workspace: Workspace) { self.workspace = workspace }

    /// - Parameter hash: of the body, as the record has it; bound into the seal.
    /// - Returns: nil for what is not kept: nothing at all, more than the settings allow, or where there is no vault.
    func seal(_ body: [UInt8], _ side: AuditBodySide, _ hash: String) -> SealedBody? {
        let settings = workspace.settings.audit
        guard !body.isEmpty, settings.bodyDays > 0, body.count <= settings.largestBody else { return nil }
        guard let key = key(), let sealed = try? key.seal(body, at: Self.place(side, hash)) else { return nil }
        return SealedBody(side: side, key: key.name, bytes: sealed)
    }

    static func place(_ side: AuditBodySide, _ hash: String) -> String { "\(side)/\(hash)" }

    /// nil where there is no vault, or nobody who knows its key.
    private func key() -> BodyKey? {
        guard workspace.keyring.seen != nil else { return nil }
        let day = workspace.now.milliseconds / 86_400_000
        return state.withLock { state in
            if let key = state.key, state.day == day { return key }
            let key = BodyKey.make(name: workspace.surroundings.random.bytes(8).map(Digits.hex).joined())
            state = State(key: key, day: day)
            return key
        }
    }

    /// Keeps the key with the first bodies that it sealed.
    ///
    /// - Returns: its name, for `noteKept` once the transaction stands; nil when it was kept before.
    func keepKey(_ writer: StoreWriter, at now: Instant) throws -> String? {
        guard let key = state.withLock({ $0.isKept ? nil : $0.key }) else { return nil }
        if try writer.reader.secret(.auditBodies, of: key.name) != nil { return key.name }
        try workspace.keep(key.secret, as: .auditBodies, of: key.name, writer, at: now)
        return key.name
    }

    func noteKept(_ name: String?) {
        guard let name else { return }
        state.withLock { state in if state.key?.name == name { state.isKept = true } }
    }
}
