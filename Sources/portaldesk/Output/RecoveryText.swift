import Foundation
import Secrets
import Services

/// How a recovery code reaches the one who keeps it: printed once, or into a file that nobody else can read.
enum RecoveryText {
    static func requireFree(_ file: String) throws(Complaint) {
        guard access(file, F_OK) == 0 else { return }
        throw Complaint("\(file) exists already", remedy: "Name another file", status: .badData)
    }

    /// Without a file it goes to standard error, where no program takes it for a row.
    static func hand(over code: SecretBytes, to file: String?) throws(Complaint) {
        guard let file else {
            let intro =
                "The recovery code opens the vault when every password is lost. Write it down; it is not shown again:"
            Messages.put(intro + "\n\n    ")
            try put(code, STDERR_FILENO)
            Messages.put("\n\n")
            return
        }
        do {
            try requireFree(file)
            try SecretOutput.write(code, to: file)
        } catch {
            throw Complaint(
                error.what, why: error.why, remedy: "Make another code with `portaldesk vault recovery-code`",
                status: error.status)
        }
        Messages.line("The recovery code is in \(file). Keep it away from this machine.")
    }

    /// Straight from locked memory: no text of it is made.
    ///
    /// - Throws: a `Complaint` (74) when not all of it could be written: half a secret is of no use.
    static func put(_ secret: SecretBytes, _ descriptor: Int32) throws(Complaint) {
        let code = secret.withBytes { WholeWrite.write($0, to: descriptor) }
        if code != 0 {
            throw Complaint("a secret could not be written", why: String(cString: strerror(code)), status: .inputOutput)
        }
    }
}
