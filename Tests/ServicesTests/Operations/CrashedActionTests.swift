import Domain
import Foundation
import Store
import Testing
import Vault

@testable import Services

/// An action on which one worker after another dies.
@Suite("Actions that workers die on", .timeLimit(.minutes(20))) struct CrashedActionTests {
    /// Lets workers claim the action and die, the first with its request about to leave. The last one leaves it held.
    private static func dies(_ house: ActionHouse, times: Int) async throws {
        let now = house.place.time.now
        for number in 1...times {
            try await house.workspace.store.write { writer in
                let owner = "dead \(number)"
                _ = try writer.takeBackOperations(otherThan: owner, now: now) { _ in .zero }
                let held = try #require(
                    try writer.claimOperations(owner: owner, limit: 1, until: now + .seconds(60), now: now).first)
                guard number == 1 else { return }
                let attempt = OperationAttempt(
                    number: 0, purpose: .send, provider: "sandbox-irp", call: "POST Invoice", beganAt: now,
                    deadline: now, requestHash: "")
                _ = try writer.beginAttempt(held, owner: owner, attempt)
            }
        }
    }

    @Test func `it waits for a person, and is sent only after the portal said twice that it holds none`() async throws {
        try await ActionHouse.with { house in
            let asked = try await house.generate()
            try await Self.dies(house, times: 3)
            let stopped = try await house.workToTheEnd(asked.id)
            #expect(stopped.state == .attention && stopped.nextStepAt == nil && stopped.stoppedBy == .crashed)
            #expect(stopped.said.contains("the worker died on this action 3 times"))
            #expect(stopped.choices.contains(.hurry))
            #expect(try house.ledger("irn").isEmpty)

            _ = try await house.workspace.operations.reconcile(asked.id)
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            let count = try house.ledger("irn").count
            #expect(end.state == .filed && count == 1, "\(story)")
            let attempts = try await house.workspace.operations.dossier(asked.id).attempts
            let last = try #require(attempts.lastIndex { $0.purpose == .send })
            #expect(attempts[..<last].suffix(2).map(\.purpose) == [.look, .look], "\(story)")
        }
    }

    @Test func `the number of deaths is the one that is set for jobs`() async throws {
        try await ActionHouse.with { house in
            let settings = house.place.home.configuration
            let asked = try await house.generate()
            try await Self.dies(house, times: 1)
            try "[worker]\nquarantine_after = 1\n".write(toFile: settings, atomically: true, encoding: .utf8)
            let workspace = try Workspace.open(house.place.home, house.workspace.surroundings)
            workspace.acting.current = .program("asha")
            try await workspace.vault.unlock(.person("asha"), with: try #require(house.workspace.keyring.own?.key))
            try await SyncWorker(workspace, options: .init(untilIdle: true, concurrency: 4)).run()
            #expect(try await workspace.operations.dossier(asked.id).operation.stoppedBy == .crashed)
            workspace.close()
        }
    }
}
