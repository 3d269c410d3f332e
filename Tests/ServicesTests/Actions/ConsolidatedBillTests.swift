import Domain
import Portals
import Sandbox
import Store
import Testing
import Wire

@testable import Services

/// Several bills go on in one vehicle, under one number, made once.
@Suite("Consolidated e-way bills", .timeLimit(.minutes(20))) struct ConsolidatedBillTests {
    private static func request(_ bills: [KeptBill], _ plate: String = "UP32CD5678") -> ConsolidatedEWayBill {
        var request = ConsolidatedEWayBill()
        (request.fromPlace, request.fromState) = ("Kanpur", 9)
        (request.transport.mode, request.transport.vehicleNumber) = (TransportMode.road.rawValue, plate)
        request.bills = bills.map { bill in
            var entry = ConsolidatedEntry()
            entry.number = Int(bill.number)
            return entry
        }
        return request
    }

    private static func consolidate(
        _ house: ActionHouse, _ bills: [KeptBill], _ plate: String = "UP32CD5678"
    ) async throws -> PortalOperation {
        let asked = try await house.workspace.eWayBills.consolidate(request(bills, plate))
        return try await house.workToTheEnd(asked.id)
    }

    private static func twoBills(_ house: ActionHouse) async throws -> [KeptBill] {
        [try await house.bill("GE-7"), try await house.bill("GE-8")]
    }

    private static func faults(_ fault: String) -> [String] {
        ["\(fault):1@/ewb/v1.03/ewayapi"]
    }

    @Test func `bills get one number, which each of them shows`() async throws {
        try await ActionHouse.with { house in
            let bills = try await Self.twoBills(house)
            let end = try await Self.consolidate(house, bills)
            let story = try await house.story(end.id)
            #expect(end.state == .filed && end.reference?.count == 10 && !end.isAdopted, "\(story)")
            let service = house.workspace.eWayBills
            #expect(try await service.kept(bills[0].number).consolidated == end.reference)
            let page = try await service.page(EWayBillQuery(now: house.place.time.now))
            #expect(page.rows.map(\.consolidated) == [end.reference, end.reference])
            #expect(page.rows.map(\.vehicle) == ["UP32CD5678", "UP32CD5678"])
            let found = try await service.page(
                EWayBillQuery(text: end.reference, now: house.place.time.now))
            #expect(found.total == 2)
            #expect(try house.ledger("ewb_consolidate").map(\.reference) == [end.reference])
        }
    }

    @Test func `asked for twice in a row it is one action, in whatever order the bills stand`() async throws {
        try await ActionHouse.with { house in
            let bills = try await Self.twoBills(house)
            let first = try await Self.consolidate(house, bills)
            #expect(try await Self.consolidate(house, bills.reversed()).id == first.id)
            let other = try await Self.consolidate(house, bills, "UP32CD9999")
            let back = try await Self.consolidate(house, bills)
            #expect(Set([first.id, other.id, back.id]).count == 3 && back.state == .filed, "\(back.message)")
            // One of the bills goes on alone, so together again is another wish.
            var update = VehicleUpdate()
            (update.number, update.fromPlace, update.fromState) = (Int(bills[1].number), "Kanpur", 9)
            (update.reason, update.remark) = (VehicleChangeReason.breakDown.rawValue, "broke down")
            (update.transport.mode, update.transport.vehicleNumber) = ("1", "UP32AB9999")
            update.transport.vehicleType = VehicleKind.regular.rawValue
            _ = try await house.workToTheEnd(try await house.workspace.eWayBills.submit(.vehicle(update)).id)
            #expect(try await house.workspace.eWayBills.kept(bills[1].number).consolidated == nil)
            let again = try await Self.consolidate(house, bills)
            #expect(again.id != back.id && again.state == .filed)
            #expect(try house.ledger("ewb_consolidate").count == 4)
        }
    }

    @Test(arguments: ["commit_then_reset", "commit_then_garbage", "commit_then_bad_gateway", "late_commit"])
    func `one made without an answer is found in what its bills show`(fault: String) async throws {
        try await ActionHouse.with(faults: Self.faults(fault)) { house in
            let bills = try await Self.twoBills(house)
            let end = try await Self.consolidate(house, bills)
            let story = try await house.story(end.id)
            #expect(end.state == .filed && end.isAdopted, "\(story)")
            #expect(try house.ledger("ewb_consolidate").map(\.reference) == [end.reference])
            #expect(try await house.workspace.eWayBills.kept(bills[1].number).consolidated == end.reference)
            let sent = try await house.workspace.operations.dossier(end.id).attempts.filter { $0.purpose == .send }
            #expect(sent.map(\.event) == [.lost])
        }
    }

    @Test func `one that no bill shows goes to a person, who can say that it is not there`() async throws {
        try await ActionHouse.with(faults: Self.faults("reset")) { house in
            let bills = try await Self.twoBills(house)
            let end = try await Self.consolidate(house, bills)
            let story = try await house.story(end.id)
            #expect(end.state == .attention && end.message.contains("no proof"), "\(story)")
            #expect(try house.ledger("ewb_consolidate").isEmpty)
            _ = try await house.workspace.operations.settle(end.id, .sendAgain)
            let sent = try await house.workToTheEnd(end.id)
            #expect(sent.state == .filed && !sent.isAdopted, "\(sent.message)")
            #expect(try house.ledger("ewb_consolidate").count == 1)
        }
    }

    @Test func `the number that a person found is kept with the bills`() async throws {
        try await ActionHouse.with(faults: Self.faults("reset")) { house in
            let bills = try await Self.twoBills(house)
            let end = try await Self.consolidate(house, bills)
            let settled = try await house.workspace.operations.settle(end.id, .found("5100000099"))
            #expect(settled.state == .filed)
            #expect(try await house.workspace.eWayBills.kept(bills[0].number).consolidated == "5100000099")
        }
    }

    @Test func `what is known to be refused does not leave, and a refusal by the system ends it`() async throws {
        try await ActionHouse.with { house in
            let bills = try await Self.twoBills(house)
            let service = house.workspace.eWayBills
            let twice = await complaint { _ = try await service.consolidate(Self.request([bills[0], bills[0]])) }
            #expect(twice?.status == .badData && twice?.description.contains("second time") == true)
            var unknown = Self.request(bills)
            unknown.bills[1].number = 331_000_000_999
            let end = try await house.workToTheEnd(try await service.consolidate(unknown).id)
            #expect(end.state == .rejected && end.code == "391", "\(end.message)")
            house.place.time.advance(try #require(bills[0].validUntil).since(house.place.time.now) + .seconds(120))
            let late = await complaint { _ = try await service.consolidate(Self.request(bills)) }
            #expect(late?.status == .badData && late?.description.contains("extend it first") == true)
            unknown.bills[0].number = 331_000_000_998
            let nobody = await complaint { _ = try await service.consolidate(unknown) }
            #expect(nobody?.status == .usage)
            #expect(try house.ledger("ewb_consolidate").isEmpty)
        }
    }

    @Test func `bills of others go together again a day later, and once until then`() async throws {
        try await ActionHouse.with { house in
            // Made elsewhere: nothing here knows of them.
            var numbers: [Int] = []
            for name in ["DC-1", "DC-2"] {
                let made = try await house.tellElsewhere(
                    .ewaybillGenerate, house.challan(name), through: "sandbox-ewb")
                numbers.append(try #require(made.reference.flatMap { Int($0) }, "\(made.message)"))
            }
            var request = Self.request([])
            request.bills = numbers.map { number in
                var entry = ConsolidatedEntry()
                entry.number = number
                return entry
            }
            let service = house.workspace.eWayBills
            let first = try await service.consolidate(request, gstin: house.seller)
            #expect(try await service.consolidate(request, gstin: house.seller).id == first.id)
            #expect(try await house.workToTheEnd(first.id).state == .filed)
            house.place.time.advance(.seconds(23 * 3_600))
            #expect(try await service.consolidate(request, gstin: house.seller).id == first.id)
            house.place.time.advance(.seconds(2 * 3_600))
            let again = try await service.consolidate(request, gstin: house.seller)
            #expect(again.id != first.id)
            #expect(try await house.workToTheEnd(again.id).state == .filed)
            #expect(try house.ledger("ewb_consolidate").count == 2)
        }
    }

    @Test func `what was looked at is kept of all the bills, and the result is the consolidated one`() async throws {
        try await ActionHouse.with(faults: Self.faults("commit_then_reset")) { house in
            let bills = try await Self.twoBills(house)
            let end = try await Self.consolidate(house, bills)
            let dossier = try await house.workspace.operations.dossier(end.id)
            let number = try #require(end.reference)
            let result = try #require(dossier.result)
            #expect(try EwbConsolidated(result).number == number && EwbConsolidated(result).madeAt != nil)
            let asked = try NicFields(result).list("tripSheetEwbBills").compactMap { $0.text("ewbNo") }
            #expect(asked == bills.map(\.number).sorted())
            let look = try #require(dossier.attempts.last { $0.purpose == .look && $0.event == .foundSame })
            let answers = try #require(dossier.answers[look.number])
            guard case .list(let list) = try JSONValue(answers) else {
                Issue.record("\(String(decoding: answers, as: UTF8.self))")
                return
            }
            #expect(list.count == 2)
            for bill in bills { #expect(String(decoding: answers, as: UTF8.self).contains(bill.number)) }
        }
    }

    @Test func `bills show that they are about to be put together, and where that stands`() async throws {
        try await ActionHouse.with(faults: Self.faults("reset")) { house in
            let bills = try await Self.twoBills(house)
            let alone = try await house.bill("GE-9")
            let service = house.workspace.eWayBills
            let asked = try await service.consolidate(Self.request(bills))
            func page(_ standings: Set<EWayBillStanding> = []) async throws -> [StandingBill] {
                try await service.page(EWayBillQuery(standings: standings, now: house.place.time.now)).rows
            }
            let rows = try await page()
            #expect(rows.map(\.change?.id) == [nil, asked.id, asked.id] && rows.first?.number == alone.number)
            #expect(rows.last?.refusesUpdate(at: house.place.time.now) == "A change of it is under way")
            #expect(try await service.kept(bills[0].number).changes.map(\.id) == [asked.id])
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .attention, "\(end.message)")
            #expect(Set(try await page([.attention]).map(\.number)) == Set(bills.map(\.number)))
            #expect(try await service.kept(bills[0].number).standing(at: house.place.time.now) == .attention)
            _ = try await house.workspace.operations.settle(end.id, .found("5100000099"))
            #expect(try await page().allSatisfy { $0.change == nil })
            #expect(try await page([.attention]).isEmpty)
        }
    }
}
