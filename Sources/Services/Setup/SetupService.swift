import Domain
import Foundation
import Secrets
import Store
import Vault

/// Makes new workspaces.
public struct SetupService: Sendable {
    let home: Home
    let surroundings: Surroundings

    public init(home: Home, surroundings: Surroundings) {
        self.home = home
        self.surroundings = surroundings
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

    /// Makes folders, key, settings, providers, database and the first admin. A folder with a workspace is refused.
    public func create(
        _ admin: Admin, providers: [(name: String, text: String)], settings: String = Settings.template
    ) async throws(Complaint) -> Workspace {
        if home.exists {
            throw Complaint(
                "there is a workspace at \(home.path) already", remedy: "Open it, or name another --home",
                status: .badData)
        }
        try Self.check(admin)
        try home.prepare()
        do {
            if !FileManager.default.fileExists(atPath: home.vaultKey) {
                _ = try VaultKeyFile(path: home.vaultKey).create()
            }
        } catch {
            throw Complaint(error)
        }
        if !FileManager.default.fileExists(atPath: home.configuration) {
            try write(settings, to: home.configuration)
        }
        for provider in providers { try write(provider.text, to: "\(home.providers)/\(provider.name)") }
        let hash = try await Self.hash(admin.password)
        do {
            let store = try DeskStore(
                file: home.database, lockFile: home.storeLock, wakeFile: home.wake, access: .readWrite,
                clock: surroundings.clock)
            let now = surroundings.clock()
            let person = Person(name: admin.name, email: admin.email, role: .admin)
            let workspaceId = surroundings.random.bytes(8).map { Digits.hex($0) }.joined()
            _ = try await store.write { writer in
                try writer.addPerson(person, passwordHash: hash, at: now)
                try writer.setSetting("workspace.id", workspaceId)
                try writer.note(now, admin.name, "workspace.init", admin.name)
            }
            store.close()
        } catch {
            throw Complaint(error, home: home.path)
        }
        return try Workspace.open(home, surroundings)
    }

    private static func check(_ admin: Admin) throws(Complaint) {
        let allowed = admin.name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "._-@".unicodeScalars.contains($0)
        }
        guard !admin.name.isEmpty, admin.name.count <= 64, allowed else {
            throw Complaint("the user name must have 1 to 64 letters, digits or . _ - @", status: .badData)
        }
        let parts = admin.email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
            admin.email.unicodeScalars.allSatisfy({ HarmlessText.isHarmless($0) && $0 != " " })
        else {
            throw Complaint("\(HarmlessText.line(admin.email, limit: 80)) is no e-mail address", status: .badData)
        }
        guard admin.password.count >= 1 else { throw Complaint("the password is empty", status: .badData) }
    }

    static func hash(_ password: SecretBytes) async throws(Complaint) -> String {
        try await OwnThread.run { () throws(Complaint) in
            do throws(VaultProblem) {
                return try PasswordHash.make(password).phc
            } catch {
                throw Complaint(error)
            }
        }
    }

    private func write(_ text: String, to path: String) throws(Complaint) {
        let file = try ExportFile(path: path)
        try file.write(text)
        try file.close()
    }
}
