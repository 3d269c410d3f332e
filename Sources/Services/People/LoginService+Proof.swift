import Domain
import Foundation
import Secrets
import Store
import Vault

extension LoginService {
    /// A password that was right.
    struct Proof: Sendable {
        var person: Person
        var key: VaultPrivateKey
        /// Set when what is stored of the password must be stored anew: it was cheaper than today's policy, or of a
        /// workspace in which people had no keys yet.
        var renewed: PersonalLogin?
    }

    func prove(_ name: String, _ password: SecretBytes) async throws(Complaint) -> Proof {
        let now = workspace.now
        let holder = KeyGrant.Holder.person(name).text
        let subject = "the login of \(HarmlessText.line(name, limit: 64))"
        // Counted before it is tried: a hundred processes at once get no more guesses than one.
        let stored = try await workspace.write { writer in
            let reader = writer.reader
            let person = try reader.person(name)
            try Patience.check(try reader.failures(.login, of: name), at: now, subject)
            if person != nil { try writer.addFailure(.login, of: name, at: now) }
            return (person: person, hash: try reader.passwordHash(of: name), key: try reader.holderKey(holder))
        }
        let proof: Proof?
        if let person = stored.person, let phc = stored.hash, person.isEnabled {
            let (hash, key, cost) = (PasswordHash(phc: phc), stored.key, workspace.surroundings.passwordCost)
            proof = try await OwnThread.run { () throws(Complaint) in
                try Self.proof(person, hash, key, password, cost)
            }
        } else {
            // As long as for a name that exists.
            let cost = workspace.surroundings.passwordCost
            _ = try await OwnThread.run { () throws(Complaint) in try? PasswordHash.make(password, cost: cost) }
            proof = nil
        }
        guard let proof else { throw await refused(name, stored.person, at: now) }
        try await workspace.write { try $0.clearFailures(.login, of: name) }
        return proof
    }

    private static func proof(
        _ person: Person, _ hash: PasswordHash, _ key: HolderKey?, _ password: SecretBytes,
        _ cost: PasswordHash.Cost
    ) throws(Complaint) -> Proof? {
        do throws(VaultProblem) {
            guard let key, let sealed = key.sealed else {
                guard hash.accepts(password) else { return nil }
                let made = try PersonalLogin.make(person.name, password, cost: cost)
                return Proof(person: person, key: made.key, renewed: made.login)
            }
            let personal = PersonalKey(publicKey: try VaultPublicKey(bytes: key.publicKey), sealed: sealed)
            let login = PersonalLogin(hash: hash, key: personal)
            guard let own = try login.unlock(person.name, password) else { return nil }
            let renewed = login.isCheaper(than: cost) ? try PersonalLogin(person.name, password, own, cost: cost) : nil
            return Proof(person: person, key: own, renewed: renewed)
        } catch {
            throw Complaint(error)
        }
    }

    /// Puts the failure on record. What was typed as a name may be a password in the wrong field: a name
    /// that nobody has is not written down.
    private func refused(_ name: String, _ person: Person?, at now: Instant) async -> Complaint {
        let known = person?.name
        let reason = person.map { $0.isEnabled ? "wrong password" : "disabled" } ?? "no such user"
        do throws(Complaint) {
            try await workspace.write { writer in
                let event = Doer(name: known ?? "unknown").event(
                    "login", known ?? "unknown", outcome: "failed", detail: AuditDetail.text(["reason": reason]),
                    at: now)
                try writer.recordEvent(event)
            }
        } catch  where error.status != .badData {
            return error
        } catch {
            // A trail that somebody broke takes no record; the guess is counted all the same.
        }
        return Complaint(
            "not logged in", why: "the user name or the password is wrong, or the user is disabled",
            remedy: "Check both, or ask an admin", status: .notPermitted)
    }
}
