import Domain
import Testing
import Wire

@Suite struct WireTests {
    @Test func theExampleOfTheContractIsUnderstood() throws {
        let text = """
            { "job_id": "j_01", "state": "partial", "portal": "income_tax", "identity": "AAAPZ1000A",
              "started_at": "2026-09-01T09:00:02+05:30", "finished_at": "2026-09-01T09:01:40+05:30",
              "places": [ { "place": "self_fya", "outcome": "read", "count": 3 },
                          { "place": "self_fyi", "outcome": "empty", "count": 0 },
                          { "place": "demand", "outcome": "failed", "error": { "code": "portal_timeout", "retryable": true } } ] }
            """
        let decoded = try WireJSON.decode(BridgeJob.self, from: Array(text.utf8))
        #expect(decoded.unknownFields == [])
        #expect(decoded.payload.places?.map(\.outcome) == ["read", "empty", "failed"])
        #expect(decoded.payload.places?.last?.error?.knownCode == .portalTimeout)
        #expect(decoded.payload.startedAt.flatMap(WireTime.instant).map(WireTime.text) == decoded.payload.startedAt)
    }

    @Test func unknownFieldsAreToleratedAndNamed() throws {
        let text = #"{"access_token":"t","token_type":"Bearer","expires_in":5,"mood":{"of \"day\"":1},"scope":"a: b"}"#
        let decoded = try WireJSON.decode(BridgeToken.self, from: Array(text.utf8))
        #expect(decoded.payload.expiresIn == 5)
        #expect(decoded.unknownFields == [#"of \"day\""#, "mood", "scope"].sorted())
    }

    @Test(
        arguments: [
            ("", "JSON"), ("[]", "type"), ("{", "JSON"), (#"{"access_token":"t","token_type":"b"}"#, "expires_in"),
            (#"{"access_token":1,"token_type":"b","expires_in":5}"#, "access_token"), ("<html>", "JSON"),
            ("\u{FFFD}", "JSON"),
        ])
    func whatIsNotThePayloadIsRefusedByTheNameOfItsField(text: String, word: String) {
        let problem = #expect(throws: WireJSON.Problem.self) {
            _ = try WireJSON.decode(BridgeToken.self, from: Array(text.utf8))
        }
        #expect(problem?.message.contains(word) == true)
    }

    @Test(arguments: ["plain", #"q"uo\te"#, "नमस्ते", "\u{0}\n\u{1F}\u{7F}", ""])
    func secretsAreWrittenAsTheSameJsonThatCodersWrite(text: String) throws {
        let bytes = Array(text.utf8).withUnsafeBytes { BridgeCredentials.bytes(username: text, password: $0) }
        let read = try WireJSON.decode(BridgeCredentials.self, from: bytes).payload
        #expect(read.username == text && read.password == text)
    }

    @Test func anIdCannotLeaveItsPlaceInAPath() {
        #expect(Bridge.Path.document("../x?y=1/é") == "/v1/documents/..%2Fx%3Fy%3D1%2F%C3%A9")
        #expect(Bridge.Path.job("j_1") == "/v1/jobs/j_1")
    }

    @Test func theTableOfCodesIsTheOneOfTheContract() {
        let byStatus = Dictionary(grouping: BridgeErrorCode.allCases, by: \.httpStatus).mapValues {
            $0.map(\.rawValue).sorted()
        }
        #expect(byStatus[401] == ["token_expired", "unauthenticated"])
        #expect(byStatus[409] == ["captcha_required", "conflict", "dual_session", "otp_required", "session_expired"])
        #expect(byStatus[429] == ["rate_limited"])
        #expect(
            byStatus[502] == ["portal_changed"] && byStatus[503] == ["portal_down"]
                && byStatus[504] == ["portal_timeout"])
        #expect(BridgeErrorCode.wrongPassword.isRetryable == false)
    }
}
