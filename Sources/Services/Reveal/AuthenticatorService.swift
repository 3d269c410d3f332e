import Crypto
import Domain
import Foundation
import Secrets
import Store
import Vault

/// The stronger choice beside mailed codes: an authenticator app (RFC 6238). Its secret is sealed to its owner alone.
public struct AuthenticatorService: Sendable {
    let workspace: Workspace

    /// What an app is set up with: as a text for its QR code, and as letters to type.
    public struct Enrolment: Sendable, Hashable {
        public var uri: SecretBytes
        /// In groups of four, as people read them.
        public var letters: SecretBytes

        public init(uri: SecretBytes, letters: SecretBytes) {
            self.uri = uri
            self.letters = letters
        }
    }

    /// How far somebody's authenticator is.
    public enum State: Sendable, Hashable {
        case none
        /// A secret was made; its first code was not entered.
        case begun
        case set(since: Instant)
    }

    /// Of whoever is logged in.
    public func state() async throws(Complaint) -> State {
        let doer = try await workspace.permit(.see)
        guard let stored = try await workspace.read({ try $0.authenticator(of: doer.name) }) else { return .none }
        return stored.confirmedAt.map { .set(since: $0) } ?? .begun
    }

    /// Whether `config.toml` asks for its code at every reveal.
    public var isAskedFor: Bool { workspace.settings.reveal.confirm == .totp }

    /// Makes a new secret; it counts once its first code was entered.
    ///
    /// - Throws: a `Complaint`: 77 not permitted; 65 when one is set up already, for a new one would take its place
    ///   without a code of it.
    public func enrol() async throws(Complaint) -> Enrolment {
        let doer = try await workspace.permit(.revealPassword)
        if try await workspace.read({ try $0.authenticator(of: doer.name) })?.confirmedAt != nil {
            throw Complaint(
                "an authenticator is set up for \(doer.name) already",
                remedy: "Remove it first with `portaldesk authenticator remove`", status: .badData)
        }
        guard let own = workspace.keyring.own else { throw Complaint.vaultLocked }
        let secret = SymmetricKey(size: .init(bitCount: 160)).withUnsafeBytes { SecretBytes(copying: $0) }
        let sealed: [UInt8]
        do throws(VaultProblem) {
            sealed = try own.key.publicKey.seal(secret, at: Self.place(doer.name))
        } catch {
            throw Complaint(error)
        }
        let event = doer.event("authenticator.enrol", doer.name, outcome: "begun", at: workspace.now)
        try await workspace.write { writer in
            try writer.setAuthenticator(sealed, of: doer.name)
            try writer.recordEvent(event)
        }
        let letters = Base32.text(secret)
        return Enrolment(uri: Self.uri(letters, doer.name), letters: Self.grouped(letters))
    }

    /// The first code of a new secret.
    ///
    /// - Throws: a `Complaint`: 77 for a wrong code, which leaves the secret as it was: the next one may be right.
    public func confirm(_ code: SecretBytes) async throws(Complaint) {
        let doer = try await workspace.permit(.revealPassword)
        guard try await accepts(code, doer) else { throw Complaint.wrongFirstCode }
        try await workspace.reveal.record(
            doer.event("authenticator.enrol", doer.name, at: workspace.now))
    }

    /// Forgets a secret whose first code never came. One that counts stays.
    public func abandon() async throws(Complaint) {
        let doer = try await workspace.permit(.see)
        let event = doer.event("authenticator.enrol", doer.name, outcome: "abandoned", at: workspace.now)
        try await workspace.write { writer in
            guard let stored = try writer.reader.authenticator(of: doer.name), stored.confirmedAt == nil else { return }
            try writer.removeAuthenticator(of: doer.name)
            try writer.recordEvent(event)
        }
    }

    /// What shows that whoever removes an authenticator is its owner: an open session is not enough.
    public enum Proof: Sendable {
        case code(SecretBytes)
        case password(SecretBytes)
    }

