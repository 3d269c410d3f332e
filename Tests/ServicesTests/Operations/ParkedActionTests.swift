import Domain
import Foundation
import Sandbox
import Testing

@testable import Services
@testable import Store

/// A provider that asked for a day, by mistake or not, and answers again.
@Suite("Actions that wait for a day", .timeLimit(.minutes(20))) struct ParkedActionTests {
    /// An invoice that was answered an hour ago with a wait of a day.
    private static func parked(_ house: ActionHouse) async throws -> OperationId {
        let id = try await house.generate("GE-7").id
        let (told, next) = (house.place.time.now, house.place.time.now + .seconds(86_400))
        try await house.workspace.write { writer in
            try writer.db.run(
                """
                UPDATE operation SET state = 'not_sent', is_parked = 1, failures = 1,
                updated_at = \(told.milliseconds), next_at = \(next.milliseconds) WHERE id = '\(id)'
                """)
        }
        house.place.time.advance(.seconds(3_600))
        return id
    }

    @Test func `they go when another action of the same provider was answered`() async throws {
        try await ActionHouse.with { house in
            let id = try await Self.parked(house)
            let other = try await house.generate("GE-8").id
            try await house.work()
            let operations = try await house.workspace.read { try $0.operations([id, other]) }
            #expect(operations.map(\.state) == [.filed, .filed], "\(operations.map(\.message))")
        }
    }

    @Test func `they go when somebody tests the provider and it answers`() async throws {
        try await ActionHouse.with { house in
            let id = try await Self.parked(house)
            try await house.work()
            #expect(try await house.workspace.operations.dossier(id).operation.state == .notSent)
            let answers = try await house.workspace.providerService.test("sandbox-irp")
            #expect(answers.first?.message.contains("1 waiting action") == true, "\(answers)")
            try await house.work()
            #expect(try await house.workspace.operations.dossier(id).operation.state == .filed)
        }
    }
}
