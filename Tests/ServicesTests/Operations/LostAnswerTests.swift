import Domain
import Portals
import SampleDocuments
import Sandbox
import Testing

@testable import Services

/// Each way to lose an answer after the authority has committed, at the settle times and waits that a provider file has
/// when it says nothing, on a clock that moves by itself. `benchmarks --only toxics` does fifty of each.
@Suite("Lost answers", .timeLimit(.minutes(20))) struct LostAnswerTests {
    static let toxics = [
        "commit_then_reset", "commit_then_black_hole", "commit_then_close", "commit_then_cut_head",
        "commit_then_cut_body", "commit_then_slow_body", "commit_then_bad_gateway", "commit_then_unavailable",
        "commit_then_gateway_timeout", "commit_then_garbage", "commit_then_duplicate", "late_commit",
    ]

    @Test(arguments: toxics)
    func `an invoice registered without an answer is found and adopted, never sent again`(toxic: String) async throws {
        try await Self.lose(toxic, at: "/irp/eicore/v1.03/Invoice", ledger: "irn") { try await $0.generate() }
    }

    @Test(arguments: toxics)
    func `a bill made without an answer is found and adopted, never made again`(toxic: String) async throws {
        try await Self.lose(toxic, at: "/ewb/v1.03/ewayapi", ledger: "ewb") { house in
            try await house.workspace.eWayBills.generate(house.challan())
        }
    }

    /// The question by document knows the consignor's bills alone, so "no such record" is no proof for these.
    @Test func `a bill of goods that come in is found in the list of its day`() async throws {
        try await Self.lose("commit_then_reset", at: "/ewb/v1.03/ewayapi", ledger: "ewb") { house in
            try await house.workspace.eWayBills.generate(Array(house.documents.incoming("SR-7").utf8))
        }
    }

    /// The list of a day names no types: a bill of another document of the same number stands before ours in it.
    @Test func `one under whose number another document has a bill is found all the same`() async throws {
        try await ActionHouse.with(faults: ["commit_then_reset:2@/ewb/v1.03/ewayapi"]) { house in
            let other = house.documents.bill("SR-7")
                .replacing(#""subSupplyType":"4","docType":"CHL""#, with: #""subSupplyType":"1","docType":"INV""#)
            let told = try await house.tellElsewhere(.ewaybillGenerate, Array(other.utf8), through: "sandbox-ewb")
            #expect(told.event == .lost)
            let asked = try await house.workspace.eWayBills.generate(Array(house.documents.incoming("SR-7").utf8))
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            let numbers = try house.ledger("ewb").map(\.reference)
            #expect(numbers.count == 2 && end.state == .filed && end.isAdopted, "\(story)")
            #expect(end.reference == numbers.last)
        }
    }

    /// - Parameter ledger: kind of the row that the authority holds then.
    private static func lose(
        _ toxic: String, at path: String, ledger: String, _ ask: (ActionHouse) async throws -> PortalOperation
    ) async throws {
        // Sockets know no other time than the real one: a silent portal is waited for a moment only.
        let isSilent = toxic == "commit_then_black_hole" || toxic == "commit_then_slow_body"
        try await ActionHouse.with(
            faults: ["\(toxic):1@\(path)"], settle: "", requestSeconds: isSilent ? 3 : 30
        ) { house in
            let asked = try await ask(house)
            let began = house.place.time.now
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.reference != nil && end.isAdopted, "\(story)")
            if let expected = asked.expectedReference { #expect(end.reference == expected) }
            let rows = try house.ledger(ledger)
            #expect(rows.map(\.reference) == [end.reference])
            let attempts = try await house.workspace.operations.dossier(asked.id).attempts
            #expect(attempts.filter { $0.purpose == .send }.map(\.event) == [.lost], "\(story)")
            // The portal's word that it is there already is worth a look at once; silence is not.
            let isTold = toxic == "commit_then_duplicate"
            let waited = house.place.time.now.since(began)
            #expect(isTold ? waited < .seconds(60) : waited >= SettleRule().firstLook, "\(waited)")
        }
    }
}
