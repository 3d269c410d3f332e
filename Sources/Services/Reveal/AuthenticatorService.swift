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
    public struct Enrolment: Sendable {
        public var uri: SecretBytes
        public var letters: SecretBytes
    }

    /// Makes a new secret; it counts once its first code was entered.
    public func enrol() async throws(Complaint) -> Enrolment {
        let doer = try await workspace.permit(.revealPassword)
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
        return Enrolment(uri: Self.uri(letters, doer.name), letters: letters)
    }

    /// The first code of a new secret.
    public func confirm(_ code: SecretBytes) async throws(Complaint) {
        let doer = try await workspace.permit(.revealPassword)
        guard try await accepts(code, doer) else { throw Complaint.wrongCode }
        try await workspace.reveal.record(
            doer.event("authenticator.enrol", doer.name, at: workspace.now))
    }

    /// Forgets it, as when the telephone is lost. Another person's only by an admin.
    public func remove(of name: String) async throws(Complaint) {
        var doer = try await workspace.permit(.see)
        if doer.name != name { doer = try await workspace.permit(.administer) }
        let event = doer.event("authenticator.remove", name, at: workspace.now)
        try await workspace.write { writer in
            try writer.removeAuthenticator(of: name)
            try writer.recordEvent(event)
        }
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
                throw Complaint("no authenticator is set up for \(doer.name)", status: .badData)
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

    private static func uri(_ letters: SecretBytes, _ name: String) -> SecretBytes {
        let label = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "user"
        var bytes = Array("otpauth://totp/PortalDesk:\(label)?secret=".utf8)
        let tail = Array("&issuer=PortalDesk&algorithm=SHA1&digits=6&period=30".utf8)
        bytes.reserveCapacity(bytes.count + letters.count + tail.count)
        letters.withBytes { bytes.append(contentsOf: $0) }
        bytes += tail
        return SecretBytes(consuming: &bytes)
    }
}

extension Workspace {
    public var authenticator: AuthenticatorService { AuthenticatorService(workspace: self) }
}

/// RFC 4648 base 32 without padding, as authenticator apps take a typed secret.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func text(_ secret: SecretBytes) -> SecretBytes {
        secret.withBytes { bytes in
            var text: [UInt8] = []
            text.reserveCapacity((bytes.count * 8 + 4) / 5)
            var (bits, count) = (0, 0)
            for byte in bytes {
                bits = bits << 8 | Int(byte)
                count += 8
                while count >= 5 {
                    count -= 5
                    text.append(alphabet[bits >> count & 31])
                }
                bits &= (1 << count) - 1
            }
            if count > 0 { text.append(alphabet[bits << (5 - count) & 31]) }
            return SecretBytes(consuming: &text)
        }
    }
}
