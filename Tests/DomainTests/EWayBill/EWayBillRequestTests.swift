import Domain
import Testing

@Suite struct EWayBillRequestTests {
    private let day = EWayBillSamples.day

    private func codes(_ findings: [Finding]) -> [String] { findings.map { "\($0.path) \($0.code ?? "")" } }

    private var byIrn: EWayBillByIrn {
        var request = EWayBillByIrn()
        request.irn = String(repeating: "0a", count: 32)
        request.transport = InvoiceSamples.withTransport.eWayBill ?? TransportDetails()
        return request
    }

    @Test func aBillByIrnIsHeldToItsInvoice() {
        var request = byIrn
        #expect(EWayBillRules.check(request, for: InvoiceSamples.inter, on: day) == [])
        #expect(codes(EWayBillRules.check(request, for: InvoiceSamples.creditNote, on: day)) == ["Irn 4010"])
        var services = InvoiceSamples.inter
        services.items.removeFirst()
        #expect(codes(EWayBillRules.check(request, for: services, on: day)) == ["Irn 4009"])
        request.transport.documentDate = "21/11/2026"
        #expect(codes(EWayBillRules.check(request, for: InvoiceSamples.inter, on: day)) == ["TransDocDt 4021"])
        request.transport.documentDate = nil
        request.transport.distance = 0
        var near = InvoiceSamples.inter
        near.buyer.pin = near.seller.pin
        #expect(codes(EWayBillRules.check(request, for: near, on: day)) == ["Distance 4029"])
        request.irn = "0a"
        #expect(codes(EWayBillRules.check(request, on: day)) == ["Irn 2145"])
    }

    @Test func anExportLeavesFromAPlaceInIndia() {
        let export = InvoiceSamples.integrated(.exportWithPayment, buyer: InvoiceSamples.abroad)
        var request = byIrn
        #expect(codes(EWayBillRules.check(request, for: export, on: day)) == ["ExpShipDtls 4031"])
        request.exportShipTo = InvoiceSamples.party("URP", 600_001, "Harbour Store")
        request.exportShipTo?.stateCode = "33"
        request.exportShipTo?.legalName = nil
        #expect(EWayBillRules.check(request, for: export, on: day) == [])
        var settings = EWayBillSettings()
        settings.needsShipToGstin = true
        #expect(codes(EWayBillRules.check(request, for: export, on: day, settings)) == ["ExpShipDtls.TrdNm 4074"])
        request.exportShipTo?.pin = 999_999
        request.exportShipTo?.stateCode = "96"
        #expect(
            codes(EWayBillRules.check(request, for: export, on: day)) == [
                "ExpShipDtls.Stcd 4032", "ExpShipDtls.Pin 4033",
            ])
    }

    @Test func aVehicleNeedsReasonAndRemark() {
        var update = VehicleUpdate()
        update.number = 141_000_000_001
        update.fromPlace = "Hubballi"
        update.fromState = 29
        update.reason = "1"
        update.transport.mode = "1"
        update.transport.vehicleNumber = "KA25AB1001"
        update.transport.vehicleType = "R"
        #expect(EWayBillRules.check(update, on: day) == [])
        update.reason = "3"
        update.number = 41_000_000_001
        #expect(codes(EWayBillRules.check(update, on: day)) == ["ewbNo 301", "reasonRem 659"])
    }

    private var extending: EWayBillExtension {
        var request = EWayBillExtension()
        request.number = 141_000_000_001
        request.fromPlace = "Hubballi"
        request.fromState = 29
        request.fromPin = 580_020
        request.reason = "4"
        request.remark = "Axle broken"
        request.consignmentStatus = "M"
        request.transport.mode = "1"
        request.transport.vehicleNumber = "KA25AB1001"
        request.transport.distance = 120
        return request
    }

    @Test func anExtensionSaysWhereTheGoodsAre() {
        var request = extending
        #expect(EWayBillRules.check(request, distance: 840, on: day) == [])
        #expect(codes(EWayBillRules.check(request, distance: 100, on: day)) == ["remainingDistance 390"])
        request.reason = "3"
        #expect(codes(EWayBillRules.check(request, on: day)) == ["extnRsnCode 379"])
        request = extending
        request.consignmentStatus = "T"
        #expect(
            codes(EWayBillRules.check(request, on: day)) == ["transMode 220", "transitType 706", "addressLine1 707"])
        request.transport.mode = "5"
        request.transitType = "W"
        request.address1 = "Godown 4, Gokul Road"
        #expect(EWayBillRules.check(request, on: day) == [])
        request.consignmentStatus = "M"
        #expect(codes(EWayBillRules.check(request, on: day)) == ["transMode 220", "transitType 706"])
    }

    @Test func cancellingForAnotherReasonNeedsARemark() {
        var request = EWayBillCancellation()
        request.number = 141_000_000_001
        request.reason = "4"
        #expect(codes(EWayBillRules.check(request)) == ["cancelRmrk 659"])
        request.reason = "2"
        #expect(EWayBillRules.check(request) == [])
        request.reason = "5"
        #expect(codes(EWayBillRules.check(request)) == ["cancelRsnCode "])
    }

    @Test func aTripSheetHoldsEveryBillOnce() {
        var request = ConsolidatedEWayBill()
        request.fromPlace = "Hubballi"
        request.fromState = 29
        request.transport.mode = "1"
        request.transport.vehicleNumber = "KA25AB1001"
        #expect(codes(EWayBillRules.check(request, on: day)) == ["tripSheetEwbBills 391"])
        var entry = ConsolidatedEntry()
        entry.number = 141_000_000_001
        request.bills = [entry, entry]
        #expect(codes(EWayBillRules.check(request, on: day)) == ["tripSheetEwbBills[1].ewbNo 391"])
        request.bills.removeLast()
        #expect(EWayBillRules.check(request, on: day) == [])
        entry.number = 148_000_000_001
        request.bills.append(entry)
        #expect(codes(EWayBillRules.check(request, on: day)) == ["tripSheetEwbBills[1].ewbNo 452"])
    }

    @Test func aTransporterNeedsItsNumbers() {
        #expect(codes(EWayBillRules.check(TransporterUpdate())) == ["ewbNo 301", "transporterId 222"])
    }

    @Test(arguments: [
        ("AB121234", true), ("AB12A1234", true), ("AB12AB1234", true), ("AB12ABC1234", true), ("ABC1234", true),
        ("AB123A1234", true), ("DF0123456", true), ("TM7788AB", true), ("BP1A1234", true), ("NP12345", true),
        ("KA 05 MH 2211", false), ("ka05mh2211", false), ("KA5MH2211", false), ("DFAB123", false), ("1234ABCD", false),
    ])
    func platesHaveKnownShapes(text: String, isPlate: Bool) {
        #expect(VehicleNumber.isValid(text) == isPlate)
    }

    @Test func blanksAndSmallLettersOfAPlateAreForgiven() {
        #expect(VehicleNumber.normalised("ka-05 mh 2211") == "KA05MH2211")
    }
}
