import Domain
import Foundation
import Secrets
import Synchronization

/// Delivers into the workspace's own `mail/`, a Maildir: written in `tmp`, made durable, then moved to `new`, so that a
/// reader never sees half a message. Only for simulations: a code that lies beside the database protects nothing.
struct MaildirTransport: MailTransport {
    let workspace: Workspace

    private static let counter = Atomic<Int>(0)

    private var folder: String { workspace.home.mail }

    func check() throws(Complaint) {
        let catalog = workspace.providers()
        // A file that cannot be read may stand for a real portal.
        let real = catalog.files.first { !$0.isSimulated }?.name ?? catalog.broken.first?.file
        if let real { throw Complaint.maildirBesideReal(real) }
    }

    func deliver(_ letter: MailLetter) async throws(Complaint) {
        let bytes = letter.rendered(.lf)
        let now = workspace.now.milliseconds
        let tag = workspace.surroundings.random.next()
        try await OwnThread.run { () throws(Complaint) in try store(bytes, now, tag) }
    }

    private func store(_ bytes: SecretBytes, _ milliseconds: Int64, _ tag: UInt64) throws(Complaint) {
        for name in ["", "/tmp", "/new", "/cur"] where mkdir(folder + name, 0o700) != 0 && errno != EEXIST {
            throw Complaint.unwritable(folder + name, errno)
        }
        let number = Self.counter.add(1, ordering: .relaxed).newValue
        // Seconds first, so that the order of the names is the order of arrival.
        let name =
            "\(milliseconds / 1_000).M\(Digits.padded(Int(milliseconds % 1_000) * 1_000, 6))P\(getpid())Q\(number)R\(String(tag, radix: 16))"
            + ".\(HostName.current.filter { $0 != "/" && $0 != ":" })"
        let draft = "\(folder)/tmp/\(name)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Complaint.unwritable(draft, errno) }
        // Durable before it is told of.
        var code = bytes.withBytes { WholeWrite.write($0, to: descriptor) }
        if code == 0, fsync(descriptor) != 0 { code = errno }
        close(descriptor)
        guard code == 0, rename(draft, "\(folder)/new/\(name)") == 0 else {
            let code = code == 0 ? errno : code
            unlink(draft)
            throw Complaint.unwritable("\(folder)/new", code)
        }
        Folder.sync("\(folder)/new")
    }
}
