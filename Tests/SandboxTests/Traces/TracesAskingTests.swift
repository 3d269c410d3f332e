import Domain
import Foundation
import Sandbox
import Synchronization
import Testing
import Wire

@testable import Portals

/// Files that TRACES is asked for: once, with what the portal wants to know, and then watched over days.
@Suite(.timeLimit(.minutes(5))) struct TracesAskingTests {
    private func wish(_ notice: NoticeFacts, token: String? = nil) throws -> TdsWish {
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
            request.wishes = [7: try wish(notice), 8: try wish(notice, token: "000000000000000")]
            _ = try await traces.connector.fetch(request, reporter: traces.reporter)
            let settled = await traces.reporter.settled
            let number = try #require(settled[7]?.number)
            #expect(settled[8]?.number == nil && settled[8]?.said.contains("KYC details do not match") == true)
            func row() async -> NoticeFacts? { await traces.notices(.requests).last { $0.reference == number } }
            #expect(await row()?.rawState == "Submitted")
            traces.house.clock.advance(.seconds(2 * 86_400))
            _ = try await traces.fetchWithCaptcha(places: [.requests])
            let later = try #require(await row())
            #expect(later.rawState == "Available" && later.documents.first?.sha256 != nil)
            #expect(later.summary.contains("opens with JR_TAN_FORM_QUARTER_FY"))
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
        func said(_ words: String) -> (number: String?, said: String) {
            TracesAsking.answer(Array("<html><body><p>\(words)</p></body></html>".utf8))
        }
        #expect(said("Request Number : <b>900000012</b>").number == "900000012")
        #expect(said("Please try later").number == nil && said("Please try later").said.contains("Please try later"))
        #expect(said("Request Number : pending").number == nil)
    }
}
