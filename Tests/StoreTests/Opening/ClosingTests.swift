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
}
