import Domain
import Testing
import Transport
import Wire

@testable import Portals

@Suite(.timeLimit(.minutes(20))) struct NoticeReadingTests {
    private func notice(_ change: (inout BridgeNotice) -> Void = { _ in }) -> BridgeNotice {
        var notice = BridgeNotice(
            id: "n1", portal: "gst", identity: playedIdentity, place: "notices", externalKey: "ZD090126000001A",
            version: 1,
            updatedAt: "2026-11-20T00:00:01+05:30")
        change(&notice)
        return notice
    }

    @Test func datesMoneyAndPeriodsAreRead() {
        let facts = NoticeReading(
            notice {
                $0.issueDate = "2026-11-01"
                $0.dueDate = "2026-11-30T23:30:00+05:30"
                $0.dueDateBasis = "printed"
                $0.demand = "412300.00"
                $0.period = BridgePeriod(kind: "FY", startYear: 2099, quarter: 3)
                $0.status = "partly_replied"
            }, place: .notices
        ).facts
        #expect(facts.issuedOn?.description == "2026-11-01")
        #expect(facts.dueOn?.description == "2026-11-30")
        #expect(facts.dueBasis == .printed)
        #expect(facts.demand?.paise == 41_230_000)
        #expect(facts.period == "FY 2099-00 Q3")
        #expect(facts.state == .partlyReplied)
    }

    @Test func whatIsOddInRepliesAndDefaultsIsToldOnce() {
        let odd = notice {
            $0.replies = [BridgeReply(id: "r1", date: "soon", type: "FR")]
            $0.defaultLines = [
                BridgeDefaultLine(code: "1", type: "Short payment", amount: "many", reported: nil, payable: "10.00")
            ]
        }
        var reading = NoticeReading(odd, place: .notices)
        // The detail brings the same once more.
        reading.tell(detail: odd)
        #expect(
            reading.problems == [
                "the date of a reply of notice ZD090126000001A is no date: soon",
                "amount of a default of notice ZD090126000001A is no amount: many",
            ])
        #expect(reading.facts.particulars.replies.map(\.submittedOn) == [nil])
        #expect(reading.facts.particulars.defaults.first?.payable?.paise == 1_000)
    }

    @Test(arguments: ["31-11-2026", "2026-02-30", "soon", "1795180000000", "0001-01-01", "9999-12-31"])
    func aDueDateThatIsNoDateIsAProblemAndNotSilentlyNone(text: String) {
        let reading = NoticeReading(notice { $0.dueDate = text }, place: .notices)
        #expect(reading.facts.dueOn == nil && reading.facts.unread.contains(.dueOn))
        #expect(reading.problems.count == 1)
    }

    @Test(arguments: ["4,12,300", "1e6", "12.345", "NaN", "-"])
    func aDemandThatIsNoAmountIsAProblem(text: String) {
        #expect(NoticeReading(notice { $0.demand = text }, place: .notices).problems.count == 1)
    }

    @Test func anUnknownStatusIsUnknownAndItsWordIsKept() {
        let facts = NoticeReading(notice { $0.status = "sub_judice" }, place: .notices).facts
        #expect(facts.state == .unknown)
        #expect(facts.rawState == "sub_judice")
    }

    @Test func oddKeysStayDifferent() {
        let long = String(repeating: "k", count: 300)
        let keys = ["\(long)1", "\(long)2", "a\u{202E}b", "ab", ""].map { key in
            NoticeReading(notice { $0.externalKey = key }, place: .notices).facts.externalKey
        }
        #expect(Set(keys).count == keys.count)
        #expect(keys.allSatisfy { $0.unicodeScalars.allSatisfy(HarmlessText.isHarmless) })
    }

    @Test(arguments: BridgeErrorCode.allCases)
    func everyErrorCodeOfTheContractHasACause(code: BridgeErrorCode) throws {
        let body = try WireJSON.encode(
            BridgeErrorBody(error: BridgeError(code, "said \u{1B}[2J", retryAfterSeconds: 9)))
        let response = HTTPResponse(status: code.httpStatus, headers: [:], body: body)
        let failure = BridgeFailure.from(response)
        #expect(failure.cause == code.cause)
        #expect(failure.retryAfter == .seconds(9))
        #expect(!failure.message.contains("\u{1B}"))
    }

    @Test(arguments: BridgeErrorCode.allCases)
    func aCodeWithoutWordsIsSaidInWords(code: BridgeErrorCode) throws {
        let body = try WireJSON.encode(BridgeErrorBody(error: BridgeError(code: code.rawValue)))
        let failure = BridgeFailure.from(HTTPResponse(status: code.httpStatus, headers: [:], body: body))
        #expect(failure.message == code.cause.title)
    }

    @Test(
        arguments: [
            (401, Cause.providerAuth), (403, .providerAuth), (404, .portalChanged), (408, .portalTimeout),
            (429, .rateLimited),
            (500, .portalDown), (502, .portalDown), (504, .portalTimeout), (302, .portalChanged),
        ])
    func anAnswerWithoutTheContractsBodyIsJudgedByItsStatus(status: Int, cause: Cause) {
        let response = HTTPResponse(status: status, headers: [:], body: Array("<html>\u{1B}[31mproxy</html>".utf8))
        let failure = BridgeFailure.from(response)
        #expect(failure.cause == cause)
        #expect(failure.message.contains("proxy") && !failure.message.contains("\u{1B}"))
    }
}
