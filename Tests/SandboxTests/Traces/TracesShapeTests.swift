import Domain
import Secrets
import Testing
import Transport
import Wire

@testable import Portals

/// The shapes that were seen at the real portal, written out.
@Suite struct TracesShapeTests {
    @Test func captchaAndTokensAreRead() throws {
        let captcha = try WireJSON.decode(
            TracesCaptcha.self, from: Array(#"{"image":"iVBORw0KGgo=","id":"8f2c-11","expiry":120}"#.utf8))
        #expect(captcha.payload.id == "8f2c-11" && captcha.unknownFields == ["expiry"])
        let login = try WireJSON.decode(
            TracesLoginAnswer.self,
            from: Array(#"{"authTokenDto":{"accessToken":"eyJh.eyJz.c2ln","refreshToken":"r-1"},"userName":"X"}"#.utf8))
        #expect(login.payload.authTokenDto.accessToken == "eyJh.eyJz.c2ln")
    }

    @Test func theLoginsBytesAreThoseOfThePagesForm() throws {
        let password = SecretBytes(utf8: #"a"b\c"#)
        let bytes = password.withBytes {
            TracesLoginRequest.bytes(tan: "MUMH12345A", password: $0, captcha: "aB3dE7", captchaId: "id")
        }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"userId":"MUMH12345A","userType":"Deductor","subUserPanId":"","password":"a\"b\\c","#
                + #""captcha":"aB3dE7","captchaId":"id"}"#)
        let read = try WireJSON.decode(TracesLoginRequest.self, from: bytes).payload
        #expect(read.password == #"a"b\c"# && read.userType == "Deductor")
    }

    @Test func aStrangeRowDoesNotCostTheOthers() throws {
        let text = #"""
            {"totalpages":"1","page":1,"rowCount":"3","rows":[
              {"reqDate":"25-Oct-2025","reqNo":123456789,"finYr":"2024-25","qrtr":"Q3","frmType":"26Q",
               "dntype":"NSDL Conso File","status":"Available","remarks":null},
              {"reqDate":"25-Oct-2025","status":7}, "row"]}
            """#
        let page = try WireJSON.decode(TracesPage<TracesRequestRow>.self, from: Array(text.utf8)).payload
        #expect(page.totalPages == 1 && page.rowCount == 3 && page.rows.count == 3)
        guard let row = page.rows[0].row else { throw WireJSON.Problem("the first row is strange") }
        #expect(row.number == "123456789" && row.remarks.isEmpty && row.status == "Available")
        #expect(page.rows[1].row == nil && page.rows[2].row == nil)
        #expect(page.rows[2].raw == Array("\"row\"".utf8))
    }

    @Test func aStatementRowIsRead() throws {
        let text = #"""
            {"totalpages":1,"page":1,"rowCount":1,"rows":[{"finyear":"2024-25","quarter":"Q3","formtype":"26Q",
             "tokenno":"012345678901234","dtoffiling":"28-Jan-2025","status":"Processed With Default",
             "dtofprcng":"10-Feb-2025","stmnttype":"Regular","remarks":"","reason":""}]}
            """#
        let page = try WireJSON.decode(TracesPage<TracesStatementRow>.self, from: Array(text.utf8)).payload
        guard let row = page.rows[0].row else { throw WireJSON.Problem("the row is strange") }
        #expect(row.token == "012345678901234" && row.type == "Regular")
        #expect(TracesValues.isSame(masked: "0123*******1234", token: row.token))
        #expect(!TracesValues.isSame(masked: "0123*******1235", token: row.token))
        #expect(!TracesValues.isSame(masked: "01231234", token: "01231234"))
    }

    @Test(arguments: [
        #"{"page":1,"rowCount":0,"rows":[]}"#, #"{"totalpages":-1,"page":1,"rowCount":0,"rows":[]}"#, "[]",
    ])
    func aPageWithoutItsCountsIsNotUnderstood(text: String) {
        #expect(throws: WireJSON.Problem.self) {
            try WireJSON.decode(TracesPage<TracesRequestRow>.self, from: Array(text.utf8))
        }
    }

    @Test(
        arguments: [
            ("1,23,450.00", 12_345_000), ("0", 0), ("12345.5", 1_234_550), ("-300.00", -30_000), ("99,999", 9_999_900),
        ])
    func amountsAreReadExactly(text: String, paise: Int64) {
        #expect(TracesValues.amount(text)?.paise == paise)
    }

    @Test(arguments: ["", "-", "1,,000", ",100", "100,", "1,00,.5", "Rs 5", "1e6", "12.345", "99999999999999999999"])
    func whatIsNoAmountIsNotTakenForZero(text: String) { #expect(TracesValues.amount(text) == nil) }

    @Test func datesYearsAndQuartersAreRead() {
        #expect(TracesValues.date("25-Oct-2025")?.description == "2025-10-25")
        #expect(TracesValues.date("5-FEB-2024")?.description == "2024-02-05")
        for text in ["31-Feb-2025", "2025-10-25", "25-Okt-2025", "25-Oct-25", ""] {
            #expect(TracesValues.date(text) == nil)
        }
        #expect(TracesValues.year("2024-25") == 2024 && TracesValues.year("2024-26") == nil)
        #expect(TracesValues.quarter("Q4") == 4 && TracesValues.quarter("Q5") == nil)
        #expect((1...4).map { Traces.code(quarter: $0) } == [3, 4, 5, 6])
        #expect(TracesValues.period(year: 2025, quarter: 4, form: "27EQ") == "FY 2025-26 Q4")
        #expect(TracesValues.period(year: 2026, quarter: 1, form: "143") == "TY 2026-27 Q1")
    }

    @Test(
        arguments: [
            ("Invalid Captcha entered", Cause.captchaRequired), ("Invalid user ID or password.", .wrongPassword),
            ("Invalid credentials", .wrongPassword), ("Invalid password or captcha", .wrongPassword),
            ("Your account has been locked after several wrong passwords", .locked), ("Please enter OTP", .otpRequired),
            ("User ID does not exist", .notRegistered), ("User already logged in", .dualSession),
            ("User is not activated", .accountProblem),
        ])
    func aRefusalIsKnownByItsWords(message: String, cause: Cause) { #expect(TracesFailure.cause(of: message) == cause) }

    @Test func aRefusalInNewWordsIsNotTriedAgain() {
        let body = Array(#"{"message":"Kindly visit your branch"}"#.utf8)
        let failure = TracesFailure.refusal(HTTPResponse(status: 401, headers: [:], body: body), secrets: [])
        #expect(failure.cause == .portalChanged && failure.cause.disposition == .fail)
        #expect(failure.message.contains("Kindly visit your branch"))
    }

    @Test func anAnswerThatRepeatsThePasswordIsNotQuoted() {
        let body = Array(#"{"message":"Wrong password Neem@1234 for MUMH12345A"}"#.utf8)
        let secret = SecretBytes(utf8: "Neem@1234")
        let failure = TracesFailure.refusal(HTTPResponse(status: 401, headers: [:], body: body), secrets: [secret])
        #expect(failure.cause == .wrongPassword)
        #expect(!failure.message.contains("Neem@1234") && !failure.message.contains("MUMH"))
    }

    @Test(
        arguments: [
            "https://evil.example/f.zip", "https://traces61.example.evil.example/f.zip", "//evil.example/f.zip",
            "https://traces61.example@evil.example/f", "http://traces61.example/f.zip", "f.zip", "",
            "https://traces61.example:8443/f.zip", "https://traces61.example\\@evil.example/f.zip",
        ])
    func aFileIsNeverFetchedFromElsewhere(address: String) { #expect(caller.file(address) == nil) }

    @Test func aFileOfTheApplicationIsFetched() {
        #expect(caller.file("/app/f.zip") == "https://traces61.example/app/f.zip")
        #expect(caller.file("https://traces61.example/app/f.zip?k=1") == "https://traces61.example/app/f.zip?k=1")
    }

    private var caller: TracesCaller {
        var profile = ProviderProfile(
            name: "t", connector: .traces, portals: [.traces], baseURL: "https://traces-app.example")
        profile.urls = ["legacy": "https://traces61.example/", "app": "https://traces.example"]
        return TracesCaller(
            profile: profile, client: PortalClient(http: HTTPClient(), pause: { _ in }, random: .system))
    }
}
