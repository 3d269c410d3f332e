import Domain
import Portals
import Sandbox
import Store
import Testing
import Wire

@testable import Services

/// What became of an extension is seen in the bill itself: its end, how often it was extended, and by which vehicle.
@Suite("Extensions without an answer", .timeLimit(.minutes(20))) struct LostExtensionTests {
    private static func request(_ bill: KeptBill, _ plate: String = "UP32AB1234", distance: Int = 100)
        -> EWayBillExtension
    {
        request(bill.number, plate, distance: distance)
    }

    private static func request(_ number: String, _ plate: String = "UP32AB1234", distance: Int = 100)
        -> EWayBillExtension
    {
        var request = EWayBillExtension()
        (request.number, request.fromPlace, request.fromState, request.fromPin) = (Int(number), "Kanpur", 9, 208_001)
        (request.reason, request.remark, request.consignmentStatus) = ("1", "flood", "M")
        (request.transport.mode, request.transport.vehicleNumber, request.transport.distance) = ("1", plate, distance)
        return request
    }

    /// A bill three hours before its end; the fault meets the first request to the e-way bill system.
    private static func with(_ fault: String, _ body: (ActionHouse, KeptBill) async throws -> Void) async throws {
        try await ActionHouse.with(faults: ["\(fault):1@/ewb/v1.03/ewayapi"]) { house in
            let bill = try await house.bill()
            let end = try #require(bill.validUntil)
            house.place.time.advance(end.since(house.place.time.now) - .seconds(3 * 3_600))
            try await body(house, bill)
        }
    }

    @Test(arguments: ["commit_then_reset", "commit_then_garbage", "commit_then_unavailable", "late_commit"])
    func `one that was carried out is found and adopted, never sent again`(fault: String) async throws {
        try await Self.with(fault) { house, bill in
            let asked = try await house.workspace.eWayBills.submit(.extend(Self.request(bill)))
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted && end.reference == bill.number, "\(story)")
            #expect(try house.ledger("ewb_extend").count == 1)
            let sent = try await house.workspace.operations.dossier(asked.id).attempts.filter { $0.purpose == .send }
            #expect(sent.map(\.event) == [.lost])
            let kept = try await house.workspace.eWayBills.kept(bill.number)
            #expect(kept.validUntil.map { $0 > bill.validUntil ?? $0 } == true)
            let page = try await house.workspace.eWayBills.page(EWayBillQuery(now: house.place.time.now))
            #expect(page.rows.first?.validUntil == kept.validUntil)
        }
    }

    @Test func `asking how the bill stands meanwhile does not hide that it is ours`() async throws {
        try await Self.with("commit_then_reset") { house, bill in
            let service = house.workspace.eWayBills
            let asked = try await service.submit(.extend(Self.request(bill)))
            try await house.work()
            let shown = try await service.ask(bill.number)
            #expect(shown.extensions == 1 && shown.validUntil != bill.validUntil)
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted, "\(story)")
            #expect(try house.ledger("ewb_extend").count == 1)
        }
    }

    @Test func `that of a bill of others, which the system has shown, is found too`() async throws {
        try await ActionHouse.with(faults: ["commit_then_reset:1@/ewb/v1.03/ewayapi"]) { house in
            try await house.keepUsers(of: house.buyer)
            let service = house.workspace.eWayBills
            let registered = try await house.registerElsewhere("GE-7", through: "sandbox-irp")
            var request = EWayBillByIrn()
            request.irn = registered.reference
            (request.transport.distance, request.transport.mode) = (201, TransportMode.road.rawValue)
            (request.transport.vehicleNumber, request.transport.vehicleType) = (
                "UP32AB1234", VehicleKind.regular.rawValue
            )
            request.transport.transporterId = house.buyer.text
            let made = try await house.tellElsewhere(
                .ewaybillByIrn, EWayBillJSON.write(request), through: "sandbox-irp")
            let number = try #require(made.reference, "\(made.message)")
            let before = try #require(try await service.ask(number, gstin: house.buyer).validUntil)
            house.place.time.advance(before.since(house.place.time.now) - .seconds(3 * 3_600))
            let asked = try await service.submit(.extend(Self.request(number)))
            #expect(asked.gstin == house.buyer)
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted && end.reference == number, "\(story)")
            #expect(try house.ledger("ewb_extend").count == 1)
            #expect(try await service.atHand(number, nil).validUntil.map { $0 > before } == true)
        }
    }

    /// The first fault meets the extension that somebody else asks for, the second ours, which never comes.
    @Test func `that of a bill which others had extended before is sent again`() async throws {
        let path = "/ewb/v1.03/ewayapi"
        try await ActionHouse.with(faults: ["commit_then_reset:1@\(path)", "reset:1@\(path)"]) { house in
            let bill = try await house.bill()
            let (made, first) = (try #require(bill.madeAt), try #require(bill.validUntil))
            house.place.time.advance(first.since(house.place.time.now) - .seconds(3 * 3_600))
            let told = try await house.tellElsewhere(
                .ewaybillExtend, EWayBillJSON.write(Self.request(bill)), through: "sandbox-ewb")
            #expect(told.event == .lost)
            let running = EWayBillValidity.Running(
                generated: made, end: first, distance: 201, kind: .regular, hasShipLeg: false)
            let second = try EWayBillValidity.extended(running, at: house.place.time.now, remaining: 100)
            let json =
                #"{"ewbNo":\#(bill.number),"status":"ACT","validUpto":"\#(NicTime.ewbText(second))","extendedTimes":1}"#
            let reading = BillReading(
                bill: bill.number, gstin: house.seller, provider: "sandbox-ewb", readAt: house.place.time.now,
                readBy: "asha", result: Array(json.utf8), answerHash: "")
            try await house.workspace.store.write { try $0.keep(reading) }
            house.place.time.advance(second.since(house.place.time.now) - .seconds(3 * 3_600))
            let asked = try await house.workspace.eWayBills.submit(.extend(Self.request(bill)))
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && !end.isAdopted, "\(story)")
            #expect(try house.ledger("ewb_extend").count == 2)
        }
    }

    @Test(arguments: ["reset", "close"])
    func `one that never came is sent again when the bill has shown its old end twice`(fault: String) async throws {
        try await Self.with(fault) { house, bill in
            let asked = try await house.workspace.eWayBills.submit(.extend(Self.request(bill)))
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && !end.isAdopted, "\(story)")
            #expect(try house.ledger("ewb_extend").count == 1)
            let attempts = try await house.workspace.operations.dossier(asked.id).attempts
            #expect(attempts.filter { $0.purpose == .send }.count == 2, "\(story)")
            #expect(attempts.filter { $0.event == .notFound }.count >= 2, "\(story)")
        }
    }

    @Test(arguments: [("UP32ZZ9999", 100), ("UP32AB1234", 201)])
    func `what somebody else extended meanwhile is not taken for ours`(plate: String, distance: Int) async throws {
        try await Self.with("reset") { house, bill in
            let asked = try await house.workspace.eWayBills.submit(.extend(Self.request(bill)))
            try await house.work()
            let other = EWayBillJSON.write(Self.request(bill, plate, distance: distance))
            let told = try await house.tellElsewhere(.ewaybillExtend, other, through: "sandbox-ewb")
            #expect(told.event == .confirmed, "\(told.message)")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .conflict && end.nextStepAt == nil, "\(story)")
            #expect(try house.ledger("ewb_extend").count == 1)
        }
    }
}
