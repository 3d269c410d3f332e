import Domain
import Foundation
import Glibc
import Store
import Trail
import Wire

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

    var folder: String { workspace.settings.audit.folder ?? usualFolder }

    /// Where it lies unless the settings name another place.
    var usualFolder: String {
        let environment = workspace.surroundings.environment
        let state =
            environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? "\(environment["HOME"] ?? NSHomeDirectory())/.local/state"
        return "\(state)/portaldesk/audit"
    }

    /// The workspace's part of the name; the trail's own where the setting was changed.
    private var name: String { ((try? workspace.lookUp { try $0.setting("workspace.id") }) ?? nil) ?? "workspace" }

    /// Named by trail and by folder: a copy of a workspace goes on in a file of its own.
    var file: String { "\(folder)/\(ownName)" }

    var ownName: String { "\(name)-\(mark).checkpoints" }

    /// Stands for the workspace's folder.
    private var mark: String {
        let home = Self.truePath(workspace.home.path) ?? workspace.home.path
        return String(ContentHash.sha256(Array(home.utf8)).prefix(8))
    }

    static func truePath(_ path: String) -> String? {
        realpath(path, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
    }

    /// Where programs before this one kept it, for all copies of a workspace.
    private var formerFile: String { "\(folder)/\(name).checkpoints" }

    /// The file that there is.
    var present: String { access(file, F_OK) != 0 && access(formerFile, F_OK) == 0 ? formerFile : file }

    /// What other copies of this workspace keep, in other folders.
    var others: [String] {
        let own = file
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { $0.hasPrefix("\(name)-") && $0.hasSuffix(".checkpoints") }
            .map { "\(folder)/\($0)" }.filter { $0 != own }
    }

    /// What other trails keep that began in this folder: before it was set up anew, or its database was replaced.
    var predecessors: [String] {
        let own = ownName
        let folders = folder == usualFolder ? [folder] : [folder, usualFolder]
        return folders.flatMap { folder -> [String] in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.sorted().filter { $0.hasSuffix("-\(mark).checkpoints") && $0 != own }
                .map { "\(folder)/\($0)" }
        }
    }

    /// Beside it lies what a verification found wrong, out of reach of whoever puts the database back.
    var findingFile: String { "\(file).finding" }

    /// Adds a checkpoint to every place. What a place cannot take now it gets with the next one: `keep` makes up for all
    /// that the file lacks.
    func keep(_ checkpoint: KeptCheckpoint) async {
        let places = workspace.settings.audit.places
        fill(upTo: checkpoint)
        await rememberFolder()
        if places.contains(.journal) { Self.tellJournal(checkpoint) }
        workspace.killPoint?.strike(.checkpointTold)
        await CheckpointMail(workspace: workspace).send(checkpoint)
    }

    /// Adds to the file what it lacks up to a checkpoint.
    ///
    /// - Returns: why it could not be added, for people; nil where it stands there.
    @discardableResult
    func fill(upTo checkpoint: KeptCheckpoint) -> String? {
        guard workspace.settings.audit.places.contains(.file), let problem = append(checkpoint) else { return nil }
        return "\(file) cannot be written: \(problem.prefix(1).lowercased() + problem.dropFirst())"
    }

    /// - Returns: what is wrong with the file; nil when it is in order.
    @discardableResult
    private func append(_ checkpoint: KeptCheckpoint) -> String? {
        let path = file
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        adopt()
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { return String(cString: strerror(errno)) }
        let known = Self.newest(in: Self.tail(descriptor))
        guard known.size < checkpoint.size else { return nil }
        // A note that a kill cut short is ended first, so that the next one begins a line of its own.
        var bytes: [UInt8] = known.isUnfinished ? [10] : []
        let missed = (try? workspace.lookUp { try $0.checkpoints(from: known.size + 1) }) ?? [checkpoint]
        for kept in missed where kept.size <= checkpoint.size { bytes += Array(kept.note.utf8) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { return String(cString: strerror(errno)) }
        return fsync(descriptor) == 0 ? nil : String(cString: strerror(errno))
    }

    /// Goes on from the file of a program before this one.
    private func adopt() {
        let path = file
        guard access(path, F_OK) != 0, let text = FileManager.default.contents(atPath: formerFile) else { return }
        let made = "\(path).new"
        let descriptor = open(made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(text)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else { return }
        rename(made, path)
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
                let path = present
                let isThere = access(path, F_OK) == 0
                let isUsable = access(isThere ? path : folder, W_OK) == 0
                let own = (try? workspace.lookUp { try $0.keptCheckpoints().whole.map(\.size) }) ?? []
                let absent = own.isEmpty ? "nothing was signed yet" : "it is gone, or another folder or machine has it"
                return Standing(
                    place: place, path: path,
                    problem: !isThere
                        ? absent : isUsable ? memory(own: own).failure?.trimming(path) : "it cannot be written")
            case .journal:
                return Standing(
                    place: place, path: Self.journal,
                    problem: Self.hasJournal ? nil : "there is no system log on this machine")
            }
        }
    }
}

extension String {
    /// What is said of a file whose name stands before it already.
    fileprivate func trimming(_ path: String) -> String {
        hasPrefix(path + " ") ? String(dropFirst(path.count + 1)) : self
    }
}
