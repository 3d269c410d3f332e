import Domain
import Testing

@testable import Store

/// What portals showed of invoices is evidence: the newest that is believed is found, and nothing of it changes.
@Suite("Readings of invoices") struct InvoiceReadingTests {
    private static let irn = String(repeating: "a", count: 64)
    private static let document = "09AAFHH6756K1ZQ/INV/GE-8/2026-27"

    private static func reading(_ provider: String, problem: String? = nil, after seconds: Int64) throws
        -> InvoiceReading
    {
        InvoiceReading(
            irn: irn, document: document, gstin: try Gstin("09AAFHH6756K1ZQ"), provider: provider,
            call: "GET Invoice/irn", readAt: Workspace.morning + .seconds(seconds), readBy: "asha", problem: problem,
            result: [1], signed: problem == nil ? [2] : [], answer: [3], answerHash: "hash")
    }

    @Test func `the newest that is believed counts`() throws {
        let workspace = try Workspace()
        try workspace.store.writeNow { writer throws in
            try writer.keep(Self.reading("first", after: 0))
            try writer.keep(Self.reading("second", after: 1))
            try writer.keep(Self.reading("forged", problem: "its signature does not fit", after: 2))
        }
        try workspace.store.readNow { reader throws in
            #expect(try reader.invoiceReading(irn: Self.irn) == Self.reading("second", after: 1))
            #expect(try reader.invoiceReading(document: Self.document)?.provider == "second")
            #expect(try reader.invoiceReading(irn: "b") == nil)
        }
    }

    @Test func `what a portal shows again is kept once, and when it was asked moves on`() throws {
        let workspace = try Workspace()
        func rows() throws -> Int64? {
            try workspace.store.writeNow { try $0.db.number("SELECT count(*) FROM invoice_reading") }
        }
        let again = try Self.reading("first", after: 60)
        try workspace.store.writeNow { writer throws in
            try writer.keep(Self.reading("first", after: 0))
            try writer.keep(again)
        }
        #expect(try rows() == 1)
        #expect(try workspace.store.readNow { try $0.invoiceReading(irn: Self.irn) } == again)
        var changed = again
        changed.result = [9]
        try workspace.store.writeNow { [changed] writer throws in
            try writer.keep(changed)
            // What stood there in between is no repetition either.
            try writer.keep(again)
            try writer.keep(Self.reading("first", problem: "its signature does not fit", after: 60))
        }
        #expect(try rows() == 4)
        #expect(try workspace.store.readNow { try $0.invoiceReading(irn: Self.irn) } == again)
    }

    @Test(arguments: ["UPDATE invoice_reading SET problem = NULL", "DELETE FROM invoice_reading"])
    func `none is changed or removed`(sql: String) throws {
        let workspace = try Workspace()
        try workspace.store.writeNow { writer throws in
            try writer.keep(Self.reading("forged", problem: "its signature does not fit", after: 0))
        }
        #expect(throws: (any Error).self) { try workspace.store.withWriter { try $0.execute(sql) } }
        try workspace.store.readNow { reader throws in
            #expect(try reader.invoiceReading(irn: Self.irn) == nil)
        }
    }
}
