import Domain
import Foundation
import Testing
import Wire

@testable import Services

/// Files of bills as people have them: the template, the bulk tool's list, other encodings.
@Suite("Files of e-way bills") struct BillFileTests {
    private static let day = LegalDate(dayNumber: 20_779)

    @Test func `the template is a bill that the system would take, in every state`() throws {
        for gstin in [nil, try Gstin("29AAKCP1234L1Z4"), try Gstin("27AABCT7788N1ZE")] {
            let text = SampleBill(gstin: gstin, day: Self.day).text
            let reading = EWayBillJSON.check(Array(text.utf8), on: Self.day)
            #expect(reading.findings.map(\.line) == [] && reading.value != nil)
        }
    }

    @Test func `a file of the bulk tool is told as what it is, and not as a bill without fields`() async throws {
        let office = try await Office.make()
        let file = Array("{\"version\": \"1.0.0621\",\n \"billLists\": [ {\"userGstin\": \"09AAFHH6756K1ZQ\"} ]}".utf8)
        let refused = await complaint { _ = try await office.admin.eWayBills.findings(file) }
        #expect(refused?.what.contains("bulk tool") == true && refused?.status == .badData)
        #expect(await complaint { _ = try await office.admin.eWayBills.survey(file, source: "b.json") } == refused)
    }

    @Test func `all that is wrong with a bill is found at once`() async throws {
        let office = try await Office.make()
        let text = SampleBill(day: Self.day).text
            .replacing("\"vehicleType\": \"R\"", with: "\"vehicleType\": \"Q\"")
            .replacing("\"qtyUnit\": \"NOS\"", with: "\"qtyUnit\": \"HEAPS\"")
        let found = try await office.admin.eWayBills.findings(Array(text.utf8)).filter { $0.severity == .error }
        #expect(found.count >= 2, "\(found.map(\.line))")
    }

    @Test func `UTF-16 is named, and not a missing value`() throws {
        let data = try #require("{\"Version\":\"1.1\"}".data(using: .utf16))
        let readings = [InvoiceJSON.read([UInt8](data)).findings, EWayBillJSON.read([UInt8](data)).findings]
        for findings in readings {
            #expect(findings.count == 1 && findings[0].line.contains("UTF-16"), "\(findings.map(\.line))")
        }
    }
}
