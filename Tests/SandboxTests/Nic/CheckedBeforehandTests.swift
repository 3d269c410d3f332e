import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

/// What our check lets pass, the simulated portals take: they hold their own reading of the facts, written apart from
/// the desk's rules. Only what NIC's masters alone know may come as a surprise.
@Suite(.timeLimit(.minutes(20))) struct CheckedBeforehandTests {
    /// Taxpayers that are unknown, cancelled or SEZ units, and who is logged in.
    private static let knownToMasters: Set = ["2143", "2231", "2246", "2247", "3028", "3029"]
    private static let day = LegalDate(year: 2026, month: 11, day: 20)

    @Test(arguments: InvoiceKindTests.kinds.indices)
    func anInvoiceThatPassesTheCheckIsRegistered(index: Int) async throws {
        let kind = InvoiceKindTests.kinds[index]
        let day = try #require(Self.day)
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let good = try Self.good(kind.changes, day)
            var (taken, surprises) = (0, [String]())
            for (number, change) in JSONChange.all(of: good).enumerated() {
                var document = change.document
                if !change.description.hasPrefix("DocDtls.No") {
                    document = JSONChange.setting("M\(index)/\(number)", at: ["DocDtls", "No"], in: document)
                }
                let reading = InvoiceJSON.check(document.bytes, on: day)
                guard let invoice = reading.value, !reading.findings.contains(where: { $0.severity == .error }) else {
                    continue
                }
                let sent = try NicRequest.body(InvoiceJSON.write(invoice), under: hand.sek)
                let answer = try await NicAnswer(hand.send(.post, Nic.Path.invoice, sent).body)
                taken += 1
                let told = Set(reading.findings.compactMap(\.code)).union(Self.knownToMasters)
                let unknown = (answer.errors.map(\.code) + Self.billCodes(answer)).filter { !told.contains($0) }
                if !unknown.isEmpty { surprises.append("\(change): \(unknown)") }
            }
            #expect(taken > 20)
            #expect(surprises.isEmpty, "\(kind.name): \(surprises.joined(separator: "; "))")
        }
    }

    /// With transport where a bill can be made of it.
    private static func good(_ changes: [(String, String)], _ day: LegalDate) throws -> JSONValue {
        let whole = Array(SampleInvoice(changes).withTransport().json.utf8)
        let isRefused = InvoiceJSON.check(whole, on: day).findings.contains { $0.severity == .error }
        return try JSONValue(isRefused ? Array(SampleInvoice(changes).json.utf8) : whole)
    }

    private static func billCodes(_ answer: NicAnswer) -> [String] {
        answer.infos.flatMap { info -> [String] in
            guard case .ewbRefused(let errors) = info else { return [] }
            return errors.map(\.code)
        }
    }

    @Test func aBillThatPassesTheCheckIsMade() async throws {
        let day = try #require(Self.day)
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house, "ewb")
            let good = try JSONValue(Array(SampleBill.json().utf8))
            var (taken, surprises) = (0, [String]())
            for (number, change) in JSONChange.all(of: good).enumerated() {
                var document = change.document
                if !change.description.hasPrefix("docNo") {
                    document = JSONChange.setting("M/\(number)", at: ["docNo"], in: document)
                }
                var settings = EWayBillSettings()
                settings.loginGstin = NicHand.seller
                let reading = EWayBillJSON.check(document.bytes, on: day, settings)
                guard let bill = reading.value, !reading.findings.contains(where: { $0.severity == .error }) else {
                    continue
                }
                let answer = try await hand.ewb(
                    .generate, String(decoding: EWayBillJSON.write(bill), as: UTF8.self))
                taken += 1
                let isWarned = reading.findings.contains { $0.rule == "party.pin" }
                let unknown = (answer.error?.codes ?? []).filter { !(isWarned && $0 == "710") }
                if !unknown.isEmpty { surprises.append("\(change): \(unknown)") }
            }
            #expect(taken > 20)
            #expect(surprises.isEmpty, "\(surprises.joined(separator: "; "))")
        }
    }
}
