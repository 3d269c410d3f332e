import Domain
import Foundation
import Sandbox
import Synchronization
import Testing
import Wire

@testable import Portals

/// Files that TRACES is asked for: once, with what the portal wants to know, and then watched over days.
@Suite(.timeLimit(.minutes(20))) struct TracesAskingTests {
    static func wish(_ notice: NoticeFacts, token: String? = nil) throws -> TdsWish {
        let words = notice.period.split(separator: " ")
        let year = try #require(Int(words[1].prefix(4)))
        let challan = TdsKyc.Challan(
            bsrCode: "0510308", depositedOn: try #require(LegalDate("2024-07-07")), serial: "00123",
            amount: Rupees(paise: 1_000_000))
        let quarter = try #require(Int(words[2].dropFirst()))
        return TdsWish(
            kind: .justificationReport, year: year, quarter: quarter, form: notice.form,
            kyc: TdsKyc(
                token: token ?? notice.reference, challan: challan,
                deductees: [.init(pan: "AAAPZ1000A", amount: Rupees(paise: 50_000))]))
    }

    @Test func aReportIsAskedForAndComesDaysLater() async throws {
        try await TracesHouse.with { traces in
            _ = try await traces.fetchWithCaptcha(places: [.defaultSummary])
            let notice = try #require(await traces.notices(.defaultSummary).first)
            var request = SandboxHouse.request(traces.account)
            request.places = [.requests]
            request.wishes = [7: try Self.wish(notice), 8: try Self.wish(notice, token: "000000000000000")]
            _ = try await traces.connector.fetch(request, reporter: traces.reporter)
            let steps = await traces.reporter.steps
            let asked = [7, 8].compactMap { request.wishes[$0].map { TdsRequestStep.asking($0.kyc) } }
            #expect([steps[7]?.first, steps[8]?.first] == asked)
            guard case .asked(let number)? = steps[7]?.last, case .refused(let why)? = steps[8]?.last else {
                Issue.record("\(steps)")
                return
            }
            #expect(why.contains("KYC details do not match"))
            func row() async -> NoticeFacts? { await traces.notices(.requests).last { $0.reference == number } }
            #expect(await row()?.rawState == "Submitted")
            traces.house.clock.advance(.seconds(2 * 86_400))
            _ = try await traces.fetchWithCaptcha(places: [.requests])
            let later = try #require(await row())
            #expect(later.rawState == "Available" && later.documents.first?.sha256 != nil)
            #expect(later.summary.contains("opens with JR_TAN_FORM_QUARTER_FY"))
        }
    }

    @Test func whatIsNotWantedAnyMoreDoesNotLeave() async throws {
        try await TracesHouse.with { traces in
            _ = try await traces.fetchWithCaptcha(places: [.defaultSummary])
            let notice = try #require(await traces.notices(.defaultSummary).first)
            var request = SandboxHouse.request(traces.account)
            request.places = [.requests]
            request.wishes = [7: try Self.wish(notice), 8: try Self.wish(notice)]
            await traces.reporter.drop(7)
            #expect(try await traces.connector.fetch(request, reporter: traces.reporter).isComplete)
            let steps = await traces.reporter.steps
            guard steps[7] == nil, case .asked(let number)? = steps[8]?.last else {
                Issue.record("\(steps)")
                return
            }
            // One of the two alone stands in the portal's list.
            let made = await traces.notices(.requests).filter { $0.rawState == "Submitted" }
            #expect(made.contains { $0.reference == number })
            #expect(await traces.reporter.text.contains("withdrawn or wanted otherwise"))
            // The page of both, and one form.
            let page = await traces.house.server.calls().filter { $0.key.contains("justrepdwnld") }
            #expect(page.values.reduce(0, +) == 3)
        }
    }

    /// The portal's own names are not known, so whoever has seen the page may set them.
    @Test func theFieldsOfThePageAreCalledWhatTheProviderFileSays() {
        let kyc = TdsKyc(
            token: "012345678901234", deductees: [.init(pan: "AAAPZ1000A", amount: Rupees(paise: 50_000))])
        let wish = TdsWish(kind: .consoFile, year: 2024, quarter: 3, form: "26Q", kyc: kyc)
        #expect(
            TracesAsking.form(wish, otp: nil, names: [:])
                == "financialYear=2024&quarter=5&formType=26Q&tokenNumber=012345678901234&nilChallan=on"
                + "&pan1=AAAPZ1000A&panAmount1=500.00")
        let names: [Traces.KycField: String] = [.token: "dwnld:tokenNo", .pan: "panOf", .otp: "code"]
        #expect(
            TracesAsking.form(wish, otp: "12 3", names: names)
                == "financialYear=2024&quarter=5&formType=26Q&dwnld%3AtokenNo=012345678901234&nilChallan=on"
                + "&panOf1=AAAPZ1000A&panAmount1=500.00&code=12%203")
    }

    /// Nobody has published where the page lies: a wrong guess must not keep the deductor's notices away.
    @Test func aPageThatIsNotThereEndsTheRequestAndThePlacesAreRead() async throws {
        try await TracesHouse.with(paths: ["justification_report": "/app/ded/elsewhere.xhtml"]) { traces in
            _ = try await traces.fetchWithCaptcha(places: [.defaultSummary])
            let notice = try #require(await traces.notices(.defaultSummary).first)
            var request = SandboxHouse.request(traces.account)
            request.wishes = [7: try Self.wish(notice)]
            #expect(try await traces.connector.fetch(request, reporter: traces.reporter).isComplete)
            guard case .refused(let why)? = await traces.reporter.steps[7]?.last else {
                Issue.record("it is not settled")
                return
            }
            #expect(why.contains("not where it is looked for"))
        }
    }

    @Test func aPortalThatIsAwayForAMomentIsAskedByTheNextFetch() async throws {
        let page = "/traces/app/ded/justrepdwnld.xhtml"
        try await TracesHouse.with(faults: ["unavailable:20@\(page)"]) { traces in
            _ = try await traces.fetchWithCaptcha(places: [.defaultSummary])
            let notice = try #require(await traces.notices(.defaultSummary).first)
            var request = SandboxHouse.request(traces.account)
            request.wishes = [7: try Self.wish(notice)]
            #expect(try await traces.connector.fetch(request, reporter: traces.reporter).isComplete)
            let steps = await traces.reporter.steps[7] ?? []
            guard steps.count == 1, case .waits(let why) = steps[0] else {
                Issue.record("\(steps)")
                return
            }
            #expect(why.contains("503"))
        }
    }

    @Test func whatThePortalWouldRefuseIsToldBefore() {
        #expect(TdsKyc(token: "12").problem?.contains("15 digits") == true)
        #expect(TdsKyc(token: "012345678901234").problem == nil)
        let challan = TdsKyc.Challan(
            bsrCode: "12", depositedOn: LegalDate(dayNumber: 20_000), serial: "00123", amount: Rupees(paise: 1))
        #expect(TdsKyc(token: "012345678901234", challan: challan).problem?.contains("BSR") == true)
    }

    @Test func aPageWithoutANumberIsNoRequest() {
        func said(_ words: String) -> TdsRequestStep {
            TracesAsking.answer(Array("<html><body><p>\(words)</p></body></html>".utf8))
        }
        #expect(said("Request Number : <b>900000012</b>") == .asked(number: "900000012"))
        #expect(said("Please try later") == .refused("the portal gave no request number: Please try later"))
        #expect(said("Request Number : pending") != .asked(number: "pending"))
        if case .asked = said("Request Number : pending") { Issue.record("taken for a number") }
    }
}