    /// Forgets it, as when the telephone is lost. Another person's only by an admin.
    ///
    /// - Parameters:
    ///   - name: nil for whoever is logged in.
    ///   - proof: needed for one's own.
    /// - Returns: whose it was.
    /// - Throws: a `Complaint`: 77 not permitted, or the proof is wrong; 65 when there is none.
    @discardableResult
    public func remove(of name: String? = nil, proof: Proof?) async throws(Complaint) -> String {
        var doer = try await workspace.permit(.see)
        let name = name ?? doer.name
        if doer.name != name {
            doer = try await workspace.permit(.administer, on: name)
            _ = try await workspace.people.existing(name)
        } else if try await workspace.read({ try $0.authenticator(of: name) })?.confirmedAt != nil {
            try await check(proof, doer)
        }
        let event = doer.event("authenticator.remove", name, at: workspace.now)
        try await workspace.write { writer in
            guard try writer.reader.authenticator(of: name) != nil else { throw Self.missing(name) }
            try writer.removeAuthenticator(of: name)
            try writer.recordEvent(event)
        }
        return name
    }

    private func check(_ proof: Proof?, _ doer: Doer) async throws(Complaint) {
        switch proof {
        case .code(let code): if try await accepts(code, doer) { return }
        case .password(let password):
            _ = try await workspace.login.prove(doer.name, password)
            return
        case nil: break
        }
        throw Complaint(
            "the authenticator stays", why: "the code is not right, or already used",
            remedy: "Give a code that it shows now, or your password", status: .notPermitted)
    }

    private static func missing(_ name: String) -> Complaint {
        Complaint("no authenticator is set up for \(name)", status: .badData)
    }

    func challenge(_ identity: PortalIdentity, _ doer: Doer) async throws(Complaint) -> RevealService.Challenge {
        let stored = try await workspace.read { try $0.authenticator(of: doer.name) }
        guard stored?.confirmedAt != nil else {
            throw Complaint(
                "no authenticator is set up for \(doer.name)", why: "config.toml asks for its code at every reveal",
                remedy: "Set one up with `portaldesk authenticator enrol`", status: .notPermitted)
        }
        let now = workspace.now
        return RevealService.Challenge(
            id: "authenticator", identity: identity, way: .authenticator, expiresAt: now + RevealLimits.life,
            resendAt: now)
    }

    /// Each step's code counts once; a wrong one counts as a failure.
    func accepts(_ code: SecretBytes, _ doer: Doer) async throws(Complaint) -> Bool {
        guard let own = workspace.keyring.own else { throw Complaint.vaultLocked }
        let now = workspace.now
        return try await workspace.write { writer in
            guard let stored = try writer.reader.authenticator(of: doer.name) else {
                throw Self.missing(doer.name)
            }
            let secret = try own.key.open(stored.sealed, at: Self.place(doer.name))
            let entered = code.withBytes { String(decoding: $0.filter { $0 != 32 }, as: UTF8.self) }
            if let step = Totp.accepted(entered, secret, at: now.milliseconds / 1_000, after: stored.lastStep),
                try writer.acceptStep(step, of: doer.name, at: now)
            {
                return true
            }
            try writer.addFailure(.code, of: doer.name, at: now)
            try writer.recordEvent(doer.event("reveal.code", doer.name, outcome: "wrong", at: now))
            return false
        }
    }

    private static func place(_ name: String) -> SecretPlace {
        SecretPlace(table: "authenticator", row: name, column: "secret", version: 1)
    }

    /// The key URI that apps agree on. What is the default of every app (SHA-1, six digits, thirty seconds) is left
    /// out: the picture is two rows smaller without it.
    private static func uri(_ letters: SecretBytes, _ name: String) -> SecretBytes {
        let label = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "user"
        var bytes = Array("otpauth://totp/PortalDesk:\(label)?secret=".utf8)
        let tail = Array("&issuer=PortalDesk".utf8)
        bytes.reserveCapacity(bytes.count + letters.count + tail.count)
        letters.withBytes { bytes.append(contentsOf: $0) }
        bytes += tail
        return SecretBytes(consuming: &bytes)
    }

    private static func grouped(_ letters: SecretBytes) -> SecretBytes {
        letters.withBytes { letters in
            var text: [UInt8] = []
            text.reserveCapacity(letters.count * 5 / 4 + 1)
            for (index, letter) in letters.enumerated() {
                if index > 0, index % 4 == 0 { text.append(32) }
                text.append(letter)
            }
            return SecretBytes(consuming: &text)
        }
    }
}

extension Complaint {
    public static let wrongFirstCode = Complaint(
        "the code is not right", remedy: "Enter the one that the app shows now; both clocks must be right",
        status: .notPermitted)
}

extension Workspace {
    public var authenticator: AuthenticatorService { AuthenticatorService(workspace: self) }
}
