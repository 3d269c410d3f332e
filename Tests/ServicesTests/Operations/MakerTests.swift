import Domain
import Foundation
import SampleDocuments
import Sandbox
import Secrets
import Testing

@testable import Services

/// What stands at an authority is changed by the provider that made it.
@Suite("Makers of bills and invoices", .timeLimit(.minutes(20))) struct MakerTests {
    private static func vehicle(_ number: String) -> EWayBillChange {
        var update = VehicleUpdate()
        (update.number, update.fromPlace, update.fromState) = (Int(number), "Kanpur", 9)
        (update.reason, update.remark) = (VehicleChangeReason.breakDown.rawValue, "broke down")
        update.transport.mode = TransportMode.road.rawValue
        (update.transport.vehicleNumber, update.transport.vehicleType) = ("UP32AB9999", VehicleKind.regular.rawValue)
        return .vehicle(update)
    }

    /// A second provider of the same kind that is the default from now on, with an API user of the seller.
    private static func addDefault(_ house: ActionHouse, beside file: String, as name: String) async throws {
        let folder = house.place.home.providers
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        let named = try #require(text.firstMatch(of: #/name = "(.*)"/#)).output.1
        let plain = text.replacing(#/\ndefault = true/#, with: "")
        let second = plain.replacing("name = \"\(named)\"", with: "name = \"\(name)\"\ndefault = true")
        try #require(second != plain)
        try plain.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
        try second.write(toFile: "\(folder)/\(name).toml", atomically: true, encoding: .utf8)
        try await house.workspace.apiUsers.set(
            house.seller, provider: name, name: "other", password: SecretBytes(utf8: "other"))
    }

    @Test func `a bill is changed by its maker, whichever provider is the usual one by now`() async throws {
        try await ActionHouse.with { house in
            let bills = house.workspace.eWayBills
            let made = try await house.workToTheEnd(try await bills.generate(house.challan()).id)
            let number = try #require(made.reference, "\(made.message)")
            try await Self.addDefault(house, beside: "ewb.toml", as: "second-ewb")
            #expect(try house.workspace.standardProvider(.ewb, for: house.seller) == "second-ewb")
            let change = Self.vehicle(number)
            #expect(try await bills.plan(change).provider.name == "sandbox-ewb")
            #expect(try await bills.plan(change, provider: "second-ewb").provider.name == "second-ewb")
            let asked = try await bills.submit(change)
            #expect(asked.provider == "sandbox-ewb")
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .filed, "\(end.message)")
        }
    }

    @Test func `a bill whose maker has no file any more waits for a person to name another`() async throws {
        try await ActionHouse.with { house in
            let bills = house.workspace.eWayBills
            let made = try await house.workToTheEnd(try await bills.generate(house.challan()).id)
            let number = try #require(made.reference, "\(made.message)")
            try await Self.addDefault(house, beside: "ewb.toml", as: "second-ewb")
            try FileManager.default.removeItem(atPath: "\(house.place.home.providers)/ewb.toml")
            let refused = await complaint { _ = try await bills.submit(Self.vehicle(number)) }
            #expect(refused?.status == .badConfiguration)
            let said = refused?.description ?? ""
            #expect(said.contains("sandbox-ewb") && said.contains("--provider") && said.contains("gone"), "\(said)")
            #expect(try await bills.submit(Self.vehicle(number), provider: "second-ewb").provider == "second-ewb")
        }
    }

    @Test func `bills of others go together through the provider of whoever carries them`() async throws {
        try await ActionHouse.with { house in
            let bills = house.workspace.eWayBills
            var request = ConsolidatedEWayBill()
            (request.fromPlace, request.fromState) = ("Kanpur", 9)
            (request.transport.mode, request.transport.vehicleNumber) = (TransportMode.road.rawValue, "UP32CD5678")
            for number in ["DC-1", "DC-2"] {
                let carried = Array(
                    house.documents.bill(number).replacing(
                        #""transMode":"1""#, with: #""transporterId":"\#(house.buyer.text)","transMode":"1""#
                    ).utf8)
                let made = try await house.workToTheEnd(try await bills.generate(carried).id)
                var entry = ConsolidatedEntry()
                entry.number = Int(try #require(made.reference, "\(made.message)"))
                request.bills.append(entry)
            }
            try await Self.addDefault(house, beside: "ewb.toml", as: "second-ewb")
            try FileManager.default.removeItem(atPath: "\(house.place.home.providers)/ewb.toml")
            try await house.workspace.apiUsers.set(
                house.buyer, provider: "second-ewb", name: "carrier", password: SecretBytes(utf8: "carrier"))
            #expect(try await bills.plan(request, gstin: house.buyer).provider.name == "second-ewb")
            let own = await complaint { _ = try await bills.plan(request) }
            #expect(own?.status == .badConfiguration)
        }
    }

    @Test func `a bill made with its invoice is not changed at a real portal when the invoice is simulated`()
        async throws
    {
        try await ActionHouse.with { house in
            let bill = try await house.bill()
            try await Self.addDefault(house, beside: "ewb.toml", as: "real-ewb")
            let path = "\(house.place.home.providers)/real-ewb.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let real = text.replacing("simulated = true", with: "simulated = false")
                .replacing(#/http://127\.0\.0\.1:\d+/#, with: "https://ewb.example")
                .replacing(#/secret = ".*"/#, with: #"secret = "vault:firm-secret""#)
                .replacing(#/(first_look|final|between)_seconds = .*/#) { "\($0.1)_seconds = 60" }
            try #require(real != text)
            try real.write(toFile: path, atomically: true, encoding: .utf8)
            let names = house.workspace.providers().files.map(\.name)
            try #require(names.contains("real-ewb"), "\(house.workspace.providers().broken)")
            let plan = try await house.workspace.eWayBills.plan(Self.vehicle(bill.number))
            #expect(plan.provider.name == "sandbox-ewb")
        }
    }

    @Test func `an invoice is cancelled through its maker, or through one that a person names`() async throws {
        try await ActionHouse.with { house in
            let made = try await house.workToTheEnd(
                try await house.workspace.eInvoices.generate(house.invoice(), provider: "sandbox-irp2").id)
            let irn = try #require(made.reference, "\(made.message)")
            let invoices = house.workspace.eInvoices
            func plan(_ provider: String? = nil) async throws -> String {
                try await invoices.cancelPlan(irn: irn, reason: .others, remark: "no", provider: provider).provider.name
            }
            #expect(try await plan() == "sandbox-irp2")
            try FileManager.default.removeItem(atPath: "\(house.place.home.providers)/irp2.toml")
            let refused = await complaint { _ = try await invoices.cancel(irn: irn, reason: .others, remark: "no") }
            let said = refused?.description ?? ""
            #expect(refused?.status == .badConfiguration && said.contains("sandbox-irp2"), "\(said)")
            #expect(said.contains("--provider"), "\(said)")
            #expect(try await plan("sandbox-irp") == "sandbox-irp")
        }
    }
}
