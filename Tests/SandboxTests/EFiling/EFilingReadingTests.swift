import Domain
import Foundation
import Secrets
import Testing
import Transport
import Wire

@testable import Portals

/// How single values of the e-filing portal are understood, odd ones included.
@Suite struct EFilingReadingTests {
    private let login = EFilingCaller.Call(path: .login, service: EFiling.Service.login.rawValue, isLogin: true)
    private let list = EFilingCaller.Call(path: .services, service: EFiling.Service.demands.rawValue)

    private func message(_ code: String, _ type: String, _ desc: String) throws -> [EFilingMessage] {
        let text = #"{"messages":[{"code":"\#(code)","type":"\#(type)","desc":"\#(desc)"}]}"#
        return try #require(try WireJSON.decode(EFilingMessages.self, from: Array(text.utf8)).payload.messages)
    }

    @Test(
        arguments: [
            ("EF00000", nil), ("EF00239", nil), ("EF00043", nil), ("EF40003", nil), ("EF00027", Cause.wrongPassword),
            ("EF00177", .dualSession), ("EF00035", .notRegistered), ("EF500023", .sessionExpired),
            ("EF00072", .otpRequired), ("EF00074", .otpRequired), ("EF00098", .accountProblem),
            ("EF00099", .accountProblem), ("EF00152", .rateLimited), ("EF00153", .rateLimited),
        ])
    func eachKnownCodeMeansWhatTheFactsSay(code: String, cause: Cause?) throws {
        // The type beside a code is not reliable: a wrong password was seen as INFO.
        #expect(EFilingFailure.from(try message(code, "INFO", "words"), login)?.cause == cause)
    }

    @Test func anErrorThatNobodyKnowsIsNoSuccess() throws {
        let unknown = try message("EF99999", "ERROR", "Something new")
        #expect(EFilingFailure.from(unknown, login)?.cause == .portalChanged)
        #expect(EFilingFailure.from(unknown, list)?.cause == .placeFailed)
        #expect(EFilingFailure.from(try message("EF99999", "ERROR", "Account is Locked"), login)?.cause == .locked)
    }

    @Test func aRefusalThatRepeatsThePasswordIsNotQuoted() throws {
        let said = try message("EF00027", "ERROR", "Invalid password S3cret@pass")
        let hidden = EFilingFailure.from(said, login, hiding: SecretBytes(utf8: "S3cret@pass"))
        #expect(hidden?.cause == .wrongPassword && hidden?.message.contains("S3cret@pass") == false)
        let quoted = EFilingFailure.from(said, login, hiding: SecretBytes(utf8: "other"))
        #expect(quoted?.message == "Invalid password S3cret@pass")
    }

    @Test(
        arguments: [
            (401, Cause.sessionExpired), (403, .sessionExpired), (302, .sessionExpired), (404, .placeFailed),
            (400, .portalChanged), (429, .rateLimited), (503, .portalDown), (504, .portalTimeout),
        ])
    func eachStatusMeansWhatTheFactsSay(status: Int, cause: Cause) {
        let response = HTTPResponse(status: status, headers: [:], body: Array("S3cret@pass".utf8))
        #expect(EFilingFailure.from(response, list).cause == cause)
        let atLogin = EFilingFailure.from(response, login)
        #expect(atLogin.cause != .sessionExpired && !atLogin.message.contains("S3cret@pass"))
    }

    // MARK: Files

    private func content(_ bytes: [UInt8], _ disposition: String? = nil, name: String = "a.pdf.gz") throws
        -> EFilingContent
    {
        var headers = HTTPHeaders()
        headers["Content-Disposition"] = disposition
        return try EFilingContent(HTTPResponse(status: 200, headers: headers, body: bytes), name: name)
    }

    private let pdf = Array("%PDF-1.4\nstream %PDF- %%EOF more\n%%EOF".utf8)

    @Test func aPdfIsCutOutOfWhatSurroundsItWhole() throws {
        let wrapped = try content([0xAC, 0xED, 0, 5] + pdf + [0x78, 0x0A])
        #expect(wrapped.bytes == pdf && wrapped.mediaType == "application/pdf" && wrapped.name == "a.pdf")
        #expect(try content(pdf + [10]).bytes == pdf + [10])
    }

    @Test func theNameOfTheAnswerCountsAndLosesItsFalseEnding() throws {
        #expect(try content(pdf, #"attachment; filename="Order us 143(3).pdf.gz""#).name == "Order us 143(3).pdf")
        #expect(try content(pdf, "attachment; filename=b.pdf").name == "b.pdf")
        #expect(try content(pdf, "inline").name == "a.pdf")
        let packed = try content([0x1F, 0x8B, 8, 0])
        #expect(packed.name == "a.pdf.gz" && packed.mediaType == "application/gzip")
        #expect(try content([0x50, 0x4B, 3, 4], name: "b.xlsx").mediaType == "application/octet-stream")
    }

