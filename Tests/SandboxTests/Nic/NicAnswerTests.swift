import Domain
import FoundationEssentials
import Testing
import Wire

/// Answers in the shapes that were seen and in those that are documented (facts: nic-einvoice-ewb 1.5 to 1.7, 2.6).
@Suite struct NicAnswerTests {
    private static let irn = String(repeating: "51fc", count: 16)

    private func answer(_ text: String, _ style: NicAnswer.Style = .nic) throws -> NicAnswer {
        try NicAnswer(Array(text.utf8), style: style)
    }

    @Test(
        arguments: [
            #"[{"ErrorCode":"2150","ErrorMessage":"Duplicate IRN"}]"#,
            #""[{\"ErrorCode\":\"2150\",\"ErrorMessage\":\"Duplicate IRN\"}]""#,
            "\"\(Base64.text(Array(#"[{"ErrorCode":2150,"ErrorMessage":"Duplicate IRN"}]"#.utf8)))\"",
            #"[{"error_code":2150,"error_message":"Duplicate IRN"}]"#, #""2150 : Duplicate IRN""#,
        ])
    func anErrorInEveryWayThatItIsWritten(details: String) throws {
        for status in ["0", #""0""#] {
            let answer = try answer(#"{"Status":\#(status),"ErrorDetails":\#(details),"Data":null,"InfoDtls":null}"#)
            #expect(!answer.isSuccess && answer.data == nil && answer.infos.isEmpty)
            #expect(answer.errors == [NicError(code: "2150", message: "Duplicate IRN")])
        }
    }

    @Test func aDuplicateNamesWhatIsThere() throws {
        let here = try answer(
            #"{"Status":0,"ErrorDetails":[{"ErrorCode":"2150","ErrorMessage":"Duplicate IRN"}],"Data":null,"InfoDtls":[{"#
                + #""InfCd":"DUPIRN","Desc":{"AckNo":112410193157267,"AckDt":"2024-09-02 18:35:00","Irn":"\#(Self.irn)"}}]}"#
        )
        let elsewhere = try answer(
            #"{"Status":"0","InfoDtls":[{"InfCd":"DUPIRNGLP","Desc":{"Irn":"\#(Self.irn)","IrnDtl":{"RegIrp":"NIC2"}}}],"#
                + #""ErrorDetails":[{"ErrorCode":"2295","ErrorMessage":"x"}]}"#)
        guard case .duplicate(let known)? = here.infos.first,
            case .duplicateElsewhere(let other)? = elsewhere.infos.first
        else {
            Issue.record("\(here.infos) \(elsewhere.infos)")
            return
        }
        #expect(known.irn == Self.irn && known.ackNumber == "112410193157267" && known.registrar == nil)
        #expect(known.ackAt == NicTime.instant("2024-09-02 18:35:00"))
        #expect(other.irn == Self.irn && other.registrar == "NIC2")
    }

    @Test func additionsOfASuccess() throws {
        let answer = try answer(
            #"{"Status":1,"Data":"AAAA","ErrorDetails":null,"Alert":"maintenance at night","InfoDtls":[{"#
                + #""InfCd":"EWBERR","Desc":[{"ErrorCode":"4011","ErrorMessage":"no vehicle"}]},"#
                + #"{"InfCd":"EWBPPD","Desc":"Pin-Pin calc distance: 2467KM"},{"InfCd":"EWBALERT","Desc":"a"},"#
                + #"{"InfCd":"EWBVEH","Desc":["v"]},{"InfCd":"ADDNLNFO","Desc":"b"},{"InfCd":"NEW","Desc":{"c":1}}]}"#)
        #expect(answer.isSuccess && answer.alert == "maintenance at night")
        #expect(
            answer.infos == [
                .ewbRefused([NicError(code: "4011", message: "no vehicle")]),
                .distance(2467, text: "Pin-Pin calc distance: 2467KM"), .ewbAlert("a"), .vehicle(#"["v"]"#),
                .additional("b"), .other(code: "NEW", text: #"{"c":1}"#),
            ])
    }

    @Test func theEnvelopeOfAReseller() throws {
        let refused = try answer(
            #"{"success":false,"message":"2150 : Duplicate IRN","result":[{"InfCd":"DUPIRN","Desc":{"AckNo":"1","#
                + #""AckDt":"2024-09-02 18:35:00","Irn":"\#(Self.irn)"}}]}"#, .successResult)
        #expect(!refused.isSuccess && refused.data == nil && refused.infos.count == 1)
        #expect(refused.errors == [NicError(code: "2150", message: "Duplicate IRN")])
        let made = try answer(
            #"{"success":"true","message":"IRN generated","result":{"Irn":"\#(Self.irn)","AckNo":112410193157267}}"#,
            .successResult)
        let result = try IrnResult(made.opened(under: nil))
        #expect(made.isSuccess && made.errors.isEmpty && result.irn == Self.irn)
        let down = try answer(#"{"success":false,"message":"GSPGSTDOWN: try later"}"#, .successResult)
        #expect(down.errors == [NicError(code: "", message: "GSPGSTDOWN: try later")])
    }

    @Test(arguments: ["", "[]", "<html>", "{}", #"{"Data":"x"}"#, "null"])
    func whatIsNoAnswerIsRefused(text: String) {
        #expect(throws: WireJSON.Problem.self) { try NicAnswer(Array(text.utf8)) }
        #expect(throws: WireJSON.Problem.self) { try EwbAnswer(Array(text.utf8)) }
    }

    @Test(
        arguments: [
            (#""eyJlcnJvckNvZGVzIjoiMTA4In0=""#, ["108"]), (#"{"errorCodes":"238, 105,"}"#, ["238", "105"]),
            (#""{\"errorCodes\":\"604\"}""#, ["604"]), (#"{"message":"108"}"#, ["108"]),
            (#""Bill exists (EwbNo - 341000000001): 604""#, ["604"]), (#""no digits""#, []),
        ])
    func theNumbersOfAnEwbError(error: String, codes: [String]) throws {
        let answer = try EwbAnswer(Array(#"{"status":"0","error":\#(error),"info":null}"#.utf8))
        #expect(!answer.isSuccess && answer.error?.codes == codes)
    }

    @Test func loginsOfBothSystems() throws {
        let irp = try answer(
            #"{"Status":1,"Data":{"ClientID":"c","UserName":"u","AuthToken":"T","Sek":"S","TokenExpiry":"2026-11-20 12:00:00"},"#
                + #""ErrorDetails":null,"InfoDtls":null}"#)
        let token = try NicToken(irp)
        #expect(token.token == "T" && token.sealedSek == "S" && token.userName == "u")
        #expect(token.expiresAt == NicTime.instant("2026-11-20 12:00:00"))
        let ewb = try EwbAnswer(Array(#"{"status":1,"authtoken":"E","sek":"K","alert":null,"Alert":null}"#.utf8))
        #expect(ewb.token?.token == "E" && ewb.token?.sealedSek == "K" && ewb.token?.expiresAt == nil)
        #expect(throws: WireJSON.Problem.self) { try NicToken(answer(#"{"Status":1,"Data":{"AuthToken":"T"}}"#)) }
    }

    @Test func numbersThatComeAsTextAreTheSame() throws {
        let numbers =
            #"{"ewbNo":341000000001,"status":"ACT","totInvValue":118.10,"actualDist":29,"subSupplyType":"1  "}"#
        let texts =
            #"{"ewbNo":"341000000001","status":"ACT ","totInvValue":"118.10","actualDist":"29","subSupplyType":1}"#
        #expect(try EwbDetail(Array(numbers.utf8)) == EwbDetail(Array(texts.utf8)))
        #expect(try EwbDetail(Array(numbers.utf8)).total == Decimal(string: "118.1"))
    }

    @Test func aBillForTransportersWithItsTrailingBlanks() throws {
        let text =
            #"{"ewbNo":341000000001,"ewbDate":"09/07/2025 11:32:00 AM ","status":"ACT","genGstin":"09AAFHH6756K1ZQ","#
            + #""rejectStatus":"N","extendedTimes":2,"validUpto":"10/07/2025 11:59:00 PM"}"#
        let bill = try EwbDetail(Array(text.utf8))
        #expect(bill.extensions == 2 && !bill.isRejected)
        #expect(bill.madeAt == NicTime.instant("2025-07-09 11:32:00"))
    }

    @Test func momentsInBothForms() throws {
        let noon = NicTime.instant(try #require(LegalDate("2025-07-09")), hour: 12, minute: 5, second: 9)
        #expect(TimeText.rfc3339(noon) == "2025-07-09T06:35:09.000Z")
        #expect(NicTime.invoiceText(noon) == "2025-07-09 12:05:09")
        #expect(NicTime.ewbText(noon) == "09/07/2025 12:05:09 PM")
        for minutes in stride(from: -720, through: 720, by: 61) {
            let moment = noon + .seconds(minutes * 60)
            #expect(NicTime.instant(NicTime.ewbText(moment) + " ") == moment)
            #expect(NicTime.instant(NicTime.invoiceText(moment)) == moment)
        }
        for bad in [
            "", "2025-07-09", "2025-13-09 10:00:00", "09/07/2025 13:00:00 PM", "09/07/2025 00:00:00 AM", "x y z",
        ] {
            #expect(NicTime.instant(bad) == nil)
        }
    }
}
