import Domain
import Foundation
import Portals
import Sandbox
import Testing

@testable import Services

/// A bill or an invoice that stands at the other site of its system is changed there, where the provider's file knows the
/// way.
@Suite("The other site", .timeLimit(.minutes(20))) struct OtherSiteTests {
    private static func cancellation(_ number: String) -> EWayBillChange {
        var cancel = EWayBillCancellation()
        (cancel.number, cancel.reason, cancel.remark) = (
            Int(number), EWayBillCancelReason.duplicate.rawValue, "twice"
        )
        return .cancel(cancel)
    }

    private static func edit(_ house: ActionHouse, _ file: String, _ change: (String) -> String) throws {
        let path = "\(house.place.home.providers)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let changed = change(text)
        try #require(changed != text)
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// A bill of the second site, whose provider nobody has any more.
    private static func bill(_ house: ActionHouse) async throws -> String {
        try #require(try await bills(house, ["DC-7"]).first)
    }

    private static func bills(_ house: ActionHouse, _ documents: [String]) async throws -> [String] {
        let folder = house.place.home.providers
        let text = try String(contentsOfFile: "\(folder)/ewb.toml", encoding: .utf8)
        let second = text.replacing("\"sandbox-ewb\"", with: "\"second-ewb\"").replacing("/ewb/", with: "/ewb2/")
        try second.write(toFile: "\(folder)/ewb2.toml", atomically: true, encoding: .utf8)
        let user = try #require(try await house.workspace.apiUsers.open(house.seller, provider: "sandbox-ewb"))
        try await house.workspace.apiUsers.set(
            house.seller, provider: "second-ewb", name: user.name, password: user.password)
        var numbers: [String] = []
        for document in documents {
            let asked = try await house.workspace.eWayBills.generate(house.challan(document), provider: "second-ewb")
            let made = try await house.workToTheEnd(asked.id)
            let number = try #require(made.reference, "\(made.message)")
            #expect(EWayBillNumber(number)?.site == .second)
            numbers.append(number)
        }
        try FileManager.default.removeItem(atPath: "\(folder)/ewb2.toml")
        return numbers
    }

    private static func trip(_ numbers: [String]) -> ConsolidatedEWayBill {
        var request = ConsolidatedEWayBill()
        (request.fromPlace, request.fromState) = ("Kanpur", 9)
        (request.transport.mode, request.transport.vehicleNumber) = (TransportMode.road.rawValue, "UP32CD5678")
        request.bills = numbers.map { number in
            var entry = ConsolidatedEntry()
            entry.number = Int(number)
            return entry
        }
        return request
    }

    @Test func `bills of the other site are consolidated there`() async throws {
        try await ActionHouse.with { house in
            let numbers = try await Self.bills(house, ["DC-7", "DC-8"])
            let asked = try await house.workspace.eWayBills.consolidate(
                Self.trip(numbers), gstin: house.seller, provider: "sandbox-ewb")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed, "\(story)")
            let sends = try await house.workspace.operations.dossier(asked.id).attempts.filter { $0.purpose == .send }
            #expect(sends.map(\.event) == [.notSent, .confirmed] && sends.first?.code == "452", "\(story)")
            #expect(try house.ledger("ewb_consolidate").map(\.reference) == [end.reference])
        }
    }

    @Test func `bills of both sites go into no consolidated bill, and nothing is sent`() async throws {
        try await ActionHouse.with { house in
            let other = try await Self.bill(house)
            let own = try await house.workToTheEnd(
                try await house.workspace.eWayBills.generate(house.challan("DC-9")).id)
            let numbers = [other, try #require(own.reference, "\(own.message)")]
            let said = await complaint {
                _ = try await house.workspace.eWayBills.consolidate(
                    Self.trip(numbers), gstin: house.seller, provider: "sandbox-ewb")
            }
            #expect(
                said?.status == .badData && said?.description.contains("other e-way bill system") == true,
                "\(String(describing: said))")
            #expect(try house.ledger("ewb_consolidate").isEmpty)
        }
    }

    @Test func `a bill of the other site is cancelled there`() async throws {
        try await ActionHouse.with { house in
            let number = try await Self.bill(house)
            let asked = try await house.workspace.eWayBills.submit(
                Self.cancellation(number), provider: "sandbox-ewb")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed, "\(story)")
            let sends = try await house.workspace.operations.dossier(asked.id).attempts.filter { $0.purpose == .send }
            #expect(sends.map(\.event) == [.notSent, .confirmed] && sends.first?.code == "444", "\(story)")
            #expect(try house.ledger("ewb_cancel").map(\.reference) == [number])
        }
    }

    @Test func `what the other site did without an answer is found, and not done twice`() async throws {
        try await ActionHouse.with(faults: ["commit_then_reset:2@/ewb2/v1.03/ewayapi"]) { house in
            let number = try await Self.bill(house)
            let asked = try await house.workspace.eWayBills.submit(
                Self.cancellation(number), provider: "sandbox-ewb")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted, "\(story)")
            #expect(try house.ledger("ewb_cancel").count == 1)
        }
    }

    @Test func `without its address the bill is refused with the key to set`() async throws {
        try await ActionHouse.with { house in
            let number = try await Self.bill(house)
            try Self.edit(house, "ewb.toml") { $0.replacing(/other_site = .*/, with: "") }
            let asked = try await house.workspace.eWayBills.submit(
                Self.cancellation(number), provider: "sandbox-ewb")
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .rejected && end.code == "444")
            #expect(end.message.contains("urls.other_site in the file of sandbox-ewb"), "\(end.message)")
            #expect(try house.ledger("ewb_cancel").isEmpty)
        }
    }

    @Test func `a simulated provider has no real other site`() async throws {
        try await ActionHouse.with { house in
            let path = "\(house.place.home.providers)/ewb.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let real = text.replacing(/other_site = .*/, with: #"other_site = "https://api.example.in/v1.03""#)
            try #require(real != text)
            #expect(throws: ConfigurationProblems.self) { try ProviderFile.read(path: path, text: real) }
        }
    }

    // MARK: The two portals of NIC

    /// Registered at NIC2, which no provider of the house reaches but through NIC1.
    private static func withSister(_ body: (ActionHouse) async throws -> Void) async throws {
        try await ActionHouse.with { house in
            try Self.edit(house, "irp.toml") {
                $0.replacing(#"irp_name = "NIC1""#, with: "irp_name = \"NIC1\"\nirp_header = \"NIC2\"")
            }
            #expect(try await house.registerElsewhere("GE-7", through: "sandbox-irp2").event == .confirmed)
            try await house.workspace.apiUsers.remove(house.seller, provider: "sandbox-irp2")
            try await body(house)
        }
    }

    @Test func `what NIC2 registered is adopted, given a bill and cancelled through NIC1`() async throws {
        try await Self.withSister { house in
            let asked = try await house.generate()
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted && end.provider == "sandbox-irp", "\(story)")
            #expect(try house.ledger("irn").count == 1)
            let irn = try #require(end.reference)
            var request = EWayBillByIrn()
            request.irn = irn
            (request.transport.distance, request.transport.mode) = (201, TransportMode.road.rawValue)
            (request.transport.vehicleNumber, request.transport.vehicleType) = ("UP32AB1234", "R")
            let bill = try await house.workToTheEnd(try await house.workspace.eWayBills.generate(request).id)
            let told = try await house.story(bill.id)
            let number = try #require(bill.reference, "\(told)")
            let dropped = try await house.workspace.eWayBills.submit(Self.cancellation(number))
            #expect(try await house.workToTheEnd(dropped.id).state == .filed)
            let cancel = try await house.workspace.eInvoices.cancel(irn: irn, reason: .duplicate, remark: "twice")
            let gone = try await house.workToTheEnd(cancel.id)
            let last = try await house.story(cancel.id)
            #expect(gone.state == .filed, "\(last)")
            #expect(try house.ledger("irn_cancel").count == 1)
        }
    }

    @Test func `an invoice that NIC2 holds is shown through NIC1`() async throws {
        try await Self.withSister { house in
            let irn = try #require(try house.ledger("irn").first?.reference)
            let asked = try await house.workspace.eInvoices.ask(
                .irn(irn), gstin: house.seller, provider: "sandbox-irp")
            #expect(asked.irn == irn)
        }
    }

    @Test(arguments: ["NIC1", "EY", "nic 2"])
    func `the header names the other portal of NIC and nothing else`(name: String) async throws {
        try await ActionHouse.with { house in
            let path = "\(house.place.home.providers)/irp.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(throws: ConfigurationProblems.self) {
                try ProviderFile.read(path: path, text: "irp_header = \"\(name)\"\n\(text)")
            }
        }
    }
}
