import Domain
import Testing

@testable import Services
@testable import Store

/// The daily mail names the e-way bills that end before the next one.
@Suite("E-way bills in the digest") struct DigestBillTests {
    private static let now = NicTime.instant(LegalDate(dayNumber: 20_777), hour: 8, minute: 0)

    private static func letter(_ bills: [StandingBill], of count: Int? = nil) -> DigestLetter {
        DigestLetter(
            digest: Digest(), bills: bills, billCount: count ?? bills.count, since: now - .seconds(86_400), until: now,
            isSimulated: true)
    }

    @Test func `bills that end within a day stand there with number, end and document, and in the subject`() throws {
        let operation = PortalOperation(
            id: OperationId(at: Self.now, random: [1]), kind: .ewaybillGenerate, gstin: try Gstin(WorkHouse.gst.text),
            businessKey: "ewb/1", provider: "ewb", state: .filed, fingerprint: "f", title: "INV GE-7 · Bela Stores",
            createdAt: Self.now, createdBy: "asha", updatedAt: Self.now)
        let bill = StandingBill(
            operation: operation, number: "331001000001",
            validUntil: NicTime.instant(LegalDate(dayNumber: 20_777), hour: 23, minute: 59))
        let letter = Self.letter([bill])
        #expect(letter.subject == "PortalDesk (SANDBOX): 1 e-way bill expiring")
        let text = letter.lines { _ in 19_800 }.joined(separator: "\n")
        #expect(text.contains("E-way bills that expire within a day: 1\n  331001000001  until "))
        #expect(text.contains("23:59:00  \(WorkHouse.gst.text)  INV GE-7 · Bela Stores"))
    }

    @Test func `all that end are counted, also those that are not named`() throws {
        let operation = PortalOperation(
            id: OperationId(at: Self.now, random: [1]), kind: .ewaybillGenerate, gstin: try Gstin(WorkHouse.gst.text),
            businessKey: "ewb/1", provider: "ewb", state: .filed, fingerprint: "f", title: "INV GE-7 · Bela Stores",
            createdAt: Self.now, createdBy: "asha", updatedAt: Self.now)
        let bill = StandingBill(operation: operation, number: "331001000001", validUntil: Self.now)
        let letter = Self.letter(Array(repeating: bill, count: DigestLetter.mostBills), of: 150)
        #expect(letter.subject == "PortalDesk (SANDBOX): 150 e-way bills expiring")
        let lines = letter.lines { _ in 19_800 }
        #expect(lines.contains("E-way bills that expire within a day: 150") && lines.contains("  and 50 more"))
    }

    @Test func `where none ends nothing is said of bills`() {
        let letter = Self.letter([])
        #expect(letter.subject == "PortalDesk (SANDBOX): nothing new")
        #expect(!letter.lines { _ in 0 }.contains { $0.contains("E-way") })
    }
}
