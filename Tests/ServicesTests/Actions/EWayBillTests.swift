import Domain
import Foundation
import Portals
import Sandbox
import Testing

@testable import Services

/// Bills are made once, changed once for each wish, and their validity is known.
@Suite("E-way bills", .timeLimit(.minutes(20))) struct EWayBillTests {
    private static func request(_ irn: String, distance: Int = 201) -> EWayBillByIrn {
        var request = EWayBillByIrn()
        request.irn = irn
        request.transport.distance = distance
        request.transport.mode = TransportMode.road.rawValue
        request.transport.vehicleNumber = "UP32AB1234"
        request.transport.vehicleType = VehicleKind.regular.rawValue
        return request
    }

    private static func vehicle(_ number: String, _ plate: String) -> VehicleUpdate {
        var update = VehicleUpdate()
        (update.number, update.fromPlace, update.fromState) = (Int(number), "Kanpur", 9)
        (update.reason, update.remark) = (VehicleChangeReason.breakDown.rawValue, "broke down")
        (update.transport.mode, update.transport.vehicleNumber) = (TransportMode.road.rawValue, plate)
        update.transport.vehicleType = VehicleKind.regular.rawValue
        return update
    }

    private static func cancellation(_ number: String) -> EWayBillCancellation {
        var request = EWayBillCancellation()
        (request.number, request.reason) = (Int(number), EWayBillCancelReason.orderCancelled.rawValue)
        request.remark = "the order was taken back"
        return request
    }

    /// By the fifty kilometres that remain.
    private static func extending(_ bill: KeptBill) -> EWayBillExtension {
        var request = EWayBillExtension()
        (request.number, request.fromPlace, request.fromState, request.fromPin) = (
            Int(bill.number), "Kanpur", 9, 208_001
        )
        (request.reason, request.remark, request.consignmentStatus) = ("1", "flood", "M")
        (request.transport.mode, request.transport.vehicleNumber, request.transport.distance) = ("1", "UP32AB1234", 50)
        return request
    }

    private static func byIrn(_ house: ActionHouse) async throws -> KeptBill {
        let invoice = try await house.workToTheEnd(try await house.generate().id)
        let irn = try #require(invoice.reference)
        let asked = try await house.workspace.eWayBills.generate(request(irn))
        let end = try await house.workToTheEnd(asked.id)
        let story = try await house.story(asked.id)
        return try await house.workspace.eWayBills.kept(try #require(end.reference, "\(story)"))
    }

    @Test func `a bill for an invoice holds as long as the rule says, and is made once`() async throws {
        try await ActionHouse.with { house in
            let bill = try await Self.byIrn(house)
            #expect(bill.number.count == 12 && bill.validUntil != nil && bill.validUntil == bill.expectedUntil)
            let irn = try #require(
                try await house.workspace.operations.list(OperationQuery(kinds: [.einvoiceGenerate])).rows.first?
                    .reference)
            let again = try await house.workspace.eWayBills.generate(Self.request(irn))
            #expect(again.id == bill.made.id)
        }
    }

    @Test func `a bill that names nobody is its sender's, and its number has no case`() async throws {
        try await ActionHouse.with { house in
            let text = String(decoding: house.challan(), as: UTF8.self)
            let unnamed = text.replacing(/"userGstin"\s*:\s*"[^"]*",?/, with: "")
            #expect(unnamed != text)
            let service = house.workspace.eWayBills
            let asked = try await service.generate(Array(unnamed.utf8))
            #expect(asked.gstin == house.seller)
            let number = try #require(asked.businessKey.split(separator: "/").dropFirst(3).first)
            let small = unnamed.replacing("\"\(number)\"", with: "\"\(number.lowercased())\"")
            #expect(small != unnamed)
            let twin = await complaint { _ = try await service.generate(Array(small.utf8)) }
            #expect(twin?.status == .badData)
        }
    }

    @Test func `what is cancelled is not changed, and an invoice is cancelled after its bill`() async throws {
        try await ActionHouse.with { house in
            let bill = try await Self.byIrn(house)
            let service = house.workspace.eWayBills
            let irn = try #require(
                try await house.workspace.operations.list(OperationQuery(kinds: [.einvoiceGenerate])).rows.first?
                    .reference)
            let early = await complaint {
                _ = try await house.workspace.eInvoices.cancel(irn: irn, reason: .duplicate, remark: "sent twice")
            }
            #expect(early?.description.contains(bill.number) == true)
            let taken = try await service.submit(.cancel(Self.cancellation(bill.number)))
            #expect(try await house.workToTheEnd(taken.id).state == .filed)
            let late = await complaint {
                _ = try await service.submit(.vehicle(Self.vehicle(bill.number, "UP32AB9876")))
            }
            #expect(late?.status == .badData && late?.description.contains("it is cancelled") == true)
            let gone = try await house.workspace.eInvoices.cancel(irn: irn, reason: .duplicate, remark: "sent twice")
            #expect(try await house.workToTheEnd(gone.id).state == .filed)
            let operations = try await house.workspace.operations.list(OperationQuery(kinds: [.einvoiceGenerate])).rows
            #expect(try await house.workspace.eInvoices.cancelled(among: operations) == Set(operations.map(\.id)))
        }
    }

    @Test func `after it was cancelled the next one may be made`() async throws {
        try await ActionHouse.with { house in
            let bill = try await Self.byIrn(house)
            let service = house.workspace.eWayBills
            let cancelled = try await house.workToTheEnd(
                try await service.submit(.cancel(Self.cancellation(bill.number))).id)
            #expect(cancelled.state == .filed, "\(cancelled.message)")
            #expect(try await service.kept(bill.number).isCancelled)
            let irn = try #require(
                try await house.workspace.operations.list(OperationQuery(kinds: [.einvoiceGenerate])).rows.first?
                    .reference)
            let next = try await service.generate(Self.request(irn))
            #expect(next.id != bill.made.id && next.state == .queued)
        }
    }

    @Test func `a bill that came with its invoice knows its way and its end`() async throws {
        try await ActionHouse.with { house in
            let details =
                #""TotInvVal":708.00},"EwbDtls":{"Distance":201,"TransMode":"1","VehNo":"UP32AB1234","VehType":"R"}}"#
            let plain = String(decoding: house.invoice(), as: UTF8.self)
            let text = plain.replacing(#""TotInvVal":708.00}}"#, with: details)
            let asked = try await house.workspace.eInvoices.generate(Array(text.utf8), provider: "sandbox-irp")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            let page = try await house.workspace.eWayBills.page(EWayBillQuery(now: house.place.time.now))
            let number = try #require(page.rows.first?.number, "\(story)")
            let bill = try await house.workspace.eWayBills.kept(number)
            #expect(bill.made.id == end.id && bill.distance == 201)
            #expect(bill.validUntil != nil && bill.expectedUntil == bill.validUntil)
        }
    }

    @Test func `a challan makes a bill, with other content under its number it is refused`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let asked = try await service.generate(house.challan())
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.reference?.count == 12, "\(story)")
            #expect(try await service.generate(house.challan()).id == asked.id)
            let other = await complaint { _ = try await service.generate(house.challan(total: "1180.50")) }
            #expect(other?.status == .badData)
            let wrong = await complaint { _ = try await service.generate(house.challan("DC-8", total: "99")) }
            #expect(wrong?.status == .badData && wrong?.description.contains("totInvValue") == true)
        }
    }

    @Test func `a challan is looked over before it leaves, and what was changed since is not sent`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let wrong = try await service.survey(house.challan("DC-8", total: "99"), source: "dc-8.json")
            #expect(wrong.plan == nil && wrong.draft.findings.contains { $0.path.contains("totInvValue") })
            let survey = try await service.survey(house.challan(), source: "dc-7.json")
            let plan = try #require(survey.plan)
            #expect(plan.calls == 1 && plan.gstins == [house.seller] && plan.total == survey.draft.total)
            #expect(plan.provider == ActionProvider(name: "sandbox-ewb", isSimulated: true))
            #expect(try await house.workspace.operations.list(OperationQuery()).total == 0)
            let changed = await complaint {
                _ = try await service.generate(house.challan("DC-9"), confirmed: survey.draft.fingerprint)
            }
            #expect(changed?.description.contains("changed since it was checked") == true)
            let asked = try await service.generate(house.challan(), confirmed: survey.draft.fingerprint)
            #expect(asked.state == .queued)
            let again = await complaint { _ = try await service.survey(house.challan(), source: "dc-7.json") }
            #expect(again?.status == .badData && again?.description.contains("asked for already") == true)
        }
    }

    @Test func `each change of vehicle is one action, also back to the first`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let bill = try await Self.byIrn(house)
            var ids: [OperationId] = []
            for plate in ["UP32AB9999", "UP32AB9999", "UP32AB1234", "UP32AB9999"] {
                let asked = try await service.submit(.vehicle(Self.vehicle(bill.number, plate)))
                let end = try await house.workToTheEnd(asked.id)
                let story = try await house.story(asked.id)
                #expect(end.state == .filed, "\(story)")
                ids.append(asked.id)
            }
            #expect(ids[0] == ids[1] && Set(ids).count == 3)
            #expect(try await service.kept(bill.number).changes.count == 3)
        }
    }

    @Test func `an extension outside its window and a late cancellation are refused before they leave`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let bill = try await Self.byIrn(house)
            let request = Self.extending(bill)
            let early = await complaint { _ = try await service.submit(.extend(request)) }
            #expect(early?.status == .badData && early?.description.contains("cannot be extended now") == true)
            let end = try #require(bill.validUntil)
            house.place.time.advance(end.since(house.place.time.now) - .seconds(3_600))
            let extended = try await house.workToTheEnd(try await service.submit(.extend(request)).id)
            let story = try await house.story(extended.id)
            #expect(extended.state == .filed, "\(story)")
            let longer = try await service.kept(bill.number)
            #expect(longer.validUntil.map { $0 > end } == true)
            #expect(longer.expectedUntil == longer.validUntil && !longer.isAgainstRule)
            let late = await complaint { _ = try await service.submit(.cancel(Self.cancellation(bill.number))) }
            #expect(late?.status == .badData && late?.description.contains("24 hours") == true)
        }
    }

    @Test(arguments: ["commit_then_reset", "commit_then_garbage", "late_commit"])
    func `what was done without an answer is found, never done twice`(fault: String) async throws {
        try await ActionHouse.with(faults: ["\(fault):1@/ewb/v1.03/ewayapi"]) { house in
            let asked = try await house.workspace.eWayBills.generate(house.challan())
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted, "\(story)")
            #expect(try house.ledger("ewb").count == 1)
        }
    }

    @Test func `a bill that came with its invoice holds the cancellation back`() async throws {
        try await ActionHouse.with { house in
            let details =
                #""TotInvVal":708.00},"EwbDtls":{"Distance":201,"TransMode":"1","VehNo":"UP32AB1234","VehType":"R"}}"#
            let text = String(decoding: house.invoice(), as: UTF8.self).replacing(
                #""TotInvVal":708.00}}"#, with: details)
            let asked = try await house.workspace.eInvoices.generate(Array(text.utf8), provider: "sandbox-irp")
            let irn = try #require(try await house.workToTheEnd(asked.id).reference)
            let page = try await house.workspace.eWayBills.page(EWayBillQuery(now: house.place.time.now))
            try await Self.heldBack(house, irn, by: try #require(page.rows.first?.number))
        }
    }

    @Test func `a bill that was made directly for the same document holds the cancellation back`() async throws {
        try await ActionHouse.with { house in
            let invoice = try await house.workToTheEnd(try await house.generate("GE-7").id)
            let challan = String(decoding: house.challan("ge-7"), as: UTF8.self)
            let bill = challan.replacing(
                #""subSupplyType":"4","docType":"CHL""#, with: #""subSupplyType":"1","docType":"INV""#)
            #expect(bill != challan)
            let made = try await house.workToTheEnd(try await house.workspace.eWayBills.generate(Array(bill.utf8)).id)
            let story = try await house.story(made.id)
            try await Self.heldBack(
                house, try #require(invoice.reference), by: try #require(made.reference, "\(story)"))
        }
    }

    /// Refused as long as the bill holds, with its number; taken when it is cancelled.
    private static func heldBack(_ house: ActionHouse, _ irn: String, by number: String) async throws {
        let service = house.workspace.eInvoices
        let refusal = await complaint { _ = try await service.cancel(irn: irn, reason: .duplicate, remark: "twice") }
        #expect(refusal?.status == .badData && refusal?.description.contains("bill \(number) holds") == true)
        let cancelled = try await house.workToTheEnd(
            try await house.workspace.eWayBills.submit(.cancel(cancellation(number))).id)
        #expect(cancelled.state == .filed, "\(cancelled.message)")
        let gone = try await house.workToTheEnd(
            try await service.cancel(irn: irn, reason: .duplicate, remark: "twice").id)
        #expect(gone.state == .filed, "\(gone.message)")
    }

    @Test func `the same extension is another one when the new end comes near, and the same one until then`()
        async throws
    {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let bill = try await Self.byIrn(house)
            let request = Self.extending(bill)
            var ids: [OperationId] = []
            for round in 1...3 {
                let end = try #require(try await service.kept(bill.number).validUntil)
                house.place.time.advance(end.since(house.place.time.now) - .seconds(3_600))
                let asked = try await service.submit(.extend(request))
                // As long as it is open it is one.
                #expect(try await service.submit(.extend(request)).id == asked.id)
                let done = try await house.workToTheEnd(asked.id)
                let story = try await house.story(asked.id)
                #expect(done.state == .filed, "\(story)")
                ids.append(asked.id)
                // And right after it is none: the new end is far.
                let again = await complaint { _ = try await service.submit(.extend(request)) }
                #expect(again?.description.contains("cannot be extended now") == true)
                #expect(try house.ledger("ewb_extend").count == round)
                #expect(try #require(try await service.kept(bill.number).validUntil) > end)
            }
            #expect(Set(ids).count == 3)
        }
    }

    @Test func `a bill that others made for the IRN is adopted only when its transport is what was asked for`()
        async throws
    {
        try await ActionHouse.with { house in
            let invoice = try await house.workToTheEnd(try await house.generate().id)
            let irn = try #require(invoice.reference)
            let partA = #"{"Irn":"\#(irn)","Distance":201,"TransId":"\#(house.buyer)"}"#
            let other = try await house.tellElsewhere(.ewaybillByIrn, Array(partA.utf8), through: "sandbox-irp")
            let number = try #require(other.reference, "\(other.message)")
            let asked = try await house.workspace.eWayBills.generate(Self.request(irn))
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .conflict && end.reference == nil, "\(end.message)")
            #expect(end.message == "e-way bill \(number) of this IRN has no vehicle yet: only its Part A is entered")
        }
    }

    @Test func `a pipe is no bill, and a bill that names nobody is its sender's in the survey too`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let pipe = house.place.folder + "/pipe.json"
            #expect(mkfifo(pipe, 0o600) == 0)
            let refusal = await complaint { _ = try await service.survey(file: pipe) }
            #expect(refusal?.status == .badData && refusal?.description.contains("no regular file") == true)
            let unnamed = String(decoding: house.challan(), as: UTF8.self).replacing(
                /"userGstin"\s*:\s*"[^"]*",?/, with: "")
            let survey = try await service.survey(Array(unnamed.utf8), source: "dc-7.json")
            #expect(survey.draft.gstin == house.seller && survey.plan?.gstins == [house.seller])
        }
    }

    @Test func `what to do about another wish for the same is what helps`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eWayBills
            let bill = try await Self.byIrn(house)
            _ = try await service.submit(.vehicle(Self.vehicle(bill.number, "UP32AB9999")))
            let open = await complaint {
                _ = try await service.submit(.vehicle(Self.vehicle(bill.number, "UP32AB8888")))
            }
            #expect(open?.description.contains("wait until it is finished") == true, "\(String(describing: open))")
            let irn = try #require(
                try await house.workspace.operations.list(OperationQuery(kinds: [.einvoiceGenerate])).rows.first?
                    .reference)
            let second = await complaint { _ = try await service.generate(Self.request(irn, distance: 150)) }
            #expect(second?.description.contains("cancel the bill") == true, "\(String(describing: second))")
            #expect(![open, second].contains { $0?.description.contains("another number") == true })
        }
    }
}
