import Domain
import Foundation
import Glibc
import Store
import Trail

/// Where checkpoints are kept outside of the database, so that a trail that was cut short or replaced by an older copy is
/// noticed: a file of the Unix user's state and the system's journal, and by mail where that is set.
struct CheckpointPlaces: Sendable {
    let workspace: Workspace

    /// What became of one place.
    struct Standing: Sendable, Hashable {
        var place: Settings.Audit.Place
        /// Where it is.
        var path: String
        var problem: String?
    }

    var file: String {
        let environment = workspace.surroundings.environment
        let state =
            environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? "\(environment["HOME"] ?? NSHomeDirectory())/.local/state"
        let folder = workspace.settings.audit.folder ?? "\(state)/portaldesk/audit"
        let id = (try? workspace.lookUp { try $0.setting("workspace.id") }) ?? nil
        return "\(folder)/\(id ?? "workspace").checkpoints"
    }

    /// Adds a checkpoint to every place. What a place cannot take now it gets with the next one: `keep` makes up for all
    /// that the file lacks.
    func keep(_ checkpoint: KeptCheckpoint) async {
        let places = workspace.settings.audit.places
        if places.contains(.file) { append(checkpoint) }
        if places.contains(.journal) { Self.tellJournal(checkpoint) }
        workspace.killPoint?.strike(.checkpointTold)
        await CheckpointMail(workspace: workspace).send(checkpoint)
    }

    /// - Returns: what is wrong with the file; nil when it is in order or not wanted.
    @discardableResult
    private func append(_ checkpoint: KeptCheckpoint) -> String? {
        let path = file
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { return String(cString: strerror(errno)) }
        let known = Self.newest(in: Self.tail(descriptor))
        guard known.size < checkpoint.size else { return nil }
        // A note that a kill cut short is ended first, so that the next one begins a line of its own.
        var bytes: [UInt8] = known.isUnfinished ? [10] : []
        bytes += Array(checkpoint.note.utf8)
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { return String(cString: strerror(errno)) }
        return fsync(descriptor) == 0 ? nil : String(cString: strerror(errno))
    }

    /// The largest checkpoint that the file remembers: what a check at the start holds the trail against.
    ///
    /// - Returns: nil where there is no file, or nothing in it.
    func remembered() -> SignedCheckpoint? {
        guard workspace.settings.audit.places.contains(.file) else { return nil }
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return NoteFile.notes(in: Self.tail(descriptor)).notes.max { $0.checkpoint.size < $1.checkpoint.size }
    }

    /// All that the file remembers, and what in it is no checkpoint.
    func all() throws(Complaint) -> (notes: [SignedCheckpoint], problems: [String]) {
        guard workspace.settings.audit.places.contains(.file), access(file, F_OK) == 0 else { return ([], []) }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Complaint(
                "the checkpoints in \(file) cannot be read", remedy: "Check its owner and mode",
                status: .inputOutput)
        }
        return NoteFile.notes(in: text)
    }

    private static let tailLength: off_t = 16_384

    /// The end of the file, from the beginning of a note on as far as that can be told.
    private static func tail(_ descriptor: Int32) -> String {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size > 0 else { return "" }
        let start = max(0, size - tailLength)
        var bytes = [UInt8](repeating: 0, count: Int(size - start))
        let count = pread(descriptor, &bytes, bytes.count, start)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        guard start > 0 else { return text }
        // What stands before the first signature line is cut.
        guard let mark = text.range(of: "\n\u{2014} "), let end = text[mark.upperBound...].firstIndex(of: "\n") else {
            return text
        }
        return String(text[text.index(after: end)...])
    }

    private static func newest(in text: String) -> (size: Int64, isUnfinished: Bool) {
        let notes = NoteFile.notes(in: text).notes
        return (notes.map(\.checkpoint.size).max() ?? -1, !text.isEmpty && !text.hasSuffix("\n"))
    }

    // MARK: Journal

    private static let journal = "/dev/log"

    static var hasJournal: Bool { access(journal, W_OK) == 0 }

    /// One datagram in the form of syslog (RFC 3164), which systemd's journal and rsyslog both take.
    private static func tellJournal(_ checkpoint: KeptCheckpoint) {
        let note = checkpoint.note.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: " | ")
        // Facility 10 (security), severity 5 (notice).
        let message = Array("<85>portaldesk-audit: \(note)".utf8)
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(journal.utf8)) }
        _ = message.withUnsafeBytes { bytes in
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(
                        descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL), $0,
                        socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
    }

    /// How the places stand, for `doctor`.
    func standings() -> [Standing] {
        workspace.settings.audit.places.sorted { $0.rawValue < $1.rawValue }.map { place in
            switch place {
            case .file:
                let path = file
                let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
                let isThere = access(path, F_OK) == 0
                let isUsable = access(isThere ? path : folder, W_OK) == 0
                let isSigned = ((try? workspace.lookUp { try $0.newestCheckpoint() }) ?? nil) != nil
                let absent =
                    isSigned
                    ? "the file is gone, or this is another machine: a trail cut short would not be noticed until the next one"
                    : "nothing was signed yet"
                let missing = isThere ? "cannot be written" : absent
                return Standing(place: place, path: path, problem: isThere && isUsable ? nil : missing)
            case .journal:
                return Standing(
                    place: place, path: Self.journal,
                    problem: Self.hasJournal ? nil : "there is no system log on this machine")
            }
        }
    }
}
