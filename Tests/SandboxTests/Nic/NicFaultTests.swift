import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

/// What reaches the client is spoilt; what the portal holds is counted in its ledger.
@Suite(.timeLimit(.minutes(20))) struct NicFaultTests {
    private static let path = "@/irp/eicore/v1.03/Invoice"

    private static let document = Nic.Path.invoice(type: "INV", number: "A/101", date: "20/11/2026")

    /// A portal that is busy commits when it comes to it; the suite's time limit ends a wait for nothing.
    private func waitUntilHeld(_ hand: NicHand) async throws {
        while try await !hand.get(Self.document).isSuccess {}
    }

    private func rows(_ house: SandboxHouse, _ kind: String = "irn") throws -> [LedgerRow] {
        try SandboxLedger.read(house.server.configuration.stateFolder).filter { $0.kind == kind }
    }

    /// Sends an invoice and says what came back: a code, a status, or that nothing did.
    private func outcome(_ hand: NicHand, patience: Int = 60) async throws -> String {
        let body = try NicRequest.body(Array(SampleInvoice().json.utf8), under: hand.sek)
        let response: HTTPResponse
        do {
            response = try await hand.send(.post, Nic.Path.invoice, body, patience: patience)
        } catch {
            return "nothing"
        }
        guard response.status == 200 else { return "\(response.status)" }
        guard let answer = try? NicAnswer(response.body) else { return "unreadable" }
        return answer.errors.first?.code ?? "success"
    }

    @Test(
        arguments: [
            ("commit_then_close", "nothing"), ("commit_then_reset", "nothing"), ("commit_then_cut_head", "nothing"),
            ("commit_then_cut_body", "nothing"), ("commit_then_unavailable", "503"),
            ("commit_then_bad_gateway", "502"), ("commit_then_gateway_timeout", "504"),
            ("commit_then_garbage", "unreadable"), ("commit_then_duplicate", "2150"),
        ])
    func whatWasAcceptedStaysAcceptedWhateverTheClientHears(fault: String, seen: String) async throws {
        try await SandboxHouse.with(faults: ["\(fault):1\(Self.path)"]) { house in
            let hand = try await NicHand.loggedIn(house)
            #expect(try await outcome(hand) == seen)
            #expect(try rows(house).map(\.system) == ["irp"])
            // The second time nothing is spoilt any more, and the portal knows the document.
            #expect(try await outcome(hand) == "2150")
            #expect(try rows(house).count == 1)
        }
    }

    @Test(arguments: ["commit_then_black_hole", "commit_then_slow_body"])
    func anAnswerThatNeverComesIsGivenUp(fault: String) async throws {
        try await SandboxHouse.with(faults: ["\(fault)\(Self.path)"]) { house in
            let hand = try await NicHand.loggedIn(house)
            #expect(try await outcome(hand, patience: 8) == "nothing")
            try await waitUntilHeld(hand)
            #expect(try rows(house).count == 1)
        }
    }

    @Test func aLateCommitComesAfterTheConnectionIsGone() async throws {
        try await SandboxHouse.with(faults: ["late_commit:4000\(Self.path)"]) { house in
            let hand = try await NicHand.loggedIn(house)
            #expect(try await outcome(hand) == "nothing")
            #expect(try await hand.get(Self.document).errors.map(\.code) == ["2148"])
            try await waitUntilHeld(hand)
            #expect(try rows(house).count == 1)
        }
    }

    @Test func aPortalThatCommitsTwiceIsSeen() async throws {
        try await SandboxHouse.with(faults: ["commit_twice@/irp/", "commit_twice@/ewb/v1.03/ewayapi"]) { house in
            // A login is a POST as well: at the other portal it does not use the fault up.
            let hand = try await NicHand.loggedIn(house, "irp2")
            var first = hand
            first.system = "irp"
            #expect(try await outcome(first) == "success")
            #expect(try rows(house).map(\.key) == Array(repeating: "\(NicHand.seller)/INV/A/101/2026-27", count: 2))
            first.system = "ewb"
            _ = try await first.ewbDone(.generate, SampleBill.json())
            let bills = try rows(house, "ewb")
            #expect(Set(bills.map(\.key)).count == 1 && Set(bills.map(\.reference)).count == 2)
        }
    }

    /// Where nothing is refused as a duplicate, the second answer is as the first and nothing is written again.
    @Test func otherWritesAreSpoiltAsWell() async throws {
        let faults = [
            "commit_then_close@/irp/eicore/v1.03/Invoice/Cancel", "commit_then_duplicate@/ewb/v1.03/ewayapi",
            "commit_then_duplicate@/ewb/v1.03/ewayapi",
        ]
        try await SandboxHouse.with(faults: faults) { house in
            let hand = try await NicHand.loggedIn(house)
            let made = try await hand.register()
            await #expect(throws: (any Error).self) { try await hand.cancel(made.irn) }
            let shown = try await hand.get(Nic.Path.invoice(irn: made.irn))
            #expect(try IrnResult(shown.opened(under: hand.sek)).status == .cancelled)
            let ewb = try await NicHand.loggedIn(house, "ewb")
            let refused = try await ewb.ewb(.generate, SampleBill.json())
            #expect(refused.error?.codes == ["604"])
            let number = try #require(try rows(house, "ewb").first?.reference)
            _ = try await ewb.ewbDone(
                .vehicle,
                #"{"ewbNo":\#(number),"vehicleNo":"UP32AB9999","fromPlace":"Kanpur","fromState":9,"reasonCode":"1","#
                    + #""transMode":"1"}"#)
            #expect(try rows(house, "ewb_vehicle").map(\.key) == [number])
        }
    }

    @Test func readsAreLeftAloneByWhatSpoilsWrites() async throws {
        try await SandboxHouse.with(faults: ["commit_then_bad_gateway\(Self.path)"]) { house in
            let hand = try await NicHand.loggedIn(house)
            #expect(try await hand.get(Self.document).errors.map(\.code) == ["2148"])
            #expect(try await outcome(hand) == "502")
        }
    }

    @Test func theSameBillAtTheSameTimeIsMadeOnce() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            let answers = try await withThrowingTaskGroup(of: EwbAnswer.self) { group in
                for _ in 0..<8 { group.addTask { try await hand.ewb(.generate, SampleBill.json()) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0.isSuccess } == 1)
            let codes = Set(answers.flatMap { $0.error?.codes ?? [] })
            #expect(codes.isSubset(of: ["604", "813"]) && !codes.isEmpty)
            #expect(try rows(house, "ewb").count == 1)
        }
    }

    @Test func aRestartForgetsNothingButTokens() async throws {
        let folder = NSTemporaryDirectory() + "sandbox-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (made, bill) = try await SandboxHouse.with(folder: folder) { house in
            let hand = try await NicHand.loggedIn(house)
            let made = try await hand.register(SampleInvoice().withTransport())
            let ewb = try await NicHand.loggedIn(house, "ewb")
            let bill = try await EwbResult(ewb.ewbDone(.generate, SampleBill.json()))
            #expect(try await hand.code(Nic.Path.invoice, SampleInvoice().json) == "2150")
            return (made, bill)
        }
        try await SandboxHouse.with(folder: folder) { house in
            let hand = try await NicHand.loggedIn(house)
            let found = try await hand.get(Nic.Path.invoice(irn: made.irn))
            #expect(try IrnResult(found.opened(under: hand.sek)) == made)
            let ewb = try await NicHand.loggedIn(house, "ewb")
            #expect(try await ewb.detail(bill.number).validUntil == bill.validUntil)
            let rows = try SandboxLedger.read(folder)
            #expect(rows.map(\.kind) == ["irn", "ewb", "ewb"])
            #expect(rows.first?.key == "\(NicHand.seller)/INV/A/101/2026-27" && rows.first?.calls == 2)
            #expect(rows.last?.reference == bill.number)
        }
    }
}
