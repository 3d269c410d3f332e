import Domain
import Secrets
import Store
import Vault

/// A user name and perhaps a password that may be stored: checked once, for forms, commands and sheets alike.
struct LoginChange: Sendable {
    let username: String
    let password: SecretBytes?

    init(_ username: String, _ password: SecretBytes?) throws(Complaint) {
        let name = username.trimmed
        guard !name.isEmpty else {
            throw Complaint(
                "the user name is empty", remedy: "Enter the user name as the portal knows it", status: .badData)
        }
        guard name.unicodeScalars.allSatisfy(HarmlessText.isHarmless), name.utf8.count <= 200 else {
            throw Complaint("the user name has characters that no portal takes", status: .badData)
        }
        if let password, password.isEmpty || password.count > 1_024 {
            throw Complaint("the password must have 1 to 1,024 bytes", status: .badData)
        }
        self.username = name
        self.password = password
    }

    /// - Parameter passwordless: the accounts of which a user name is a whole login.
    /// - Throws: a `Complaint` for an identity that no business has, and for a login without a password that it needs.
    func store(
        _ identity: PortalIdentity, _ writer: StoreWriter, _ sealer: Sealer, passwordless: ServedAccounts,
        by doer: Doer, at now: Instant
    ) throws {
        guard let account = try writer.reader.account(identity) else { throw Complaint.unknownIdentity(identity) }
        if password == nil, !account.isPasswordSet, !passwordless.contains(account) {
            throw Complaint("a password is needed", why: "none is stored for \(identity)", status: .badData)
        }
        let sealed = try password.map {
            try sealer.seal($0, at: PasswordPlace(next: account))
        }
        try writer.setLogin(account.id, username: username, sealedPassword: sealed, at: now)
        let kept = account.isPasswordSet ? "kept" : "none"
        var facts = ["password": sealed == nil ? kept : "changed", "to": username]
        facts["from"] = account.username
        // What is opened later is compared with this: an older value that somebody put back is noticed.
        if sealed != nil { facts["version"] = "\(account.loginVersion + 1)" }
        let detail = AuditDetail.text(facts)
        try writer.recordEvent(doer.event("account.set", identity.auditSubject, detail: detail, at: now))
    }
}