    @Test(arguments: ["", "<html></html>", "{\"messages\":[]}", "%PDF-1.4 cut short", "plain"])
    func whatIsNoPdfIsNotTakenForOne(text: String) {
        #expect(throws: PortalFailure.self) { try content(Array(text.utf8)) }
    }

    @Test func everyDocumentOfASetIsWantedNotTheOneThatIsNamed() throws {
        func wanted(_ json: String) throws -> [String] {
            EFilingFiles.Wanted.set(try WireJSON.decode(EFilingLetter.self, from: Array(json.utf8)).payload).map(\.id)
        }
        #expect(try wanted(#"{"satDocId":3,"docNam":"x","docMap":{"1":"a.pdf","2":null,"3":"x"}}"#) == ["1", "2", "3"])
        #expect(try wanted(#"{"satDocId":3,"docNam":"x","docMap":{}}"#) == [])
        #expect(try wanted(#"{"satDocId":3,"docNam":"x","docMap":null}"#) == ["3"])
    }

    // MARK: Values

    @Test func momentsAreDaysOfIndia() {
        // 18:35 UTC is the next day in India.
        #expect(EFilingDates.date(1_756_751_700_000) == LegalDate("2025-09-02"))
        #expect(EFilingDates.date("Tue Nov 25 14:16:09 IST 2025") == LegalDate("2025-11-25"))
        #expect(EFilingDates.date("soon") == nil && EFilingDates.date(nil) == nil)
    }

    @Test func aClosingOrderIsNamedByItsFile() {
        let name = "70000000142171562_182305803_2025_AST_AAAPZ1000A_Order us 143(3)_1086883937(1)_05032026.pdf"
        let document = EFilingClosureDocument(satDocId: 440_242_261, docNam: name)
        let facts = EFilingOrderReading.facts(
            document, "440242261", in: EFilingProceeding(id: "54139244"), place: .selfFyi)
        #expect(facts.externalKey == "doc:440242261" && facts.reference == "1086883937(1)")
        #expect(facts.section == "143(3)" && facts.issuedOn == LegalDate("2026-03-05") && facts.state == .closed)
        let odd = EFilingClosureDocument(satDocId: 1, docNam: "Order.pdf")
        let plain = EFilingOrderReading.facts(odd, "1", in: EFilingProceeding(id: "5"), place: .selfFyi)
        #expect(plain.reference == "1" && plain.issuedOn == nil && plain.summary.contains("Order.pdf"))
    }

    /// 30 days to pay; the proceeding is closed, the debt is not.
    @Test func aNoticeOfDemandAmongTheOrdersIsOpenAndHasADay() throws {
        let name = "7_182305803_2025_AST_AAAPZ1000A_Demand Notice us 156_1086883938(1)_05032026.pdf"
        let document = EFilingClosureDocument(satDocId: 4, docNam: name)
        let facts = EFilingOrderReading.facts(document, "4", in: EFilingProceeding(id: "5"), place: .selfFyi)
        #expect(facts.section == "156" && facts.state == .open && !facts.tellsState)
        #expect(DueRules.due(of: facts) == DueDate(on: try #require(LegalDate("2026-04-04")), basis: .computed))
    }

    @Test(
        arguments: [
            (LooseText("2024"), LooseText("2023"), "AY 2024-25", TaxAct.of1961),
            (LooseText("2026"), LooseText("2025"), "AY 2026-27", .of1961),
            (nil, LooseText("2024"), "FY 2024-25", .of1961),
            (nil, LooseText("2026"), "TY 2026-27", .of2025), (LooseText("2027"), nil, "TY 2026-27", .of2025),
            (LooseText("2026"), LooseText("2026"), "TY 2026-27", .of2025),
            (LooseText("TY 2026-27"), nil, "TY 2026-27", .of2025), (LooseText("none"), nil, "none", nil),
            (nil, nil, "", nil),
        ] as [(LooseText?, LooseText?, String, TaxAct?)])
    func theYearTellsTheActAndHowItIsCounted(ay: LooseText?, fy: LooseText?, text: String, act: TaxAct?) {
        let period = EFilingPeriod(ay, fy)
        #expect(period.text == text && period.act(section: "", words: "") == act)
    }

    @Test func wordsAndNumbersOfTheNewActGoBeforeAnOldYear() {
        let old = EFilingPeriod("2024", "2023")
        #expect(old.act(section: "438", words: "") == .of2025 && old.act(section: "143(2)", words: "") == .of1961)
        #expect(old.act(section: "270", words: "Notice under the Income-tax Act, 2025") == .of2025)
    }

    @Test func aSetOffUnderTheNewActHasItsOwnRule() throws {
        var row = EFilingDemand(din: "D")
        row.sectionCode = "438"
        row.itrAy = "2024"
        row.dateOfServiceNotice = 1_756_751_700_000
        let facts = EFilingDemandReading(row, "D", place: .setOff245).facts
        #expect(facts.act == .of2025)
        // 21 days, and not the 30 of a demand.
        #expect(DueRules.due(of: facts)?.on == LegalDate("2025-09-23"))
    }

