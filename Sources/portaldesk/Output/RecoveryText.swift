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
            FileHandle.standardError.write(Data((intro + "\n\n    ").utf8))
            try put(code, STDERR_FILENO)
            FileHandle.standardError.write(Data("\n\n".utf8))
            return
        }
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        var problem = descriptor < 0 ? errno : 0
        if descriptor >= 0 {
            problem = code.withBytes { WholeWrite.write($0, to: descriptor) }
            close(descriptor)
        }
        guard problem == 0 else {
            throw Complaint(
                "cannot write \(file)", why: String(cString: strerror(problem)),
                remedy: "Make another code with `portaldesk vault recovery-code`", status: .inputOutput)
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
