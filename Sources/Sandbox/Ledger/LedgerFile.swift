import Dispatch
import Domain
import FoundationEssentials
import Glibc
import Synchronization

/// Append-only JSON Lines, synced before an acceptance is told to anybody. Concurrent acceptances share one sync.
final class LedgerFile: Sendable {
    private struct Pending {
        var bytes: [UInt8] = []
        var waiting: [CheckedContinuation<Bool, Never>] = []
        /// They wait until it is written, not until it is on disk.
        var watching: [CheckedContinuation<Bool, Never>] = []
        var isScheduled = false
    }

    private let descriptor: Int32
    private let pending = Mutex(Pending())
    private let queue = DispatchQueue(label: "sandbox.ledger")

    /// Opens `path`, returning what stands in it. A last line that a crash cut short is removed: nobody was told of it.
    static func open(_ path: String) throws(SandboxProblem) -> (file: LedgerFile, events: [LedgerEvent]) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SandboxProblem("cannot open \(path): \(SystemText.lastError())") }
        let bytes = FileBytes.read(descriptor)
        let whole = bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0
        if whole < bytes.count, ftruncate(descriptor, off_t(whole)) != 0 {
            Glibc.close(descriptor)
            throw SandboxProblem("cannot mend \(path): \(SystemText.lastError())")
        }
        return (LedgerFile(descriptor: descriptor), parse(bytes[..<whole]))
    }

    static func parse(_ bytes: ArraySlice<UInt8>) -> [LedgerEvent] {
        let decoder = JSONDecoder()
        return bytes.split(separator: 10).compactMap { try? decoder.decode(LedgerEvent.self, from: Data($0)) }
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { Glibc.close(descriptor) }

    /// Returns once the event is on disk; false when the disk refused it.
    func append(_ event: LedgerEvent) async -> Bool {
        guard let line = Self.line(event) else { return false }
        return await withCheckedContinuation { continuation in
            add(line) { $0.waiting.append(continuation) }
        }
    }

    /// Returns once the event is written, not synced: for counters that may be lost in a crash, but that whoever was
    /// answered may read.
    func note(_ event: LedgerEvent) async {
        guard let line = Self.line(event) else { return }
        _ = await withCheckedContinuation { continuation in
            add(line) { $0.watching.append(continuation) }
        }
    }

    private static func line(_ event: LedgerEvent) -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(event) else { return nil }
        return Array(data) + [10]
    }

    private func add(_ line: [UInt8], _ enlist: (inout Pending) -> Void) {
        let mustSchedule = pending.withLock { pending in
            pending.bytes += line
            enlist(&pending)
            defer { pending.isScheduled = true }
            return !pending.isScheduled
        }
        if mustSchedule { queue.async { self.flush() } }
    }

    private func flush() {
        while true {
            let batch = pending.withLock { pending -> Pending? in
                if pending.bytes.isEmpty {
                    pending.isScheduled = false
                    return nil
                }
                let batch = pending
                pending.bytes = []
                pending.waiting = []
                pending.watching = []
                return batch
            }
            guard let batch else { return }
            let isWritten = FileBytes.write(batch.bytes, to: descriptor)
            let isDurable = isWritten && (batch.waiting.isEmpty || fdatasync(descriptor) == 0)
            for continuation in batch.waiting + batch.watching { continuation.resume(returning: isDurable) }
        }
    }
}
