import Domain
import Secrets
import Store
import Vault

/// Shows a stored password to somebody who may see it, after a code that proves they are there: mailed, or of an
/// authenticator app. The code is sent at once, never queued, and stands nowhere but in the message.
public struct RevealService: Sendable {
    let workspace: Workspace

    /// For a command that must first ask for something.
    ///
    /// - Throws: a `Complaint` (77) for a role that may not reveal.
    public func requirePermitted(_ identity: PortalIdentity) async throws(Complaint) {
        _ = try await workspace.permit(.revealPassword, on: identity.auditSubject)
    }

    /// Asks for a reveal and sends the code.
    ///
    /// - Parameter reason: why, for the audit trail; one line.
    /// - Throws: a `Complaint`: 77 not permitted, or rests; 65 no password is stored; 75 too many codes; 69, 78, 1
    ///   when the code could not be sent: nothing can be revealed then.
    public func begin(_ identity: PortalIdentity, reason: String) async throws(Complaint) -> Challenge {
        let doer = try await workspace.permit(.revealPassword, on: identity.auditSubject)
        let subject = try await subject(of: identity)
        let reason = HarmlessText.line(reason, limit: 200)
        let detail = AuditDetail.text(["reason": reason.isEmpty ? "not given" : reason])
        try await record(doer.event("reveal.request", identity.auditSubject, detail: detail, at: workspace.now))
        try await checkPatience(doer)
        guard workspace.settings.reveal.confirm == .mail else {
            return try await workspace.authenticator.challenge(identity, doer)
        }
        return try await send(identity, subject, reason, doer)
    }

    /// Answers the challenge. Right once: of two right answers at the same moment one is refused.
    ///
    /// - Throws: a `Complaint` (77) for a code that is wrong, used, void, run out, or of another account, person or
    ///   session; it does not say which.
    public func confirm(_ challenge: Challenge, code: SecretBytes) async throws(Complaint) -> Revealed {
        let doer = try await workspace.permit(.revealPassword, on: challenge.identity.auditSubject)
        try await checkPatience(doer)
        let identity = challenge.identity
        let isRight =
            switch challenge.way {
            case .mail: try await consume(challenge, code, doer)
            case .authenticator: try await workspace.authenticator.accepts(code, doer)
            }
        guard isRight else { throw Complaint.wrongCode }
        let password = try await workspace.credentials.password(of: identity)
        let now = workspace.now
        try await workspace.write { writer in
            try writer.clearFailures(.code, of: doer.name)
            try writer.recordEvent(doer.event("reveal", identity.auditSubject, correlation: challenge.id, at: now))
        }
        return Revealed(password: password, until: now + RevealLimits.shownFor)
    }

    /// Puts on record that the password went from the screen.
    public func hide(_ identity: PortalIdentity) async {
        guard let doer = try? await workspace.permit(.see) else { return }
        try? await record(doer.event("reveal.hide", identity.auditSubject, at: workspace.now))
    }

    private func consume(_ challenge: Challenge, _ code: SecretBytes, _ doer: Doer) async throws(Complaint) -> Bool {
        guard let own = workspace.keyring.own else { throw Complaint.vaultLocked }
        let subject = try await subject(of: challenge.identity)
        let key = own.key.macKey("portaldesk/otp/v1")
        let purpose = Self.purpose(challenge.id, doer, subject)
        let now = workspace.now
        return try await workspace.write { writer in
            let stored = try writer.reader.challenge(of: doer.name)
            // The same work for a challenge that is not there.
            let isMatch = OneTimeCode.matches(code, stored?.mac ?? [], for: purpose, key: key)
            let isOpen = stored.map {
                $0.id == challenge.id && $0.subject == subject && $0.session == doer.session && $0.expiresAt > now
                    && $0.tries < RevealLimits.tries
            }
            if isMatch, isOpen == true, try writer.consumeChallenge(challenge.id) { return true }
            if let stored, stored.id == challenge.id {
                try writer.countTry(stored.id)
                if stored.tries + 1 >= RevealLimits.tries || stored.expiresAt <= now {
                    _ = try writer.consumeChallenge(stored.id)
                }
            }
            try writer.addFailure(.code, of: doer.name, at: now)
            try writer.recordEvent(
                doer.event(
                    "reveal.code", challenge.identity.auditSubject, outcome: "wrong", correlation: challenge.id, at: now
                ))
            return false
        }
    }

    static func purpose(_ challenge: String, _ doer: Doer, _ subject: String) -> OneTimeCode.Purpose {
        OneTimeCode.Purpose(
            challenge: challenge, person: doer.name, purpose: "reveal", subject: subject, session: doer.session)
    }

    /// The password that is asked for, with its version: a code opens no later one.
    private func subject(of identity: PortalIdentity) async throws(Complaint) -> String {
        let version = try await workspace.read { reader -> Int? in
            guard let account = try reader.account(identity) else { throw Complaint.unknownIdentity(identity) }
            return try reader.sealedPassword(account.id)?.version
        }
        guard let version else {
            throw Complaint("no password is stored for \(identity)", status: .badData)
        }
        return "\(identity.auditSubject)#\(version)"
    }

    private func checkPatience(_ doer: Doer) async throws(Complaint) {
        let found = try await workspace.read { reader in
            (try reader.failures(.code, of: doer.name), try reader.emailChanged(of: doer.name))
        }
        try Patience.check(
            found.0, at: workspace.now, "the reveal", freeSlips: RevealLimits.freeSlips)
        if let changed = found.1, changed + RevealLimits.restAfterNewAddress > workspace.now {
            let until = changed + RevealLimits.restAfterNewAddress
            throw Complaint(
                "reveals rest until \(TimeText.full(until, offset: workspace.utcOffset(at: until)))",
                why: "the address for codes was changed", status: .notPermitted)
        }
    }

    func record(_ event: AuditEvent) async throws(Complaint) {
        try await workspace.write { try $0.recordEvent(event) }
    }
}

extension Workspace {
    public var reveal: RevealService { RevealService(workspace: self) }
}

extension Complaint {
    public static let wrongCode = Complaint(
        "the code is not right, or no longer valid", remedy: "Check it, or ask for another one", status: .notPermitted)
}
