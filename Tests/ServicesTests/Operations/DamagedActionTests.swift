import Domain
import Sandbox
import Testing

@testable import Services
@testable import Store

/// An action whose row is damaged is told by doctor and lists, and stops nothing else.
@Suite("Damaged actions", .timeLimit(.minutes(20))) struct DamagedActionTests {
    @Test func `the others are carried out, and doctor says what to do about the damaged one`() async throws {
        try await ActionHouse.with { house in
            let ids = try await [house.generate("GE-1"), house.generate("GE-2"), house.generate("GE-3")].map(\.id)
            let damaged = ids[1].text
            let doctor = Doctor(home: house.place.home, surroundings: house.place.surroundings)
            #expect(await doctor.operations(house.workspace).map(\.grade) == [.ok])
            try await house.workspace.store.write { writer throws in
                try writer.db.run("UPDATE operation SET state = 'que?ued' WHERE id = '\(damaged)'")
            }
            try await house.work()
            let page = try await house.workspace.operations.list(OperationQuery())
            #expect(page.rows.map(\.state) == [.filed, .filed] && page.total == 3)
            #expect(page.damaged.map(\.id) == [damaged])
            #expect(try await house.workspace.operations.standing().damaged == 1)
            #expect(try house.ledger("irn").count == 2)
            let findings = await doctor.operations(house.workspace)
            #expect(findings.map(\.grade) == [.problem])
            let said = findings.first?.message ?? ""
            #expect(said.contains(damaged) && said.contains("backup") && said.contains("que?ued"), "\(said)")
            // Nobody knows whether the portal holds it, so its document is not sent a second time.
            let paths = try ["GE-2", "GE-4"].map { try house.place.file("\($0).json", house.invoice($0)) }
            let drafts = try await house.workspace.invoiceBatch.survey(paths).drafts
            #expect(drafts.map(\.isInOrder) == [false, true])
            #expect(drafts.first?.refusal?.contains(damaged) == true)
            let again = await complaint { _ = try await house.generate("GE-2") }
            #expect(again?.description.contains(damaged) == true, "\(again?.description ?? "")")
        }
    }
}
