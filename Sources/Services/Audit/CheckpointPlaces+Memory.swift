import Domain
import Foundation
import Glibc
import Store
import Trail

/// What the file outside says.
extension CheckpointPlaces {
    /// The largest checkpoint that the file remembers: what a check at the start holds the trail against.
    ///
    /// - Returns: nil where there is no file, or nothing in it.
    func remembered() -> SignedCheckpoint? {
        ([present] + formerFiles).compactMap { Self.newest(at: $0) }
            .max { $0.checkpoint.size < $1.checkpoint.size }
    }

    static func newest(at path: String) -> SignedCheckpoint? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return NoteFile.notes(in: Self.tail(descriptor)).notes.max { $0.checkpoint.size < $1.checkpoint.size }
    }

    /// What the file remembers.
    struct Memory: Sendable {
        var notes: [SignedCheckpoint] = []
        /// What in it is no checkpoint.
        var problems: [String] = []
        /// Why it says nothing, or not enough.
        var failure: String?
    }

    /// All that the file remembers.
    ///
    /// - Parameter own: sizes of the checkpoints of the workspace, smallest first.
    func memory(own: [Int64]) -> Memory {
        var memory = ownMemory(own)
        for path in formerFiles {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            let known = Set(memory.notes)
            memory.notes += NoteFile.notes(in: text).notes.filter { !known.contains($0) }
        }
        return memory
    }

    /// The file that remembers a checkpoint.
    func holder(of note: SignedCheckpoint) -> String {
        formerFiles.first { path in
            (try? String(contentsOfFile: path, encoding: .utf8)).map { NoteFile.notes(in: $0).notes.contains(note) }
                ?? false
        } ?? present
    }

    private func ownMemory(_ own: [Int64]) -> Memory {
        guard workspace.settings.audit.places.contains(.file) else {
            return Memory(
                failure: own.isEmpty ? nil : "no file outside keeps checkpoints (`checkpoints` under [audit])")
        }
        let path = present
        guard access(path, F_OK) == 0 else {
            return Memory(failure: own.isEmpty ? nil : "\(path) is gone, or another folder or machine has it")
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            return Memory(failure: "\(path) cannot be read; check its owner and mode")
        }
        let found = NoteFile.notes(in: text)
        var memory = Memory(notes: found.notes, problems: found.problems)
        let last = found.notes.map(\.checkpoint.size).max() ?? 0
        // A program that was killed between signing and telling leaves one behind; the next signature makes up for it.
        let missed = own.filter { $0 > last }
        if found.notes.isEmpty, !own.isEmpty {
            memory.failure = "\(path) holds no checkpoint"
        } else if missed.count > 1 {
            memory.failure =
                "\(path) ends at \(last) records, and \(missed.count) checkpoints were signed since: it was cut"
        } else if isInside {
            memory.failure = "\(path) lies inside the workspace: whoever replaces the one replaces the other"
        }
        return memory
    }

    private static let tailLength: off_t = 16_384

    /// The end of the file, from the beginning of a note on as far as that can be told.
    static func tail(_ descriptor: Int32) -> String {
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

    static func newest(in text: String) -> (size: Int64, isUnfinished: Bool) {
        let notes = NoteFile.notes(in: text).notes
        return (notes.map(\.checkpoint.size).max() ?? -1, !text.isEmpty && !text.hasSuffix("\n"))
    }
}
