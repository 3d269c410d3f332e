import Domain
import Foundation
import Portals
import Sandbox
import Secrets
import Testing

@testable import Services

/// The e-way bill system behind a GSP that does the cryptography itself: another wire, the same promises.
@Suite("Bills through a GSP that encrypts", .timeLimit(.minutes(20))) struct EnrichedBillTests {
    private static let provider = "sandbox-ewb-enriched"
    private static let path = "@/nic-enriched/enriched/ewb/ewayapi"

    private func with(faults: [String] = [], _ body: (ActionHouse) async throws -> Void) async throws {
        try await ActionHouse.with(faults: faults, requestSeconds: 10, more: [Self.provider], body)
    }

    private func generate(_ house: ActionHouse) async throws -> PortalOperation {
        let asked = try await house.workspace.eWayBills.generate(house.challan(), provider: Self.provider)
        return try await house.workToTheEnd(asked.id)
    }

    @Test func `makes a bill, enters a vehicle, shows it and cancels it`() async throws {
        try await with { house in
            let bills = house.workspace.eWayBills
            let made = try await generate(house)
            let story = try await house.story(made.id)
            #expect(made.state == .filed && made.provider == Self.provider, "\(story)")
            let number = try #require(made.reference)
            var vehicle = VehicleUpdate()
            (vehicle.number, vehicle.fromPlace, vehicle.fromState) = (Int(number), "Kanpur", 9)
            (vehicle.reason, vehicle.remark) = (VehicleChangeReason.breakDown.rawValue, "broke down")
            (vehicle.transport.mode, vehicle.transport.vehicleNumber, vehicle.transport.vehicleType) = (
                TransportMode.road.rawValue, "UP32AB9999", VehicleKind.regular.rawValue
            )
            let entered = try await house.workToTheEnd(try await bills.submit(.vehicle(vehicle)).id)
            #expect(entered.state == .filed && entered.provider == Self.provider, "\(entered.message)")
            let shown = try await bills.ask(number, provider: Self.provider)
            #expect(shown.vehicles.first?.number == "UP32AB9999")
            var cancel = EWayBillCancellation()
            (cancel.number, cancel.reason, cancel.remark) = (
                Int(number), EWayBillCancelReason.duplicate.rawValue, "twice"
            )
            let gone = try await house.workToTheEnd(try await bills.submit(.cancel(cancel)).id)
            #expect(gone.state == .filed, "\(gone.message)")
            #expect(try house.ledger("ewb_cancel").map(\.reference) == [number])
        }
    }

    @Test(arguments: ["commit_then_reset", "commit_then_garbage", "commit_then_unavailable", "late_commit"])
    func `finds what was made without an answer`(fault: String) async throws {
        try await with(faults: ["\(fault):1\(Self.path)"]) { house in
            let end = try await generate(house)
            let story = try await house.story(end.id)
            #expect(end.state == .filed && end.isAdopted, "\(story)")
            #expect(try house.ledger("ewb").count == 1)
        }
    }

    @Test func `a document that has a bill already is found, and a refusal is the portal's`() async throws {
        try await with { house in
            let other = try await house.workspace.eWayBills.generate(house.challan(), provider: "sandbox-ewb")
            let first = try await house.workToTheEnd(other.id)
            let told = try await house.tellElsewhere(.ewaybillGenerate, house.challan(), through: Self.provider)
            #expect(told.event == .lost && told.codes == ["604"] && told.isTold)
            let bare = Array(#"{"ewbNo":\#(first.reference ?? ""),"transMode":"1"}"#.utf8)
            let refused = try await house.tellElsewhere(.ewaybillVehicle, bare, through: Self.provider)
            #expect(refused.event == .refused && refused.codes == ["303"])
        }
    }

    @Test func `a wrong password is not offered again`() async throws {
        try await with { house in
            try await house.workspace.apiUsers.set(
                house.seller, provider: Self.provider, name: "nobody", password: .init(utf8: "wrong"))
            let end = try await generate(house)
            #expect(end.state == .attention && end.stoppedBy == .wrongPassword, "\(end.message)")
            let calls = await house.server.calls().filter { $0.key.contains("/enriched/ewb/") }.values.reduce(0, +)
            #expect(calls == 1)
        }
    }
}
