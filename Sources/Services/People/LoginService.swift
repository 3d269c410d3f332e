import Domain
import Secrets
import Store
import Vault

/// Who is at the desk or gives commands: proves a password, keeps a session, opens the vault for those who hold its key.
public struct LoginService: Sendable {
    let workspace: Workspace

    /// A session ends at the latest after so long, however busy.
    static let longest = Duration.seconds(12 * 3_600)
    /// And when nothing was done in it for so long.
    static let idle = Duration.seconds(30 * 60)

    /// What a login gives beside the session.
    public struct Outcome: Sendable {
        public var person: Person
        /// Set once, when this login gave the workspace its vault: to be shown, and never again.
        public var recoveryCode: SecretBytes?
    }

    /// Proves the password, begins a session and opens the vault as far as the person holds its key.
    ///
    /// - Throws: a `Complaint` (77) for a wrong name or password, a disabled person, or while it is locked after
    ///   failures. It takes as long for a name that does not exist.
    public func login(_ name: String, _ password: SecretBytes) async throws(Complaint) -> Outcome {
        try await begin(try await prove(name, password))
    }

    /// The session of somebody whose password was just proven, or just made.
    func begin(_ proven: Proof) async throws(Complaint) -> Outcome {
        let (name, now) = (proven.person.name, workspace.now)
        let file = try await sessionFile()
        let former = file.load()
        // Whoever logs in again beside their own open desk goes on in its session; another person's session ends.
        let kept = try await workspace.read { reader -> SessionSecret? in
            guard let former, former.usedAt + Self.idle > now, let row = try reader.session(former.secret.id),
                row.person == name, row.endsAt > now
            else { return nil }
            return former.secret
        }
        let secret = kept ?? SessionSecret()
        let sealed = try Self.sealed(proven.key, secret, name)
        let session = StoredSession(
            id: secret.id, person: name, sealed: sealed, createdAt: now, endsAt: now + Self.longest)
        try await workspace.write { writer in
            if let former { try writer.removeSession(former.secret.id) }
            try writer.addSession(session)
            if let login = proven.renewed { try writer.store(login, of: name) }
            try writer.recordEvent(Doer(name: name, session: session.id).event("login", name, at: now))
        }
        try file.store(secret, at: now)
        workspace.acting.stampedAt = now
        workspace.acting.current = .person(name: name, session: session.id)
        let code = try await openVault(proven.person, proven.key)
        return Outcome(person: proven.person, recoveryCode: code)
    }

    /// Takes up the session of this Unix user, if there is one that holds.
    ///
    /// - Parameter opensVault: false leaves the keys for later, where a first paint must not wait for them.
    /// - Returns: nil when there is none, or it ran out.
    @discardableResult
    public func resume(opensVault: Bool = true) async throws(Complaint) -> Person? {
        guard let found = try resumeNow() else { return nil }
        if opensVault { try await openVault() }
        return found
    }

    /// The same on the caller's thread and without the vault: `openVault` follows.
    public func resumeNow() throws(Complaint) -> Person? {
        let now = workspace.now
        let (workspaceId, environment) = (try setting("workspace.id"), workspace.surroundings.environment)
        let file = SessionFile(home: workspace.home, workspaceId: workspaceId ?? "", environment: environment)
        guard let (secret, usedAt) = file.load(), usedAt + Self.idle > now else { return nil }
        let id = secret.id
        let person: Person?
        do {
            person = try workspace.store.readNow { reader -> Person? in
                guard let session = try reader.session(id), session.endsAt > now else { return nil }
                return try reader.person(session.person)
            }
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
        guard let person, person.isEnabled else { return nil }
        stamp(file, now)
        workspace.acting.current = .person(name: person.name, session: id)
        return person
    }

    /// Why nobody is logged in here, for whoever gives a command.
    public func absence() -> Complaint {
        let file = (try? setting("workspace.id")).map {
            SessionFile(home: workspace.home, workspaceId: $0, environment: workspace.surroundings.environment)
        }
        guard let at = file?.lockedAt else { return .notLoggedIn }
        return .lockedDesk(since: TimeText.full(at, offset: workspace.utcOffset(at: at)))
    }

    /// Brings the vault's keys into this process, when the person of the session holds them.
    public func openVault() async throws(Complaint) {
        guard case .person(let name, let id) = workspace.acting.current else { return }
        guard let secret = try await sessionFile().load()?.secret, secret.id == id else { return }
        let found = try await workspace.read { reader in (try reader.session(id), try reader.person(name)) }
        guard let session = found.0, let person = found.1 else { return }
        let key: VaultPrivateKey
        do {
            key = try VaultPrivateKey(try secret.open(session.sealed, for: name))
        } catch {
            // Another session's secret, or a row that was changed: no session at all.
            throw Complaint.sessionEnded
        }
        _ = try await openVault(person, key)
    }

    /// Keeps the session from running out while somebody works in the desk.
    ///
    /// - Parameter at: when they last did; another process that worked in it since has said so already.
    public func touch(at: Instant) async {
        guard case .person = workspace.acting.current, let file = try? await sessionFile(),
            let used = file.load()?.usedAt, used < at
        else { return }
        stamp(file, at)
    }

    private func stamp(_ file: SessionFile, _ at: Instant) {
        file.touch(at)
        workspace.acting.stampedAt = at
    }

    /// Ends the session of this Unix user: its row and its secret go, and the keys of this process.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public func logout() async throws(Complaint) -> Bool {
        let file = try await sessionFile()
        let id = file.load()?.secret.id
        let now = workspace.now
        if let id {
            try await workspace.write { writer in
                guard let session = try writer.reader.session(id) else { return }
                try writer.removeSession(id)
                let doer = Doer(name: session.person, session: id)
                try writer.recordEvent(doer.event("logout", session.person, at: now))
            }
        }
        file.remove()
        wipe()
        return id != nil
    }

