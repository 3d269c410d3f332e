import Domain
import Foundation
import Secrets
import Store
import Vault

/// Makes new workspaces.
public struct SetupService: Sendable {
    let home: Home
    let surroundings: Surroundings
    /// A demo's password is on its lock screen, and need not be a good one.
    let isDemo: Bool

    public init(home: Home, surroundings: Surroundings, isDemo: Bool = false) {
        self.home = home
        self.surroundings = surroundings
        self.isDemo = isDemo
    }

    /// The first admin, with a password whose hash is stored.
    public struct Admin: Sendable {
        public var name: String
        public var email: String
        public var password: SecretBytes
        public init(name: String, email: String, password: SecretBytes) {
            self.name = name
            self.email = email
            self.password = password
        }
    }

    /// A new workspace, logged in and open.
    public struct Created: Sendable {
        public var workspace: Workspace
        /// Opens the vault when every password is lost. To be shown now, and never again.
        public var recoveryCode: SecretBytes
    }

    /// Makes folders, settings, providers, database, the first admin and the vault, and logs that admin in. A folder
    /// with a workspace is refused.
    public func create(
        _ admin: Admin, providers: [(name: String, text: String)], settings: String = Settings.template
    ) async throws(Complaint) -> Created {
        if home.exists {
            throw Complaint(
                "there is a workspace at \(home.path) already", remedy: "Open it, or name another --home",
                status: .badData)
        }
        try PersonRules.check(name: admin.name)
        try PersonRules.check(email: admin.email)
        if !isDemo { try PersonRules.check(newPassword: admin.password, of: admin.name) }
        try home.prepare()
        if !FileManager.default.fileExists(atPath: home.configuration) {
            try write(settings, to: home.configuration)
        }
        for provider in providers { try write(provider.text, to: "\(home.providers)/\(provider.name)") }
        let cost = surroundings.passwordCost
        let made = try await OwnThread.run { () throws(Complaint) in
            do throws(VaultProblem) {
                return try PersonalLogin.make(admin.name, admin.password, cost: cost)
            } catch {
                throw Complaint(error)
            }
        }
        let person = Person(name: admin.name, email: admin.email, role: .admin)
        try await store(person, made.login)
        let workspace = try Workspace.open(home, surroundings)
        let outcome = try await workspace.login.begin(LoginService.Proof(person: person, key: made.key))
        // The trail's key is there from the first day, so that it can be handed to whoever verifies.
        try await TrailSigning(workspace: workspace).sign(.now)
        guard let code = outcome.recoveryCode else { throw Complaint(VaultProblem.randomUnavailable) }
        return Created(workspace: workspace, recoveryCode: code)
    }

    // What a form asks before it hands a draft over; `create` asks again.

    /// - Throws: a `Complaint` (65) that says what a user name must be like.
    public static func check(name: String) throws(Complaint) { try PersonRules.check(name: name) }

    /// - Throws: a `Complaint` (65) when it is no address.
    public static func check(email: String) throws(Complaint) { try PersonRules.check(email: email) }

    /// - Throws: a `Complaint` (65) for a password that is too short or among the first guesses.
    public static func check(newPassword password: SecretBytes, of name: String) throws(Complaint) {
        try PersonRules.check(newPassword: password, of: name)
    }

    private func store(_ person: Person, _ login: PersonalLogin) async throws(Complaint) {
        do {
            let store = try DeskStore(
                file: home.database, lockFile: home.storeLock, wakeFile: home.wake, access: .readWrite,
                clock: surroundings.clock)
            let now = surroundings.clock()
            let workspaceId = surroundings.random.bytes(8).map { Digits.hex($0) }.joined()
            try await store.write { writer in
                try writer.addPerson(person, passwordHash: login.hash.phc, at: now)
                try writer.store(login, of: person.name)
                try writer.setSetting("workspace.id", workspaceId)
                try writer.recordEvent(Doer(name: person.name).event("workspace.init", person.name, at: now))
            }
            store.close()
        } catch {
            throw Complaint(error, home: home.path)
        }
    }

    private func write(_ text: String, to path: String) throws(Complaint) {
        let file = try ExportFile(path: path)
        try file.write(text)
        try file.close()
    }
}
