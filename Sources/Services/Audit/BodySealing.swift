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
        /// Keys that the vault does not hold yet, by name.
        var unkept: [String: BodyKey] = [:]
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
            (state.key, state.day) = (key, day)
            state.unkept[key.name] = key
            return key
        }
    }

    /// Keeps the keys of these bodies with them, as far as the vault does not hold them yet.
    ///
    /// - Returns: their names, for `noteKept` once the transaction stands.
    /// - Throws: a `Complaint` or a `VaultProblem` when the vault takes none now.
    func keepKeys(of bodies: [SealedBody], _ writer: StoreWriter, at now: Instant) throws -> Set<String> {
        let unkept = state.withLock { $0.unkept }
        let names = Set(bodies.map(\.key)).filter { unkept[$0] != nil }
        for name in names.sorted() {
            guard let key = unkept[name], try writer.reader.secret(.auditBodies, of: name) == nil else { continue }
            try workspace.keep(key.secret, as: .auditBodies, of: name, writer, at: now)
        }
        return names
    }

    func noteKept(_ names: Set<String>) {
        guard !names.isEmpty else { return }
        state.withLock { state in for name in names { state.unkept[name] = nil } }
    }
}
