import Domain
import Testing

@testable import Store

/// One row that cannot be read is told, and takes none of the others away.
@Suite("Damaged operations") struct DamagedOperationTests {
    private let now = Workspace.morning

    private func new(_ number: Int, kind: OperationKind = .einvoiceGenerate) throws -> NewOperation {
        let operation = PortalOperation(
            id: OperationId(at: now, random: [UInt8(number)]), kind: kind, gstin: try Samples.gstin(0),
            businessKey: "27/INV/\(number)", provider: "irp", state: .draft, fingerprint: "aa", title: "INV \(number)",
            createdAt: now, createdBy: "asha", updatedAt: now)
        return NewOperation(operation: operation, idempotencyKey: "k\(number)", payload: Array("{}".utf8))
    }

    /// Three that are queued, of which the second is damaged.
    private func workspace(_ damage: String, kind: OperationKind = .einvoiceGenerate) throws -> (Workspace, OperationId)
    {
        let workspace = try Workspace()
        let all = try (1...3).map { try new($0, kind: kind) }
        let now = now
        try workspace.store.writeNow { writer throws in
            for one in all { _ = try writer.submit(one, at: now) }
            try writer.db.run(damage.replacing("?", with: "'\(all[1].operation.id.text)'"))
        }
        return (workspace, all[1].operation.id)
    }

    static let damages = [
        "UPDATE operation SET state = 'fiied' WHERE id = ?", "UPDATE operation SET kind = 'einvoice' WHERE id = ?",
        "UPDATE operation SET gstin = '27' WHERE id = ?",
    ]

    @Test(arguments: damages)
    func `lists show the others and name the damaged one, and counts are of all`(damage: String) throws {
        let (workspace, id) = try workspace(damage)
        let page = try workspace.store.readNow { try $0.operations(OperationQuery()) }
        #expect(page.rows.map(\.title) == ["INV 3", "INV 1"] && page.total == 3 && page.firstSerial == 1)
        #expect(page.damaged.map(\.id) == [id.text])
        #expect(page.damaged.first?.line.contains("cannot be read") == true)
        let told = try workspace.store.readNow { try $0.damagedOperations() }
        #expect(told == page.damaged)
        let single = #expect(throws: StoreProblem.self) { try workspace.store.readNow { try $0.operation(id) } }
        #expect(single?.message.contains(id.text) == true && single?.message.contains("doctor") == true)
    }

    @Test func `invoices and bills are shown but for the damaged one, which is counted where it stands`() throws {
        let (workspace, id) = try workspace(Self.damages[0])
        let page = try workspace.store.readNow { try $0.eInvoices(EInvoiceQuery()).page }
        #expect(page.rows.count == 2 && page.total == 3 && page.damaged.map(\.id) == [id.text])
        #expect(page.standing.damaged == 1 && page.standing.queued == 2 && !page.standing.isQuiet)
        let (bills, bill) = try self.workspace(Self.damages[2], kind: .ewaybillGenerate)
        let now = now
        let found = try bills.store.readNow { try $0.eWayBills(EWayBillQuery(now: now)) }
        #expect(found.rows.count == 2 && found.total == 3 && found.damaged.map(\.id) == [bill.text])
    }

    @Test func `a consolidated bill whose request is damaged takes no bill from the list`() throws {
        let workspace = try Workspace()
        let (now, number) = (now, "331001000001")
        var made = try new(1, kind: .ewaybillGenerate)
        made.operation.businessKey = "ewb/\(number)"
        var trips = try (2...4).map { try new($0, kind: .ewaybillConsolidate) }
        trips[0].payload = Array("{broken".utf8)
        trips[1].payload = Array(#"{"tripSheetEwbBills":[7,"x",null,[1]]}"#.utf8)
        trips[2].payload = Array(#"{"tripSheetEwbBills":[{"ewbNo":\#(number)}]}"#.utf8)
        let (id, asked) = (made.operation.id, trips[2].operation.id)
        try workspace.store.writeNow { [made, trips] writer throws in
            for one in [made] + trips { _ = try writer.submit(one, at: now) }
            try writer.db.run(
                "UPDATE operation SET state = 'filed', reference = '\(number)', next_at = NULL WHERE id = '\(id.text)'")
            try writer.note(BillFacts(number: number, isMade: true, madeAt: now), by: id)
        }
        let page = try workspace.store.readNow { try $0.eWayBills(EWayBillQuery(now: now)) }
        #expect(page.rows.map(\.number) == [number] && page.rows.first?.change?.id == asked)
        #expect(try workspace.store.readNow { try $0.openTrip(of: number)?.id } == asked)
    }

    @Test(
        arguments: damages + [
            "DELETE FROM operation_payload WHERE operation = (SELECT number FROM operation WHERE id = ?)"
        ])
    func `a worker gets the others, and the damaged one is not due any more`(damage: String) throws {
        let (workspace, id) = try workspace(damage)
        let now = now
        let held = try workspace.store.writeNow {
            try $0.claimOperations(owner: "a", limit: 9, until: now + .seconds(60), now: now)
        }
        #expect(held.map(\.operation.title) == ["INV 1", "INV 3"])
        #expect(try workspace.store.readNow { try $0.hasDueOperation(now: now) } == false)
        #expect(try workspace.store.readNow { try $0.damagedOperations() }.map(\.id) == [id.text])
    }

    @Test func `what was asked and is no JSON any more is found`() throws {
        let (workspace, id) = try workspace("UPDATE operation SET code = NULL WHERE id = ?")
        #expect(try workspace.store.readNow { try $0.damagedOperations() }.isEmpty)
        try workspace.store.writeNow { writer throws in
            try writer.db.run(
                "UPDATE operation_payload SET result = x'7B' WHERE operation = (SELECT number FROM operation WHERE id = '\(id)')"
            )
        }
        let found = try workspace.store.readNow { try $0.damagedOperations() }
        #expect(found.map(\.id) == [id.text] && found.first?.what.contains("no JSON") == true)
    }
}
