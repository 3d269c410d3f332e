import Domain
import Testing
import Wire

@Suite struct EWayBillJSONTests {
    private static let day = LegalDate(dayNumber: 20_779)

    static let text =
        #"{"supplyType":"O","subSupplyType":"1","docType":"INV","docNo":"PN/26-27/0042","docDate":"22/11/2026","#
        + #""fromGstin":"29AAKCP1234L1Z4","fromTrdName":"Peepal Metals","fromPlace":"Bengaluru","fromPincode":560034,"#
        + #""actFromStateCode":29,"fromStateCode":29,"toGstin":"27AABCT7788N1ZE","toPincode":411014,"actToStateCode":27,"#
        + #""toStateCode":27,"transactionType":1,"totalValue":12500.00,"igstValue":2250.0,"totInvValue":14750,"#
        + #""transMode":"1","transDistance":840,"vehicleNo":"KA05MH2211","vehicleType":"R","#
        + #""itemList":[{"productName":"Brass fittings","hsnCode":"741220","quantity":10,"qtyUnit":"NOS","#
        + #""taxableAmount":12500.00,"igstRate":18}]}"#

    private func check(_ text: String) -> DocumentReading<EWayBill> {
        EWayBillJSON.check(Array(text.utf8), on: Self.day)
    }

    @Test func whatIsReadIsWrittenAgainByteForByte() throws {
        let reading = check(Self.text)
        #expect(reading.findings.map(\.line) == [])
        #expect(String(decoding: EWayBillJSON.write(try #require(reading.value)), as: UTF8.self) == Self.text)
    }

    @Test func theLooseFormsThatTheSystemTakesAreTaken() {
        let loose = Self.text.replacing(#""hsnCode":"741220""#, with: #""hsnCode":741220"#)
            .replacing(#""transDistance":840"#, with: #""transDistance":"840""#)
            .replacing(#""subSupplyType":"1""#, with: #""subSupplyType":1"#)
            .replacing(#""transMode":"1""#, with: #""transMode":"1","transDocNo":"","transDocDate":"""#)
        let reading = check(loose)
        #expect(reading.findings.map(\.line) == [])
        #expect(reading.value?.items.first?.hsnCode == "741220")
        #expect(reading.value?.transport.distance == 840)
    }

    @Test func mistakesAreNamedByTheirFields() {
        let broken = Self.text.replacing(#""fromPincode":560034"#, with: #""fromPincode":"560034""#)
            .replacing(#""taxableAmount":12500.00"#, with: #""taxableAmount":"12,500""#)
            .replacing(#""docDate":"#, with: #""docDay":"#)
        #expect(
            check(broken).findings.map { "\($0.severity.rawValue) \($0.path)" } == [
                "warning docDay", "warning fromPincode", "error itemList[0].taxableAmount", "error docDate",
                "warning totalValue",
            ])
    }

    @Test func requestsAreWrittenWithTheirOwnNames() {
        var update = VehicleUpdate()
        update.number = 141_000_000_001
        update.transport.vehicleNumber = "KA25AB1001"
        update.fromState = 29
        #expect(
            String(decoding: EWayBillJSON.write(update), as: UTF8.self)
                == #"{"ewbNo":141000000001,"vehicleNo":"KA25AB1001","fromState":29}"#)
        var sheet = ConsolidatedEWayBill()
        sheet.bills = [141_000_000_001, 141_000_000_002].map {
            var entry = ConsolidatedEntry()
            entry.number = $0
            return entry
        }
        #expect(
            String(decoding: EWayBillJSON.write(sheet), as: UTF8.self)
                == #"{"tripSheetEwbBills":[{"ewbNo":141000000001},{"ewbNo":141000000002}]}"#)
        var byIrn = EWayBillByIrn()
        byIrn.irn = "ab"
        byIrn.transport.distance = 0
        #expect(String(decoding: EWayBillJSON.write(byIrn), as: UTF8.self) == #"{"Irn":"ab","Distance":0}"#)
    }
}
