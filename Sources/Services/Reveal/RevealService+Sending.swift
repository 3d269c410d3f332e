import Domain
import Foundation
import Secrets
import Store
import Vault

extension RevealService {
    /// Draws a code, keeps its MAC and mails it. A message that did not leave takes its challenge with it.
    func send(
        _ identity: PortalIdentity, _ subject: String, _ reason: String, _ doer: Doer
    ) async throws(Complaint) -> Challenge {
        guard let own = workspace.keyring.own else { throw Complaint.vaultLocked }
        if let problem = workspace.mail.readiness() { throw await notSent(problem, identity, doer) }
        let now = workspace.now
        var random = SystemRandomNumberGenerator()
        let code = OneTimeCode.draw(&random)
        let id = (0..<12).map { _ in Digits.hex(UInt8.random(in: .min ... .max, using: &random)) }.joined()
        let mac = OneTimeCode.mac(
            code, for: Self.purpose(id, doer, subject), key: own.key.macKey("portaldesk/otp/v1"))
        let row = CodeChallenge(
            id: id, person: doer.name, subject: subject, session: doer.session, mac: mac, sentAt: now,
            expiresAt: now + RevealLimits.life)
        let (person, sent) = try await workspace.write { writer -> (Person?, [Instant]) in
            let earlier = try writer.reader.codeSendings(to: doer.name, since: now - RevealLimits.day)
            try RevealLimits.check(earlier, at: now)
            try writer.setChallenge(row, forgetSendingsBefore: now - RevealLimits.day)
            return (try writer.reader.person(doer.name), earlier + [now])
        }
        guard let person else { throw Complaint.sessionEnded }
        var challenge = Challenge(
            id: id, identity: identity, way: .mail(Self.hidden(person.email)), expiresAt: row.expiresAt,
            resendAt: RevealLimits.next(after: sent, at: now))
        do throws(Complaint) {
            try await workspace.mail.send(message(to: person, code, identity, reason, id))
        } catch  where error.status == .tryLater {
            // It may arrive all the same.
            challenge.doubt = error.description
        } catch {
            try await workspace.write { try $0.takeBack(row) }
            throw await notSent(error, identity, doer)
        }
        let outcome = challenge.doubt == nil ? "sent" : "unknown"
        try await record(
            doer.event("reveal.code", identity.auditSubject, outcome: outcome, correlation: id, at: workspace.now))
        return challenge
    }

    private func notSent(_ problem: Complaint, _ identity: PortalIdentity, _ doer: Doer) async -> Complaint {
        let event = doer.event(
            "reveal.code", identity.auditSubject, outcome: "not sent",
            detail: AuditDetail.text(["why": problem.description]), at: workspace.now)
        try? await record(event)
        return Complaint(
            "no code could be sent, so nothing is revealed",
            why: problem.what + (problem.why.isEmpty ? "" : ": \(problem.why)"),
            remedy: problem.remedy.isEmpty ? "Try again" : problem.remedy, status: problem.status)
    }

    private func message(
        to person: Person, _ code: SecretBytes, _ identity: PortalIdentity, _ reason: String, _ id: String
    ) -> MailMessage {
        let now = workspace.now
        let time = TimeText.full(now, offset: workspace.utcOffset(at: now))
        let body = MailBody([
            .text(
                """
                \(person.name) asks PortalDesk to show the password of \(identity) at the \(identity.portal.title).

                The code is

                    
                """), .secret(code),
            .text(
                """


                It is good for 5 minutes, for this password and this session only.

                Asked on \(time), on the machine \(Self.machine).
                Reason: \(reason.isEmpty ? "not given" : reason)

                If that was not you, log in, change your password, and tell an admin.
                """),
        ])
        return MailMessage(
            to: person.email, subject: "PortalDesk: a code to show a password", lines: body, messageId: "reveal-\(id)")
    }

    private static let machine: String = ProcessInfo.processInfo.hostName

    /// `a•••@firm.example`: enough to know which address it is.
    static func hidden(_ email: String) -> String {
        let parts = email.split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return "•••" }
        return "\(parts[0].prefix(1))•••@\(parts[1])"
    }
}
