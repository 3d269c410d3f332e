import Domain
import Portals
import SampleDocuments
import Sandbox
import Store
import Testing
import Wire

@testable import Services

/// What others did to a bill is known once the system was asked.
@Suite("E-way bills that the system is asked for", .timeLimit(.minutes(20))) struct AskedBillTests {
    /// A bill of 201 km without a vehicle, which the transporter is to name.
    private static func partA(_ house: ActionHouse, transporter: Gstin) async throws -> KeptBill {
        let invoice = try await house.workToTheEnd(try await house.generate().id)
        var request = EWayBillByIrn()
        request.irn = invoice.reference
        (request.transport.distance, request.transport.transporterId) = (201, transporter.text)
        let end = try await house.workToTheEnd(try await house.workspace.eWayBills.generate(request).id)
        return try await house.workspace.eWayBills.kept(try #require(end.reference, "\(end.message)"))
    }

    private static func vehicle(_ number: String, _ plate: String) -> VehicleUpdate {
        var update = VehicleUpdate()
        (update.number, update.fromPlace, update.fromState, update.reason) = (Int(number), "Kanpur", 9, "4")
        (update.transport.mode, update.transport.vehicleNumber) = (TransportMode.road.rawValue, plate)
        update.transport.vehicleType = VehicleKind.regular.rawValue
        return update
    }

    @Test func `a vehicle that the transporter entered is known after asking, with the end that it gave`() async throws
    {
        try await ActionHouse.with { house in
            try await house.keepUsers(of: house.buyer)
            let service = house.workspace.eWayBills
            let bill = try await Self.partA(house, transporter: house.buyer)
            #expect(bill.validUntil == nil && bill.standing(at: house.place.time.now) == .partA)
            let told = try await house.tellElsewhere(
                .ewaybillVehicle, EWayBillJSON.write(Self.vehicle(bill.number, "DL01AB4321")), through: "sandbox-ewb",
                by: house.buyer)
            #expect(told.event == .confirmed, "\(told.message)")
            #expect(try await service.kept(bill.number).validUntil == nil)
            let shown = try await service.ask(bill.number)
            #expect(shown.vehicles.map(\.number) == ["DL01AB4321"] && shown.gstin == house.seller)
            let known = try await service.kept(bill.number)
            #expect(known.validUntil == shown.validUntil && known.validUntil != nil)
            let row = try #require(try await service.page(EWayBillQuery(now: house.place.time.now)).rows.first)
            #expect(row.vehicle == "DL01AB4321" && row.standing(at: house.place.time.now) == .valid)
            // The same answer again is no second piece of evidence; the moment moves on.
            house.place.time.advance(.seconds(60))
            _ = try await service.ask(bill.number)
            let kept = try await house.workspace.store.read { try $0.billReadings(bill.number, limit: 9) }
            #expect(kept.count == 1)
            #expect(try await service.read(bill.number)?.readAt == house.place.time.now)
        }
    }

    @Test func `a transporter changes a bill of others once the system has shown it`() async throws {
        try await ActionHouse.with { house in
            try await house.keepUsers(of: house.buyer)
            let service = house.workspace.eWayBills
            let made = try await house.tellElsewhere(
                .ewaybillGenerate,
                Array(
                    house.documents.bill("TR-7").replacing(
                        #""transMode":"1","vehicleNo":"UP32AB1234","vehicleType":"R""#,
                        with: #""transporterId":"\#(house.buyer.text)""#
                    ).utf8), through: "sandbox-ewb")
            let number = try #require(made.reference, "\(made.message)")
            let update = EWayBillChange.vehicle(Self.vehicle(number, "DL01AB4321"))
            await #expect(throws: Complaint.self) { _ = try await service.submit(update, gstin: house.buyer) }
            #expect(try await service.read(number) == nil)
            _ = try await service.ask(number, gstin: house.buyer)
            let end = try await house.workToTheEnd(try await service.submit(update).id)
            #expect(end.state == .filed && end.gstin == house.buyer, "\(end.message)")
            // The end that the vehicle gave it counts from now on.
            #expect(try await service.atHand(number, nil).validUntil != nil)
        }
    }

    @Test func `what was confirmed while the system was asked is newer than its answer`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let made = try await house.workToTheEnd(try await service.generate(house.challan()).id)
            let number = try #require(made.reference)
            let before = try await service.ask(number)
            // Another question begins now, and a vehicle is confirmed before its answer comes.
            house.place.time.advance(.seconds(60))
            let began = house.place.time.now
            house.place.time.advance(.seconds(1))
            var update = Self.vehicle(number, "DL01AB4321")
            update.reason = VehicleChangeReason.breakDown.rawValue
            let end = try await house.workToTheEnd(try await service.submit(.vehicle(update)).id)
            #expect(end.state == .filed, "\(end.message)")
            var late = before.facts
            try await house.workspace.store.write { [late] in try $0.note(late, askedAt: began) }
            func row() async throws -> StandingBill? {
                try await service.page(EWayBillQuery(now: house.place.time.now)).rows.first
            }
            #expect(try await row()?.vehicle == "DL01AB4321")
            // That it was cancelled meanwhile stands all the same.
            late.isCancelled = true
            try await house.workspace.store.write { [late] in try $0.note(late, askedAt: began) }
            #expect(try await row()?.vehicle == "DL01AB4321")
            #expect(try await row()?.isCancelled == true)
        }
    }

    @Test func `an answer counts from when the system was asked`() async throws {
        try await ActionHouse.with(faults: ["latency:500@/ewb/v1.03/ewayapi/GetEwayBill"]) { house in
            let service = house.workspace.eWayBills
            let made = try await house.workToTheEnd(try await service.generate(house.challan()).id)
            let number = try #require(made.reference)
            let began = house.place.time.now
            async let shown = service.ask(number)
            while await !house.server.calls().keys.contains(where: { $0.contains("GetEwayBill") }) {
                await Task.yield()
            }
            house.place.time.advance(.seconds(60))
            #expect(try await shown.readAt == began)
        }
    }

    @Test func `a bill that is not shown to who asks is refused in words`() async throws {
        try await ActionHouse.with { house in
            do throws(Complaint) {
                _ = try await house.workspace.eWayBills.ask("341000000999")
                Issue.record("it was shown")
            } catch {
                #expect(error.status == .badData && error.description.contains("shows no bill 341000000999"))
            }
        }
    }

    @Test func `what the other party rejected holds no more, and its document may have another bill`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let first = try await house.workToTheEnd(try await service.generate(house.challan()).id)
            let number = try #require(first.reference)
            let json = #"{"ewbNo":\#(number),"status":"ACT","rejectStatus":"Y"}"#
            let reading = BillReading(
                bill: number, gstin: house.seller, provider: "sandbox-ewb", readAt: house.place.time.now,
                readBy: "asha",
                result: Array(json.utf8), answerHash: "")
            let facts = try #require(ReadBill(reading)).facts
            try await house.workspace.store.write { writer in
                try writer.keep(reading)
                try writer.note(facts)
            }
            let rejected = EWayBillQuery(standings: [.rejected], now: house.place.time.now)
            #expect(try await service.page(rejected).rows.map(\.number) == [number])
            #expect(try await service.page(EWayBillQuery(now: house.place.time.now)).watch.nextEnd == nil)
            await #expect(throws: Complaint.self) {
                _ = try await service.submit(.vehicle(Self.vehicle(number, "DL01AB4321")))
            }
            var trip = ConsolidatedEWayBill()
            (trip.fromPlace, trip.fromState) = ("Kanpur", 9)
            (trip.transport.mode, trip.transport.vehicleNumber) = (TransportMode.road.rawValue, "UP32CD5678")
            var entries = [ConsolidatedEntry(), ConsolidatedEntry()]
            (entries[0].number, entries[1].number) = (Int(number), 331_000_000_999)
            trip.bills = entries
            let refused = await complaint { _ = try await service.plan(trip) }
            #expect(
                refused?.description.contains("the other party rejected it") == true, "\(refused?.description ?? "")")
            let second = try await service.generate(house.challan())
            #expect(second.id != first.id)
        }
    }
}
