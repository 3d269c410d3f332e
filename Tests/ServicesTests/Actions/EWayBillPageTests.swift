import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import Services

/// The bills that the desk knows: until when each holds, after whatever was done to it.
@Suite("E-way bills of the desk, kept", .timeLimit(.minutes(20))) struct EWayBillPageTests {
    private static func page(
        _ house: ActionHouse, _ standings: Set<EWayBillStanding> = [], text: String? = nil,
        soon: Duration = EWayBillStanding.soon
    ) async throws -> EWayBillPage {
        try await house.workspace.eWayBills.page(
            EWayBillQuery(standings: standings, text: text, now: house.place.time.now, soon: soon))
    }

    private static func made(_ house: ActionHouse) async throws -> StandingBill {
        let invoice = try await house.workToTheEnd(try await house.generate().id)
        var request = EWayBillByIrn()
        request.irn = invoice.reference
        (request.transport.distance, request.transport.mode) = (201, TransportMode.road.rawValue)
        (request.transport.vehicleNumber, request.transport.vehicleType) = ("UP32AB1234", "R")
        let asked = try await house.workspace.eWayBills.generate(request)
        #expect(try await page(house, [.inWork]).total == 1)
        let end = try await house.workToTheEnd(asked.id)
        let story = try await house.story(asked.id)
        return try #require(try await page(house).rows.first { $0.number == end.reference }, "\(story)")
    }

    private static func extended(_ number: String?) -> EWayBillExtension {
        var request = EWayBillExtension()
        (request.number, request.fromPlace, request.fromState) = (number.flatMap { Int($0) }, "Kanpur", 9)
        (request.fromPin, request.reason, request.remark, request.consignmentStatus) = (208_001, "1", "flood", "M")
        (request.transport.mode, request.transport.vehicleNumber) = ("1", "UP32AB9999")
        request.transport.distance = 50
        return request
    }

    @Test func `a bill moves from valid over expiring to expired by the clock alone, and onto the watch`() async throws
    {
        try await ActionHouse.with { house in
            let bill = try await Self.made(house)
            #expect(bill.vehicle == "UP32AB1234" && bill.distance == 201 && bill.madeAt != nil)
            let end = try #require(bill.validUntil)
            #expect(try await Self.page(house, [.valid]).total == 1)
            #expect(try await Self.page(house).watch.expiring == 0)
            // Wanted by a later end it is on the list, and expires no sooner for that.
            let now = house.place.time.now
            let wanted = EWayBillQuery(endsAfter: now, endsBy: now + .seconds(10 * 86_400), order: .end, now: now)
            let listed = try await house.workspace.eWayBills.page(wanted)
            #expect(listed.rows.map { $0.standing(at: now, soon: wanted.soon) } == [.valid])
            #expect(listed.watch.expiring == 0)
            let watch = try await house.workspace.sync.summary().bills
            #expect(watch.expiring == 0 && watch.changesAt == end - EWayBillStanding.soon)
            house.place.time.advance(end.since(house.place.time.now) - .seconds(3_600))
            #expect(try await Self.page(house, [.expiring]).rows.first?.number == bill.number)
            #expect(try await Self.page(house, [.valid]).total == 0)
            let soon = try await house.workspace.sync.summary().bills
            #expect(soon.expiring == 1 && soon.nextEnd == end && soon.changesAt == end)
            house.place.time.advance(.seconds(3_601))
            #expect(try await Self.page(house, [.expired]).total == 1)
            #expect(try await house.workspace.sync.summary().bills.expiring == 0)
            #expect(try await Self.page(house, text: "up32ab1234").total == 1)
            #expect(try await Self.page(house, text: "UP99").total == 0)
        }
    }

    @Test func `what an extension would send is told, and afterwards the bill holds longer`() async throws {
        try await ActionHouse.with { house in
            let bill = try await Self.made(house)
            let service = house.workspace.eWayBills
            let request = Self.extended(bill.number)
            let early = await complaint { _ = try await service.plan(.extend(request)) }
            #expect(early?.status == .badData && early?.description.contains("cannot be extended now") == true)
            let end = try #require(bill.validUntil)
            house.place.time.advance(end.since(house.place.time.now) - .seconds(3_600))
            let plan = try await service.plan(.extend(request))
            #expect(plan.reference == bill.number && plan.total == Rupees("708.00") && plan.calls == 1)
            #expect(plan.documents == [bill.operation.title] && plan.provider.isSimulated)
            var far = request
            far.transport.distance = 400
            let tooFar = await complaint { _ = try await service.plan(.extend(far)) }
            #expect(tooFar?.description.contains("the whole way is 201") == true)
            let asked = try await service.submit(.extend(request))
            #expect(try await Self.page(house).rows.first?.change?.id == asked.id)
            let done = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(done.state == .filed, "\(story)")
            let after = try #require(try await Self.page(house).rows.first)
            #expect(after.change == nil && after.vehicle == "UP32AB9999")
            #expect(after.validUntil.map { $0 > end } == true)
            #expect(try await service.kept(try #require(bill.number)).validUntil == after.validUntil)
        }
    }

    @Test func `a bill whose change is in doubt stays on the watch list and in the mail`() async throws {
        try await ActionHouse.with { house in
            let bill = try await Self.made(house)
            let end = try #require(bill.validUntil)
            house.place.time.advance(end.since(house.place.time.now) - .seconds(3_600))
            _ = try await house.workspace.eWayBills.submit(.extend(Self.extended(bill.number)))
            let now = house.place.time.now
            // What a worker leaves that died with its request under way.
            try await house.workspace.store.write { writer in
                let held = try #require(
                    try writer.claimOperations(owner: "dead", limit: 1, until: now + .seconds(60), now: now).first)
                let attempt = OperationAttempt(
                    number: 0, purpose: .send, provider: "sandbox-ewb", call: "POST ewayapi", beganAt: now,
                    deadline: now + .seconds(2), requestHash: "")
                _ = try writer.beginAttempt(held, owner: "dead", attempt)
            }
            try await house.work()
            let query = EWayBillQuery(endsAfter: now - .seconds(8 * 3_600), order: .end, now: now)
            let watched = try await house.workspace.eWayBills.page(query)
            #expect(watched.rows.map(\.number) == [bill.number] && watched.watch.expiring == 1)
            #expect(watched.rows.first?.standing(at: now) == .inDoubt)
            let mailed = try await house.workspace.read {
                try $0.bills(endingAfter: now, until: now + .seconds(86_400), limit: 100)
            }
            #expect(mailed.total == 1)
        }
    }

    @Test func `a cancelled bill leaves the watch list`() async throws {
        try await ActionHouse.with { house in
            let bill = try await Self.made(house)
            var request = EWayBillCancellation()
            (request.number, request.reason, request.remark) = (bill.number.flatMap { Int($0) }, "2", "taken back")
            #expect(try await Self.page(house, [.valid], soon: .seconds(3_600)).total == 1)
            let done = try await house.workToTheEnd(
                try await house.workspace.eWayBills.submit(.cancel(request)).id)
            #expect(done.title == "EWB \(bill.number ?? "") · order cancelled")
            let story = try await house.story(done.id)
            #expect(done.state == .filed, "\(story)")
            #expect(try await Self.page(house, [.cancelled]).rows.first?.isCancelled == true)
            #expect(try await Self.page(house, soon: .seconds(400_000)).watch.expiring == 0)
        }
    }

    @Test func `a cancelled bill is cancelled in list and filter, whatever is still open of it`() async throws {
        try await ActionHouse.with { house in
            let bill = try await Self.made(house)
            let service = house.workspace.eWayBills
            let number = try #require(bill.number)
            var request = EWayBillCancellation()
            (request.number, request.reason, request.remark) = (Int(number), "2", "taken back")
            var update = VehicleUpdate()
            (update.number, update.fromPlace, update.fromState) = (Int(number), "Kanpur", 9)
            (update.reason, update.remark) = (VehicleChangeReason.breakDown.rawValue, "broke down")
            (update.transport.mode, update.transport.vehicleNumber) = ("1", "UP32AB9999")
            update.transport.vehicleType = VehicleKind.regular.rawValue
            let cancel = try await service.submit(.cancel(request))
            let open = try await service.submit(.vehicle(update))
            let now = house.place.time.now
            // The vehicle's change is a person's, the cancellation is confirmed.
            try await house.workspace.store.write { writer in
                let held = try writer.claimOperations(owner: "dead", limit: 2, until: now + .seconds(60), now: now)
                for one in held {
                    let attempt = OperationAttempt(
                        number: 0, purpose: .send, provider: "sandbox-ewb", call: "POST ewayapi", beganAt: now,
                        deadline: now + .seconds(2), requestHash: "")
                    _ = try writer.beginAttempt(one, owner: "dead", attempt)
                }
                var facts = BillFacts(number: number, isMade: false)
                facts.isCancelled = true
                try writer.note(facts, by: cancel.id)
            }
            let row = try #require(try await Self.page(house).rows.first)
            #expect(row.change?.id == open.id && row.standing(at: now) == .cancelled)
            #expect(try await Self.page(house, [.cancelled]).total == 1)
            #expect(try await Self.page(house, [.inDoubt, .attention, .inWork]).total == 0)
        }
    }

    @Test func `the watch list takes standings too`() async throws {
        try await ActionHouse.with { house in
            let bill = try await Self.made(house)
            let end = try #require(bill.validUntil)
            house.place.time.advance(end.since(house.place.time.now) - .seconds(3_600))
            let now = house.place.time.now
            func watched(_ standings: Set<EWayBillStanding>) async throws -> [String?] {
                let query = EWayBillQuery(
                    standings: standings, endsAfter: now - .seconds(8 * 3_600), order: .end, now: now)
                return try await house.workspace.eWayBills.page(query).rows.map(\.number)
            }
            #expect(try await watched([]) == [bill.number])
            #expect(try await watched([.expiring]) == [bill.number])
            #expect(try await watched([.expired, .inDoubt]).isEmpty)
        }
    }
}
