import Domain
import Foundation
import Store

/// Mails the checkpoint of a day to whoever keeps them elsewhere: one message a day at the most.
struct CheckpointMail: Sendable {
    let workspace: Workspace

    private static let key = "audit.mailed_on"

    func send(_ checkpoint: KeptCheckpoint) async {
        let address = workspace.settings.audit.mail
        guard !address.isEmpty else { return }
        let day = LegalDate.inIndia(checkpoint.at).description
        guard (try? workspace.lookUp { try $0.setting(Self.key) }) ?? nil != day else { return }
        let lines =
            [
                "The audit trail of this PortalDesk has \(checkpoint.size) records. Keep this message: it shows later",
                "whether the trail was cut short or replaced. `portaldesk audit verify --checkpoint FILE` takes a file",
                "with the lines below.", "",
            ] + checkpoint.note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        do throws(Complaint) {
            try await workspace.mail.send(
                MailMessage(
                    to: address, subject: "PortalDesk audit checkpoint \(checkpoint.size)",
                    lines: MailBody(lines: lines), messageId: "audit-\(checkpoint.size)-\(day)"))
            try await workspace.write { try $0.setSetting(Self.key, day) }
        } catch {
            // The next checkpoint tries again; `doctor` tells whether mail leaves at all.
        }
    }
}
