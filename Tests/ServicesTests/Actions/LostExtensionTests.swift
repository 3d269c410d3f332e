import Domain
import Portals
import Sandbox
import Store
import Testing
import Wire

@testable import Services

/// What became of an extension is seen in the bill itself: its end, how often it was extended, and by which vehicle.
@Suite("Extensions without an answer", .timeLimit(.minutes(10))) struct LostExtensionTests {
    private static func request(_ bill: KeptBill, _ plate: String = "UP32AB1234", distance: Int = 100)
        -> EWayBillExtension
    {
        var request = EWayBillExtension()
        (request.number, request.fromPlace, request.fromState, request.fromPin) = (
            Int(bill.number), "Kanpur", 9, 208_001
        )
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
