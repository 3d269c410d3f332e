import Crypto
import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(20))) struct EwbTests {
    private func made(_ hand: NicHand, _ number: String = "DC-7", _ changes: [(String, String)] = []) async throws
        -> EwbResult
    {
        try await EwbResult(hand.ewbDone(.generate, SampleBill.json(number: number, changes)))
    }

    private static let partA = (
        #""transMode":"1","vehicleNo":"UP32AB1234","vehicleType":"R""#, "\"transporterId\":\"\(NicHand.seller)\""
    )

    private func vehicle(_ number: String, _ plate: String) -> String {
        #"{"ewbNo":\#(number),"vehicleNo":"\#(plate)","fromPlace":"Kanpur","fromState":9,"reasonCode":"1","#
            + #""reasonRem":"x","transMode":"1"}"#
    }

    @Test func aBillIsMadeOnceAndReadUnderAKeyOfItsOwn() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            let bill = try await made(hand)
            #expect(bill.number.utf8.count == 12 && bill.remarks == "Distance between the two PINs: 3390")
            #expect(bill.validUntil.map(NicTime.ewbText) == "07/12/2026 11:59:00 PM")
            let again = try await hand.ewb(.generate, SampleBill.json())
            #expect(again.error?.codes == ["604"] && again.error?.text.contains(bill.number) == true)
            let answer = try await hand.ewbGet(Nic.EwbPath.bill(bill.number))
            let opened = try answer.opened(under: hand.sek)
            #expect(answer.rek != nil && opened.isHmacRight == true)
            let detail = try EwbDetail(opened.json)
            #expect(detail.documentNumber == "DC-7" && detail.subSupplyType == "4" && detail.validDays == 17)
            #expect(detail.vehicles.map(\.number) == ["UP32AB1234"] && detail.itemCount == 1)
            let reconciled = try await hand.ewbGet(Nic.EwbPath.bill(documentType: "CHL", number: "DC-7"))
            #expect(try EwbDetail(reconciled.opened(under: hand.sek).json).number == bill.number)
            let missing = try await hand.ewbGet(Nic.EwbPath.bill(documentType: "CHL", number: "DC-8"))
            #expect(missing.error?.codes == ["418"])
            let day = try await hand.ewbGet(Nic.EwbPath.bills(date: "20/11/2026"))
            #expect(try Self.numbers(day, hand) == [bill.number])
        }
    }

    @Test func validityBeginsWithTheFirstVehicle() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            let bill = try await made(hand, "DC-8", [Self.partA, (#""transDistance":"0""#, #""transDistance":"201""#)])
            #expect(bill.validUntil == nil)
            let change = try await EwbChange(hand.ewbDone(.vehicle, vehicle(bill.number, "UP32AB1234")))
            #expect(change.validUntil.map(NicTime.ewbText) == "22/11/2026 11:59:00 PM")
            let second = try await EwbChange(hand.ewbDone(.vehicle, vehicle(bill.number, "UP32AB9999")))
            #expect(second.validUntil == change.validUntil)
            #expect(try await hand.detail(bill.number).vehicles.map(\.number) == ["UP32AB9999", "UP32AB1234"])
            #expect(try await hand.ewb(.vehicle, vehicle(bill.number, "U 1")).error?.codes == ["225"])
            #expect(try await hand.ewb(.vehicle, vehicle("341000000999", "UP32AB1234")).error?.codes == ["301"])
        }
    }

    @Test func anExtensionHasItsWindowAndItsDistance() async throws {
        try await SandboxHouse.with { house in
            var hand = try await NicHand.loggedIn(house, "ewb")
            let bill = try await made(hand, "DC-9", [(#""transDistance":"0""#, #""transDistance":"30""#)])
            func extend(_ distance: Int) -> String {
                #"{"ewbNo":\#(bill.number),"vehicleNo":"UP32AB1234","fromPlace":"Kanpur","fromState":9,"fromPincode":208001,"#
                    + #""remainingDistance":\#(distance),"transMode":"1","extnRsnCode":1,"extnRemarks":"flood","#
                    + #""consignmentStatus":"M","transitType":""}"#
            }
            #expect(try await hand.ewb(.extend, extend(5)).error?.codes == ["382"])
            // The end is 23:59 of the 21st; eight hours before it the window opens.
            let end = try #require(bill.validUntil)
            house.clock.advance(end.since(house.clock.now) - .seconds(8 * 3_600))
            try await hand.logIn()
            #expect(try await hand.ewb(.extend, extend(31)).error?.codes == ["390"])
            let change = try await EwbChange(hand.ewbDone(.extend, extend(5)))
            #expect(change.validUntil.map(NicTime.ewbText) == "22/11/2026 11:59:00 PM")
            #expect(try await hand.detail(bill.number).extensions == 1)
        }
    }

    @Test func aCancelledBillMakesRoomForAnother() async throws {
        try await SandboxHouse.with { house in
            var hand = try await NicHand.loggedIn(house, "ewb")
            let bill = try await made(hand)
            func cancel(_ number: String) -> String { #"{"ewbNo":\#(number),"cancelRsnCode":3,"cancelRmrk":"x"}"# }
            let done = try await EwbChange(hand.ewbDone(.cancel, cancel(bill.number)))
            #expect(done.number == bill.number && done.at == house.clock.now)
            #expect(try await hand.ewb(.cancel, cancel(bill.number)).error?.codes == ["312"])
            #expect(try await hand.ewb(.vehicle, vehicle(bill.number, "UP32AB1234")).error?.codes == ["343"])
            let next = try await made(hand)
            #expect(next.number != bill.number)
            house.clock.advance(.seconds(86_401))
            try await hand.logIn()
            #expect(try await hand.ewb(.cancel, cancel(next.number)).error?.codes == ["315"])
        }
    }

    @Test func partBBelongsToTheTransporterWhoIsNamed() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            let other = try #require(
                house.world.accounts.first { $0.identity.portal == .gst && $0.identity.text != NicHand.seller })
            let bill = try await made(hand, "DC-10", [Self.partA])
            let named = other.identity.text
            let assigned = try await EwbChange(
                hand.ewbDone(.transporter, #"{"ewbNo":\#(bill.number),"transporterId":"\#(named)"}"#))
            #expect(assigned.transporterId == named)
            #expect(try await hand.ewb(.vehicle, vehicle(bill.number, "UP32AB1234")).error?.codes == ["636"])
            let carrier = try await NicHand.loggedIn(house, "ewb", gstin: named)
            let listed = try await carrier.ewbGet(Nic.EwbPath.transporterBills(date: "20/11/2026"))
            #expect(try Self.numbers(listed, carrier) == [bill.number])
            _ = try await carrier.ewbDone(.vehicle, vehicle(bill.number, "UP32AB1234"))
            let late = try await hand.ewb(
                .transporter, #"{"ewbNo":\#(bill.number),"transporterId":"\#(NicHand.transporter)"}"#)
            #expect(late.error?.codes == ["338"])
            let trip = try await EwbConsolidated(
                carrier.ewbDone(
                    .consolidate,
                    #"{"fromPlace":"Kanpur","fromState":9,"vehicleNo":"UP32AB1234","transMode":"1","#
                        + #""tripSheetEwbBills":[{"ewbNo":\#(bill.number)}]}"#))
            #expect(trip.number.utf8.count == 10)
            #expect(try await carrier.detail(bill.number).vehicles.map(\.consolidated) == [trip.number, nil])
        }
    }

    @Test func aConsolidatedBillHasItsRules() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            let (first, second) = (try await made(hand).number, try await made(hand, "DC-8").number)
            func refusal(_ bills: [String], _ more: String = #""vehicleNo":"UP32AB1234","transMode":"1""#) async throws
                -> [String]?
            {
                let listed = bills.map { #"{"ewbNo":\#($0)}"# }.joined(separator: ",")
                let json = #"{"fromPlace":"Kanpur","fromState":9,\#(more),"tripSheetEwbBills":[\#(listed)]}"#
                return try await hand.ewb(.consolidate, json).error?.codes
            }
            #expect(try await refusal([]) == ["387"])
            #expect(try await refusal([first, "331000000999"]) == ["391"])
            #expect(try await refusal([first, first]) == ["391"])
            #expect(try await refusal([first, "338000000001"]) == ["452"])
            #expect(try await refusal([first], #""transMode":"1""#) == ["225"])
            #expect(try await refusal([first], #""transMode":"2""#) == ["394"])
            #expect(try await refusal([first, second]) == nil)
            #expect(try await hand.detail(second).vehicles.count == 2)
            _ = try await hand.ewbDone(.cancel, #"{"ewbNo":\#(second),"cancelRsnCode":3,"cancelRmrk":"x"}"#)
            #expect(try await refusal([first, second]) == ["818"])
        }
    }

    @Test(
        arguments: [
            (#""docType":"CHL""#, #""docType":"INV""#, "611"), ("20/11/2026", "20/05/2026", "820"),
            ("20/11/2026", "30/06/2017", "819"), ("226001", "560009", "710"), ("UP32AB1234", "UP-32", "225"),
            (#""totInvValue":1180"#, #""totInvValue":1100"#, "620"), ("732690", "998311", "724"),
            (#""transDistance":"0""#, #""transDistance":"3900""#, "702"), (NicHand.buyer, "29AAACB1234F1Z0", "209"),
            (#""supplyType":"O""#, #""supplyType":"I""#, "360"),
            (#""transactionType":1"#, #""transactionType":9"#, "607"),
        ])
    func whatIsWrongHasItsNumber(text: String, instead: String, code: String) async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            let answer = try await hand.ewb(.generate, SampleBill.json([(text, instead)]))
            #expect(answer.error?.codes.contains(code) == true, "\(String(describing: answer.error))")
        }
    }

    @Test func mastersAndUnknownCalls() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            func text(_ path: String) async throws -> String {
                try await String(decoding: hand.ewbGet(path).opened(under: hand.sek).json, as: UTF8.self)
            }
            #expect(try await text("/Master/GetErrorList").contains(#""errorCode":"604""#))
            #expect(try await text("/Master/GetGSTINDetails?GSTIN=\(NicHand.seller)").contains("Harihar & Co"))
            let transporter = try await text("/Master/GetTransporterDetails?trn_no=\(NicHand.transporter)")
            #expect(transporter.contains(#""transin":"\#(NicHand.transporter)""#))
            #expect(try await hand.ewbGet("/ewayapi/GetNothing").error?.codes == ["239"])
            let body = try NicRequest.body(.generate, Array("{}".utf8), under: hand.sek)
            let elsewhere = try await hand.send(.post, "/nothing", body)
            #expect(try EwbAnswer(elsewhere.body).error?.codes == ["239"])
        }
    }

    @Test func listsForTransportersAreCounted() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            let path = Nic.EwbPath.transporterBills(date: "20/11/2026")
            for _ in 0..<50 { #expect(try await hand.ewbGet(path).error?.codes == ["418"]) }
            #expect(try await hand.ewbGet(path).error?.codes == ["658"])
        }
    }

    /// Of the bills in a list.
    private static func numbers(_ answer: EwbAnswer, _ hand: NicHand) throws -> [String] {
        let rows = try #require(JSONValue(try answer.opened(under: hand.sek).json).list)
        return try rows.map { try EwbDetail($0.bytes).number }
    }
}
