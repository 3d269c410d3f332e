import Domain
import Glibc
import Store
import Trail

extension TrailService {
    /// A key that has signed, or signs now.
    public struct SigningKey: Sendable, Hashable {
        /// For whoever verifies.
        public var line: String
        /// The record that names it.
        public var sequence: Int64
        public var since: Instant
        public var by: String

        public init(line: String, sequence: Int64, since: Instant, by: String) {
            (self.line, self.sequence, self.since, self.by) = (line, sequence, since, by)
        }
    }

    /// The keys that have signed, oldest first; the last one signs now.
    public func signingKeys() async throws(Complaint) -> [SigningKey] {
        try await workspace.permit(.auditOwn)
        return try await workspace.read { try $0.auditKeyChanges() }.compactMap { event in
            event.keyChange.map {
                SigningKey(line: $0.line, sequence: event.sequence, since: event.at, by: event.actor)
            }
        }
    }

    /// Signs what was recorded since the last checkpoint, and tells it with what to do with it.
    ///
    /// - Throws: a `Complaint`: 77 where the vault's key is not here, 65 for an empty trail.
    public func signed() async throws(Complaint) -> AuditPaper {
        guard let note = try await sign(), let signed = SignedCheckpoint(note: note) else {
            throw Complaint("the audit trail is empty", status: .badData)
        }
        let count = Counted.text(Int(signed.checkpoint.size), "record")
        let problem = await unkept().map { ["", "NOT KEPT OUTSIDE: \($0)"] } ?? []
        return AuditPaper(
            title: "Checkpoint", head: "The first \(count) are signed",
            text: note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast() + [
                "", "Give it to whoever checks the trail later, or keep it where nobody who works here can change it.",
                "They hold it against an export with verify.py --checkpoint FILE, and you with "
                    + "`portaldesk audit verify --checkpoint FILE`: a trail that was cut short or made anew does not fit it.",
            ] + problem, handed: note)
    }

    /// Puts a new key in the place of the one that signs, and tells what follows from it.
    ///
    /// - Throws: a `Complaint`: 77 for anybody but an admin, or with the vault locked.
    public func changedKey() async throws(Complaint) -> AuditPaper {
        _ = try await rotateKey()
        return AuditPaper(
            title: "Another key", head: "Another key signs the audit trail from now on",
            text: AuditWords.changed(try await signingKeys()))
    }

    /// Writes the proof of one record to a file of its own.
    ///
    /// - Parameter path: nothing may stand there.
    /// - Throws: a `Complaint`: as `proof(of:)`, and 65 or 74 for a file that cannot be written.
    public func saveProof(of seq: Int64, to path: String) async throws(Complaint) {
        // Refused before anything is put on record.
        if workspace.hasFile(at: path) { throw Complaint.unwritable(path, EEXIST) }
        let text = try await proof(of: seq)
        let file = try ExportFile(path: path, replaces: false)
        try file.write(text)
        try file.close()
    }
}

/// A text of the trail for people to read, copy and hand over.
public struct AuditPaper: Sendable, Hashable {
    /// As the breadcrumb names it.
    public var title: String
    /// What was done.
    public var head: String
    public var text: [String]
    /// What of it is handed over, with its line ends; nil for the whole text.
    public var handed: String?

    public init(title: String, head: String, text: [String], handed: String? = nil) {
        (self.title, self.head, self.text, self.handed) = (title, head, text, handed)
    }
}
