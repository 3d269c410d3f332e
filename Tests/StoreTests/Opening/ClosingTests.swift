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
}
