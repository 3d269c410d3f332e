import Foundation
import Testing

@testable import Store

@Suite struct ClosingTests {
    /// Closes the gate when it goes, as a store does of which nobody holds any more.
    private final class Holder: @unchecked Sendable {
        let gate: WriterGate
        let gone: DispatchSemaphore

        init(_ gate: WriterGate, _ gone: DispatchSemaphore) {
            self.gate = gate
            self.gone = gone
        }

        deinit {
            gate.close()
            gone.signal()
        }
    }

    @Test func `a body that held the last of the store closes it from the writer's own queue`() async throws {
        let workspace = try Workspace()
        let slot = WriterSlot(file: workspace.file, lock: try FileLock(path: workspace.folder + "/other.lock"))
        let gate = WriterGate(slot: slot, wake: try WakeFile(path: workspace.folder + "/other.wake"))
        let gone = DispatchSemaphore(value: 0)
        var holder: Holder? = Holder(gate, gone)
        gate.submit(WriterGate.Waiting(run: { [holder] _ in _ = holder }, conclude: { _ in }))
        holder = nil
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                gone.wait()
                continuation.resume()
            }
        }
        let refused: (any Error)? = await withCheckedContinuation { continuation in
            gate.submit(WriterGate.Waiting(run: { _ in }, conclude: { continuation.resume(returning: $0) }))
        }
        #expect(refused as? StoreProblem == .closed)
    }

    @Test func `closing keeps what waits for company`() async throws {
        let workspace = try Workspace()
        let slot = WriterSlot(file: workspace.file, lock: try FileLock(path: workspace.folder + "/other.lock"))
        let gate = WriterGate(slot: slot, wake: try WakeFile(path: workspace.folder + "/other.wake"))
        let failure: (any Error)? = await withCheckedContinuation { continuation in
            gate.submit(
                WriterGate.Waiting(
                    isPatient: true, run: { try $0.setSetting("company", "kept") },
                    conclude: { continuation.resume(returning: $0) }))
            gate.close()
        }
        #expect(failure == nil)
        #expect(try workspace.store.readNow { try $0.setting("company") } == "kept")
    }

    @Test func `those who wait for company share a commit`() async throws {
        let workspace = try Workspace()
        let before = workspace.store.batchStatistics
        async let first: Void = workspace.store.write(isPatient: true) { try $0.setSetting("a", "1") }
        async let second: Void = workspace.store.write(isPatient: true) { try $0.setSetting("b", "2") }
        _ = try await (first, second)
        #expect(workspace.store.batchStatistics.bodies - before.bodies == 2)
        #expect(try workspace.store.readNow { try ($0.setting("a"), $0.setting("b")) == ("1", "2") })
    }

    /// Bytes of the write-ahead log.
    private static func log(_ workspace: Workspace) -> Int {
        (try? Data(contentsOf: URL(fileURLWithPath: workspace.file + "-wal")))?.count ?? 0
    }

    /// Writes some megabytes into the write-ahead log.
    private static func fill(_ store: DeskStore) throws {
        for index in 0..<40 {
            try store.writeNow { try $0.setSetting("fill\(index)", String(repeating: "x", count: 100_000)) }
        }
    }

    @Test func `a checkpoint gives the room of the write-ahead log back`() async throws {
        let workspace = try Workspace()
        try Self.fill(workspace.store)
        #expect(Self.log(workspace) > 3_000_000)
        await workspace.store.checkpoint()
        #expect(Self.log(workspace) == 0)
        #expect(try workspace.store.readNow { try $0.setting("fill39") }?.count == 100_000)
    }

    @Test func `whoever goes takes a long log along, also one that another process wrote and while others stay`() throws
    {
        let workspace = try Workspace()
        let writer = try Workspace.open(workspace.folder)
        let looker = try Workspace.open(workspace.folder)
        // Two go on reading, so that no connection of those that go is the last.
        #expect(try workspace.store.readNow { try $0.setting("fill0") } == nil)
        #expect(try looker.readNow { try $0.setting("fill0") } == nil)
        try Self.fill(writer)
        #expect(Self.log(workspace) > 3_000_000)
        // It has written nothing itself.
        looker.close()
        #expect(Self.log(workspace) == 0)
        try Self.fill(writer)
        writer.close()
        #expect(Self.log(workspace) == 0)
        #expect(try workspace.store.readNow { try $0.setting("fill39") }?.count == 100_000)
    }

    @Test func `whoever goes does not wait for another process that writes, and leaves the log to it`() async throws {
        let workspace = try Workspace()
        try Self.fill(workspace.store)
        let before = Self.log(workspace)
        let (lock, store) = (try FileLock(path: workspace.folder + "/lock"), workspace.store)
        // Closed while the other one holds the lock: it lets go only when the close has come back.
        let isClosed = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let isClosed: Bool? = try? lock.whileHeld {
                    let closed = DispatchSemaphore(value: 0)
                    DispatchQueue.global().async {
                        store.close()
                        closed.signal()
                    }
                    closed.wait()
                    return true
                }
                continuation.resume(returning: isClosed ?? false)
            }
        }
        #expect(isClosed && Self.log(workspace) == before)
        let next = try Workspace.open(workspace.folder)
        #expect(try next.readNow { try $0.setting("fill39") }?.count == 100_000)
        next.close()
    }

    @Test func `a log is not waited for while somebody reads, and nothing of it is lost`() async throws {
        let workspace = try Workspace()
        try Self.fill(workspace.store)
        let reading = DispatchSemaphore(value: 0)
        let finished = DispatchSemaphore(value: 0)
        let other = try Workspace.open(workspace.folder)
        let read = Task.detached {
            try await other.read { reader in
                _ = try reader.setting("fill0")
                reading.signal()
                finished.wait()
                return try reader.setting("fill39")?.count
            }
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                reading.wait()
                continuation.resume()
            }
        }
        try workspace.store.writeNow { try $0.setSetting("late", "kept") }
        await workspace.store.checkpoint()
        finished.signal()
        #expect(try await read.value == 100_000)
        #expect(try workspace.store.readNow { try $0.setting("late") } == "kept")
        other.close()
    }
}
