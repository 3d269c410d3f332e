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
            add(line, waiting: continuation)
        }
    }

    /// Writes soon, without waiting: for counters that may be lost in a crash.
    func note(_ event: LedgerEvent) {
        if let line = Self.line(event) { add(line, waiting: nil) }
    }

    private static func line(_ event: LedgerEvent) -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(event) else { return nil }
        return Array(data) + [10]
    }

    private func add(_ line: [UInt8], waiting: CheckedContinuation<Bool, Never>?) {
        let mustSchedule = pending.withLock { pending in
            pending.bytes += line
            if let waiting { pending.waiting.append(waiting) }
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
                return batch
            }
            guard let batch else { return }
            let isWritten = FileBytes.write(batch.bytes, to: descriptor)
            let isDurable = isWritten && (batch.waiting.isEmpty || fdatasync(descriptor) == 0)
            for continuation in batch.waiting { continuation.resume(returning: isDurable) }
        }
    }
}