    @Test func bothNumbersOfANoticeAreKept() throws {
        var notice = EFilingNotice(sequence: "7")
        notice.documentIdentificationNumber = "100100855319"
        notice.documentReferenceId = "ITBA/AST/S/143(2)/2025-26/1086883937(1)"
        let reading = try #require(
            EFilingNoticeReading(notice, in: EFilingProceeding(id: "5"), place: .selfFya, user: "P"))
        #expect(reading.facts.reference == "100100855319" && reading.facts.particulars.proceeding == "5")
        #expect(reading.facts.particulars.printedReference == "ITBA/AST/S/143(2)/2025-26/1086883937(1)")
    }

    @Test func aDateThatIsNoneIsAProblemAndRepliesDecideTheState() throws {
        var notice = EFilingNotice(sequence: "7")
        notice.responseDueDate = "next week"
        notice.respStatus = "S"
        let row = EFilingProceeding(id: "5")
        var reading = try #require(EFilingNoticeReading(notice, in: row, place: .selfFya, user: "P"))
        #expect(reading.problems.count == 1 && reading.facts.externalKey == "seq:5/7" && reading.facts.state == .open)
        var part = EFilingReply(id: 1)
        part.respType = "PR"
        reading.apply([EFilingNoticeReading.reply(part)])
        #expect(reading.facts.state == .partlyReplied)
        part.respType = "FR"
        reading.apply([EFilingNoticeReading.reply(part)])
        #expect(reading.facts.state == .replied)
        notice.headerSeqNo = " "
        #expect(EFilingNoticeReading(notice, in: row, place: .selfFya, user: "P") == nil)
    }

    /// The day of service is what a missing due date is counted from: one that is garbled is not the same as none.
    @Test func aDayOfServiceThatIsNoDateIsToldAndWhatWasKnownStays() throws {
        var notice = EFilingNotice(sequence: "7")
        notice.issuedOn = 1_756_751_700_000
        notice.servedOn = "yesterday"
        let row = EFilingProceeding(id: "5")
        let reading = try #require(EFilingNoticeReading(notice, in: row, place: .selfFya, user: "P"))
        #expect(reading.facts.servedOn == nil && reading.facts.unread == [.servedOn])
        #expect(reading.problems == ["servedOn of notice 7 is no date: yesterday"])
        var known = reading.facts
        known.servedOn = LegalDate("2025-09-03")
        #expect(reading.facts.keeping(known).servedOn == LegalDate("2025-09-03"))
        notice.servedOn = nil
        let none = try #require(EFilingNoticeReading(notice, in: row, place: .selfFya, user: "P"))
        #expect(none.problems.isEmpty && none.facts.unread.isEmpty)
    }

    @Test(
        arguments: [
            ("Y", NoticeState.replied), ("yes", .replied), ("true", .replied), ("1", .replied), ("Submitted", .replied),
            ("1790188200000", .replied), ("2026-08-01", .replied), ("N", .open), ("0", .open), ("", .open),
            ("Pending", .open), ("Not Submitted", .open), ("null", .open), ("2", .open), ("S", .open),
        ])
    func onlyAPlainYesOrADayMakesADemandReplied(said: String, state: NoticeState) {
        var row = EFilingDemand(din: "D")
        row.responseSubmitted = LooseText(said)
        #expect(EFilingDemandReading(row, "D", place: .demand).facts.state == state)
    }

    @Test func aDemandIsPrincipalWithInterestAndStandsWhereItsStatusSays() {
        var row = EFilingDemand(din: "2025202437441932951T")
        row.orignalOutStDemandAmount = "1000.50"
        row.finalInterest = 10
        row.dateOfServiceNotice = 1_756_751_700_000
        let open = EFilingDemandReading(row, "D", place: .demand)
        #expect(open.facts.demand?.paise == 101_050 && open.facts.state == .open)
        #expect(open.facts.servedOn == LegalDate("2025-09-02") && open.facts.dueOn == nil)
        row.currentStatus = "Unpaid"
        #expect(EFilingDemandReading(row, "D", place: .demand).facts.state == .open)
        row.responseSubmitted = "N"
        #expect(EFilingDemandReading(row, "D", place: .demand).facts.state == .open)
        row.responseSubmitted = 1_790_188_200_000
        #expect(EFilingDemandReading(row, "D", place: .demand).facts.state == .replied)
        row.currentStatus = "Demand Extinguished"
        #expect(EFilingDemandReading(row, "D", place: .demand).facts.state == .closed)
        row.finalInterest = "a lot"
        let odd = EFilingDemandReading(row, "D", place: .demand)
        #expect(odd.problems.count == 1 && odd.facts.demand?.paise == 100_050)
    }
}
