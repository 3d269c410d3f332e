import CProcess
import Domain
import Foundation
import Synchronization

/// Some documents on their way to their places: written beside them, made durable, moved, made durable again. A file
/// of a finished name is whole, whenever the power fails.
struct DocumentBatch {
    private struct Draft {
        var name: DocumentName
        /// nil when the content stands already, or could not be written.
        var file: String?
        var problem: Int32 = 0
    }

    private let folder: String
    private var drafts: [Draft] = []
    /// From so many on, one flush of the whole file system takes less time than two for each file.
    private static let many = 4
    private static let counter = Atomic<Int>(0)

    private static func drafts(in folder: String) -> String { "\(folder)/incoming" }

    /// Removes what a process left behind that was ended while it wrote. Nobody may be writing.
    static func clearDrafts(in folder: String) {
        let drafts = drafts(in: folder)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: drafts)) ?? [] { unlink("\(drafts)/\(name)") }
    }

    /// - Returns: the hash of each, in their order.
    static func store(_ documents: [[UInt8]], in folder: String) -> [Result<String, Complaint>] {
        var batch = DocumentBatch(folder: folder)
        // Opened before the first write: a disk that fails tells those who had it open then.
        let descriptor = documents.count >= many ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1
        defer { if descriptor >= 0 { close(descriptor) } }
        let isLarge = descriptor >= 0
        for bytes in documents { batch.draft(bytes, syncs: !isLarge) }
        if isLarge { batch.syncAll(descriptor) }
        batch.place(syncs: !isLarge)
        if isLarge { batch.syncAll(descriptor) }
        return batch.drafts.map { $0.problem == 0 ? .success($0.name.text) : .failure(unstored($0.problem)) }
    }

    private init(folder: String) { self.folder = folder }

    private mutating func draft(_ bytes: [UInt8], syncs: Bool) {
        let name = DocumentName(of: bytes)
        let target = name.file(in: folder)
        // The same bytes may come twice in one batch; each has its own draft.
        if access(target, F_OK) == 0 { return drafts.append(Draft(name: name)) }
        let number = Self.counter.add(1, ordering: .relaxed).newValue
        let file = "\(Self.drafts(in: folder))/\(name.text).\(getpid())-\(number)"
        var problem = Self.write(bytes, to: file, syncs: syncs)
        if problem == ENOENT {
            mkdir(folder, 0o700)
            mkdir(Self.drafts(in: folder), 0o700)
            problem = Self.write(bytes, to: file, syncs: syncs)
        }
        if problem != 0 { unlink(file) }
        drafts.append(Draft(name: name, file: problem == 0 ? file : nil, problem: problem))
    }

    private mutating func place(syncs: Bool) {
        var folders: [String] = []
        for index in drafts.indices {
            guard let file = drafts[index].file else { continue }
            let target = drafts[index].name.file(in: folder)
            if drafts[index].problem == 0 { drafts[index].problem = move(file, to: target, syncs: syncs) }
            if drafts[index].problem != 0 { unlink(file) }
            if !folders.contains(Folder.of(target)) { folders.append(Folder.of(target)) }
        }
        if syncs { folders.forEach(Folder.sync) }
    }

    /// - Returns: 0 or an errno value.
    private func move(_ file: String, to target: String, syncs: Bool) -> Int32 {
        if rename(file, target) == 0 { return 0 }
        guard errno == ENOENT else { return errno }
        if mkdir(Folder.of(target), 0o700) == 0, syncs { Folder.sync(folder) }
        return rename(file, target) == 0 ? 0 : errno
    }

    private mutating func syncAll(_ descriptor: Int32) {
        guard drafts.contains(where: { $0.file != nil }), process_sync_file_system(descriptor) != 0 else { return }
        let problem = errno
        for index in drafts.indices where drafts[index].file != nil && drafts[index].problem == 0 {
            drafts[index].problem = problem
        }
    }

    /// 0 or an errno value.
    private static func write(_ bytes: [UInt8], to file: String, syncs: Bool) -> Int32 {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        let problem = bytes.withUnsafeBytes { WholeWrite.write($0, to: descriptor) }
        guard problem == 0 else { return problem }
        return syncs && fsync(descriptor) != 0 ? errno : 0
    }

    private static func unstored(_ code: Int32) -> Complaint {
        Complaint(
            "a document could not be stored", why: String(cString: strerror(code)),
            remedy: "Free space, then retry the job", status: .inputOutput)
    }
}

extension Digits {
    static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }
}