    /// Wipes every key of this process; nobody acts until the next login.
    func wipe() {
        workspace.keyring.lock()
        workspace.acting.current = .nobody
    }

    /// Wipes every key and takes the session's secret away, for commands too: whoever ends a locked desk, or goes round
    /// it, finds nothing open. `closeSession` follows, which has to wait for the store.
    ///
    /// The secret of a session that somebody began meanwhile stays: it is not the one that is locked. So does that of one
    /// in which another desk or a command was at work while this desk stood idle: only this process forgets its keys.
    ///
    /// - Parameter idleSince: since when nobody touched this desk; nil where a person locks it, and the session ends.
    /// - Returns: the session that ended; nil when there was none, or it goes on.
    public func lock(idleSince: Instant? = nil) -> String? {
        guard case .person(_, let own) = workspace.acting.current else { return nil }
        if let workspaceId = try? setting("workspace.id") {
            let file = SessionFile(
                home: workspace.home, workspaceId: workspaceId, environment: workspace.surroundings.environment)
            if let found = file.load(), found.secret.id == own {
                if let idleSince, found.usedAt > idleSince, found.usedAt != workspace.acting.stampedAt {
                    wipe()
                    return nil
                }
                file.removeForLock(at: workspace.now)
            }
        }
        wipe()
        return own
    }

    /// Forgets a session whose secret is gone.
    public func closeSession(_ id: String) async throws(Complaint) {
        let now = workspace.now
        try await workspace.write { writer in
            guard let session = try writer.reader.session(id) else { return }
            try writer.removeSession(id)
            let doer = Doer(name: session.person, session: id)
            try writer.recordEvent(doer.event("logout", session.person, outcome: "locked", at: now))
        }
    }

    /// Who acts, as of now.
    public func whoami() async throws(Complaint) -> (person: Person, endsAt: Instant, holdsKey: Bool)? {
        guard case .person(let name, let id) = workspace.acting.current else { return nil }
        let found = try await workspace.read { reader in (try reader.session(id), try reader.person(name)) }
        guard let session = found.0, let person = found.1 else { return nil }
        return (person, session.endsAt, !workspace.keyring.isEmpty)
    }

    func sessionFile() async throws(Complaint) -> SessionFile {
        let id = try await workspace.read { try $0.setting("workspace.id") }
        return SessionFile(
            home: workspace.home, workspaceId: id ?? "", environment: workspace.surroundings.environment)
    }

    private func setting(_ key: String) throws(Complaint) -> String? {
        do {
            return try workspace.store.readNow { try $0.setting(key) }
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
    }

    private static func sealed(
        _ key: VaultPrivateKey, _ secret: SessionSecret, _ name: String
    ) throws(Complaint) -> [UInt8] {
        do {
            return try key.withBytes { try secret.seal(SecretBytes(copying: $0), for: name) }
        } catch {
            throw Complaint(VaultProblem.randomUnavailable)
        }
    }
}

extension Workspace {
    public var login: LoginService { LoginService(workspace: self) }
}

extension StoreWriter {
    /// Stores what is kept of a person's password.
    ///
    /// - Parameter pin: the person's note of the vault's latest key; nil leaves the one that stands.
    func store(_ login: PersonalLogin, of name: String, pin: [UInt8]? = nil) throws {
        try setPasswordHash(login.hash.phc, of: name)
        try setHolderKey(
            HolderKey(
                holder: KeyGrant.Holder.person(name).text, publicKey: login.key.publicKey.bytes,
                sealed: login.key.sealed, pin: pin))
    }
}
