import Domain
import Foundation
import Secrets
import Testing
import Vault

@testable import Services
@testable import Store

/// A workspace with an admin, an operator and a supporter, two logins, and mail that stays in its own inbox.
struct Office {
    static let first = PortalIdentity(stored: .gst, "09AAFHH6756K1ZQ")
    static let second = PortalIdentity(stored: .incomeTax, "AAFHH6756K")
    static let password = "made-up staff password"

    let place: Place
    /// The admin asha, logged in.
    let admin: Workspace

    static func make(settings: String = "[mail]\ntransport = \"maildir\"\n") async throws -> Office {
        let place = try Place()
        let provider = WorkHouse.provider("http://127.0.0.1:9", secret: "none", concurrency: 1)
        try await place.workspace(settings: settings, providers: ["bridge.toml": provider]).close()
        let office = Office(place: place, admin: try await Self.enter(place, "asha", Place.password))
        let draft = BusinessDraft(name: "Harihar & Co", pan: try Pan(second.text), gstin: try Gstin(first.text))
        _ = try await office.admin.businesses.add(draft)
        for identity in [first, second] {
            try await office.admin.credentials.setLogin(
                identity, username: "user", password: SecretBytes(utf8: secret(identity)))
        }
        return office
    }

    static func secret(_ identity: PortalIdentity) -> String { "secret of \(identity.text)" }

    func add(_ name: String, _ role: Role, _ grants: CredentialGrant...) async throws {
        try await admin.people.add(
            .init(name: name, email: "\(name)@firm.example", role: role, password: SecretBytes(utf8: Self.password)))
        for grant in grants { try await admin.people.grant(name, grant) }
    }

    /// Another process of another Unix user, in which somebody has logged in.
    ///
    /// - Parameter searchPath: where programs are looked for; nil looks in the usual places.
    func enter(
        _ name: String, password: String = password, searchPath: String? = nil
    ) async throws -> Workspace {
        try await Self.enter(place, name, password, searchPath)
    }

    private static func enter(
        _ place: Place, _ name: String, _ password: String, _ searchPath: String? = nil
    ) async throws -> Workspace {
        let runtime = "\(place.folder)/runtime-\(UUID().uuidString)"
        mkdir(runtime, 0o700)
        var surroundings = place.surroundings
        surroundings.environment["XDG_RUNTIME_DIR"] = runtime
        surroundings.environment["PATH"] = searchPath
        let workspace = try Workspace.open(place.home, surroundings)
        _ = try await workspace.login.login(name, SecretBytes(utf8: password))
        return workspace
    }

    /// The code of the newest message, and to whom it went.
    func mailed() async throws -> (code: SecretBytes, to: String) {
        let mail = try #require(try await admin.mail.inbox().last)
        let code = try #require(mail.text.firstMatch(of: /\b[0-9]{8}\b/))
        return (SecretBytes(utf8: String(code.output)), mail.to)
    }

    /// Nobody has to wait for wrong codes any more.
    func forgive() async throws {
        try await admin.store.write { writer in
            for person in try writer.reader.people() { try writer.clearFailures(.code, of: person.name) }
        }
    }

    func actions(_ subject: PortalIdentity = first) async throws -> [String] {
        try await admin.store.read { try $0.auditEvents(AuditQuery(subject: subject.auditSubject)) }
            .map { "\($0.actor) \($0.action) \($0.outcome)" }
    }
}

extension SecretBytes {
    var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    /// Another code of the same length.
    var wrong: SecretBytes { SecretBytes(utf8: String(text.map { $0 == "9" ? "0" : "9" })) }
}
