import Domain
import Secrets
import Store
import Vault

extension PeopleService {
    /// Sets a password. One's own key is kept under it; somebody else's cannot be, so an admin's resetting gives that
    /// person a new key and, if they may hold it, the vault's key anew. Every other session of the person ends.
    ///
    /// - Parameter current: one's present password; needed for one's own.
    public func setPassword(
        of name: String, _ password: SecretBytes, current: SecretBytes?
    ) async throws(Complaint) {
        let (doer, isOwn) = try await permitPassword(of: name)
        let person = try await existing(name)
        try PersonRules.check(newPassword: password, of: name)
        var own: VaultPrivateKey?
        if isOwn {
            guard let current else {
                throw Complaint(
                    "the password of \(name) stays as it is", why: "one's own is changed with the present one only",
                    remedy: "Give the present password too", status: .notPermitted)
            }
            own = try await workspace.login.prove(name, current).key
        }
        let (kept, now) = (own, workspace.now)
        let (login, key) = try await login(name, password, key: kept)
        let seen = workspace.keyring.seen
        try await workspace.write { writer in
            // One's own note stays with one's own key.
            try writer.store(login, of: name, pin: kept == nil ? seen.map { key.pin($0) } : nil)
            try writer.removeSessions(of: name, except: isOwn && kept != nil ? doer.session : "")
            try writer.clearFailures(.login, of: name)
            if kept == nil {
                // They were wrapped to the former key, or sealed to it.
                try writer.revokeVaultKeys(of: KeyGrant.Holder.person(name).text)
                try writer.removeAuthenticator(of: name)
            }
            let detail = AuditDetail.text(["by": isOwn ? "owner" : "admin"])
            try writer.recordEvent(doer.event("user.password", name, detail: detail, at: now))
        }
        if kept == nil, person.mayHoldKey { try await workspace.vault.grant(.person(name), by: doer.name) }
    }

    private func permitPassword(of name: String) async throws(Complaint) -> (Doer, isOwn: Bool) {
        let doer = try await workspace.permit(.see)
        if doer.name == name { return (doer, true) }
        return (try await workspace.permit(.administer, on: name), false)
    }

    /// Another address for codes. Reveals of that person rest for a day, so that nobody takes over an account by it
    /// (facts: reliability 9).
    public func setEmail(of name: String, _ email: String) async throws(Complaint) {
        let doer = try await workspace.permit(.administer, on: name)
        let person = try await existing(name)
        try PersonRules.check(email: email)
        let now = workspace.now
        try await workspace.write { writer in
            try writer.setEmail(email, of: name, at: now)
            let detail = AuditDetail.text(["from": person.email, "to": email])
            try writer.recordEvent(doer.event("user.email", name, detail: detail, at: now))
        }
    }
}

/// What a name, an address and a new password must be like.
enum PersonRules {
    static func check(name: String) throws(Complaint) {
        guard !name.isEmpty else { throw Complaint("a user name is needed", status: .badData) }
        // Letters of one alphabet: two names that look the same would be one in the audit trail.
        let allowed = name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "._-@".utf8.contains(byte)
        }
        guard name.count <= 64, allowed, name.first?.isLetter == true || name.first?.isNumber == true else {
            throw Complaint(
                "the user name must have 1 to 64 characters: letters a to z, digits, . _ - @, a letter or digit first",
                status: .badData)
        }
    }

    static func check(email: String) throws(Complaint) {
        guard let address = MailAddress(email), address.name.isEmpty, address.address == email else {
            throw Complaint("\(HarmlessText.line(email, limit: 80)) is no e-mail address", status: .badData)
        }
    }

    /// Length and the plainest guesses only: no rules of composition (facts: reliability 10).
    static func check(newPassword password: SecretBytes, of name: String) throws(Complaint) {
        guard password.count >= shortest else {
            throw Complaint(
                "the password is too short", why: "it needs \(shortest) characters or more",
                remedy: "A few words that only you would put together are good", status: .badData)
        }
        guard password.count <= 1_024 else { throw Complaint("the password is too long", status: .badData) }
        let isCommon = password.withBytes { bytes in
            let text = String(decoding: bytes, as: UTF8.self).lowercased()
            return text == name.lowercased() || common.contains(text) || Set(text).count == 1
        }
        if isCommon {
            throw Complaint("the password is among the first that anybody would try", status: .badData)
        }
    }

    static let shortest = 8
    private static let common: Set<String> = [
        "password", "password1", "12345678", "123456789", "1234567890", "qwertyui", "qwertyuiop", "iloveyou",
        "portaldesk",
    ]
}
