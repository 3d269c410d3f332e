import Domain
import Sandbox
import Testing

@testable import Services

@Suite struct TriggeredTests {
    @Test func whatStoodAlreadyIsToldByItsStatus() async throws {
        try await WorkHouse.with(.success) { house in
            let first = try await house.workspace.sync.trigger(.fetch, [WorkHouse.gst], by: .command)
            #expect(first.created.count == 1 && first.existingText.isEmpty)
            let second = try await house.workspace.sync.trigger(.fetch, [WorkHouse.gst], by: .command)
            #expect(second.created.isEmpty && second.existingText == "1 already queued")
        }
    }

    @Test func everyStatusHasItsWords() {
        var result = SyncService.Triggered()
        result.existing = (1...4).map { JobId($0) }
        result.standing = [.running: 2, .needsInput: 1]
        #expect(result.existingText == "2 already running, 1 waiting for an answer, 1 already queued or running")
    }
}
