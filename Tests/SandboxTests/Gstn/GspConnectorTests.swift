import Domain
import Foundation
import Portals
import Sandbox
import Testing
import Wire

/// The connector against the simulated GSTN, over real HTTP.
@Suite(.timeLimit(.minutes(20))) struct GspConnectorTests {
    @Test func anOtpOpensASessionAndTheNoticesAreRead() async throws {
        try await SandboxHouse.with(faults: ["page_two:\(playedIdentity)"]) { house in
            let keeper = MemoryKeeper()
            let connector = house.gsp(keeper)
            let account = try house.played()
            let asked = await failure {
                _ = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            }
            #expect(asked?.cause == .otpRequired && asked?.challenge?.kind == .otp)
            // Asked again before the answer came: no second OTP is sent.
            _ = await failure {
                _ = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            }
            #expect(await house.server.calls()["POST /gstn/taxpayerapi/v1.0/authenticate"] == 1)

            let reporter = RecordingReporter()
            let report = try await connector.fetch(
                house.gstRequest(account, answer: SandboxHouse.gstnOtp), reporter: reporter)
            #expect(report.isComplete)
            let notices = await reporter.notices
            #expect(notices.count > 100 && notices.count == report.readings.first?.count)
            #expect(notices.allSatisfy { $0.issuedOn != nil && !$0.form.isEmpty && !$0.period.isEmpty })
            #expect(await reporter.documents.count == Set(notices.flatMap(\.documents).compactMap(\.sha256)).count)

            // The session is kept: no OTP the next time.
            let again = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            #expect(again.isComplete)
        }
    }

    @Test func aWrongOtpIsAskedForAgainWithoutAnotherMessage() async throws {
        try await SandboxHouse.with { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.account(.gst)
            _ = await failure { try await house.verify(connector, account) }
            let wrong = ChallengeAnswer(remoteJob: "gstn-otp", text: "111111")
            let refused = await failure { try await house.verify(connector, account, answer: wrong) }
            #expect(refused?.cause == .otpRequired && refused?.challenge?.prompt.contains("the OTP given last") == true)
            #expect(refused?.challenge?.followsRefusal == true)
            try await house.verify(connector, account, answer: SandboxHouse.gstnOtp)
        }
    }

    @Test func anOtpThatRanOutBringsAnotherOneAndIsNotBlamedForIt() async throws {
        try await SandboxHouse.with { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.account(.gst)
            _ = await failure { try await house.verify(connector, account) }
            house.clock.advance(.seconds(660))
            let wrong = ChallengeAnswer(remoteJob: "gstn-otp", text: "111111")
            let refused = await failure { try await house.verify(connector, account, answer: wrong) }
            let prompt = refused?.challenge?.prompt ?? ""
            #expect(prompt.contains("had run out") && prompt.contains("GSTN sent another"), "\(prompt)")
            #expect(refused?.challenge?.followsRefusal == false)
            #expect(refused?.challenge?.expiresAt == house.clock.now + .seconds(600))
            try await house.verify(connector, account, answer: SandboxHouse.gstnOtp)
        }
    }

    @Test func theOtpForSigningGoesToASignatoryOfAnOpenSession() async throws {
        try await SandboxHouse.with { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.account(.gst)
            let login = SandboxHouse.login(account)
            let pan = try Pan(String(account.identity.text.dropFirst(2).prefix(10)))
            let early = await failure { try await connector.sendSigningOtp(login, pan: pan, form: .gstr1) }
            #expect(early?.cause == .sessionExpired)
            try await house.connect(connector, account)
            for form in Gstn.SignedForm.allCases {
                try await connector.sendSigningOtp(login, pan: pan, form: form)
            }
            let stranger = await failure {
                try await connector.sendSigningOtp(login, pan: try Pan("AAAPA1234A"), form: .gstr1)
            }
            #expect(stranger?.cause == .accountProblem && stranger?.portalCode == "OTP0006")
            // Each one would send another OTP, so none is repeated.
            let calls = await house.server.calls()["GET /gstn/taxpayerapi/v1.0/authenticate"]
            #expect(calls == Gstn.SignedForm.allCases.count + 1)
        }
    }

    @Test func aSessionIsRefreshedBeforeItsEndAndAsksForAnOtpAfterIt() async throws {
        try await SandboxHouse.with { house in
            let keeper = MemoryKeeper()
            let connector = house.gsp(keeper)
            let account = try house.account(.gst)
            try await house.connect(connector, account)
            let first = try #require(await keeper.session(of: account.identity))
            #expect(first.expiresAt.since(house.clock.now) == .seconds(6 * 3_600))

            house.clock.advance(.seconds(5 * 3_600 + 1_800))
            #expect(first.refreshAt <= house.clock.now)
            let login = SandboxHouse.login(account)
            let end = try await connector.refresh(first, login, reporter: RecordingReporter())
            #expect(end == house.clock.now + .seconds(6 * 3_600))
            try await house.verify(connector, account)

            house.clock.advance(.seconds(7 * 3_600))
            let asked = await failure { try await house.verify(connector, account) }
            #expect(asked?.cause == .otpRequired)
        }
    }

    @Test func aFetchRefreshesASessionThatIsAboutToEnd() async throws {
        try await SandboxHouse.with { house in
            let keeper = MemoryKeeper()
            let connector = house.gsp(keeper)
            let account = try house.account(.gst)
            try await house.connect(connector, account)
            house.clock.advance(.seconds(5 * 3_600 + 1_800))
            let report = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            #expect(report.isComplete)
            #expect(await keeper.notes.contains("refreshed"))
        }
    }

    @Test func aSessionThatDiesInTheMiddleAsksForAnOtpAndTheRestIsReadAfterIt() async throws {
        try await SandboxHouse.with(faults: ["session_expired_midway:\(playedIdentity)"]) { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.played()
            try await house.connect(connector, account)
            let asked = await failure {
                _ = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            }
            #expect(asked?.cause == .otpRequired)
            let report = try await connector.fetch(
                house.gstRequest(account, answer: SandboxHouse.gstnOtp), reporter: RecordingReporter())
            #expect(report.isComplete)
        }
    }

    @Test(
        arguments: [
            ("not_registered", Cause.notRegistered, "AUTH4032"), ("locked", .locked, "SWEB9035"),
            ("no_api_access", .noApiAccess, "AUTH4037"),
        ])
    func whatKeepsATaxpayerOut(fault: String, cause: Cause, code: String) async throws {
        try await SandboxHouse.with(faults: ["\(fault):\(playedIdentity)"]) { house in
            let account = try house.played()
            let refused = await failure { try await house.verify(house.gsp(MemoryKeeper()), account) }
            #expect(refused?.cause == cause && refused?.portalCode == code)
            #expect(await house.server.calls().values.reduce(0, +) == 1, "one attempt, no more")
        }
    }

    @Test func tooManySessionsAreNamedAndTheNextTryOpensOne() async throws {
        try await SandboxHouse.with(faults: ["dual_session:\(playedIdentity)"]) { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.played()
            _ = await failure { try await house.verify(connector, account) }
            let refused = await failure {
                try await house.verify(connector, account, answer: SandboxHouse.gstnOtp)
            }
            #expect(refused?.cause == .dualSession && refused?.portalCode == "AUTH403")
            // The OTP was not used up: the same one opens the session, and no other is sent.
            let asked = await failure { try await house.verify(connector, account) }
            #expect(asked?.cause == .otpRequired)
            try await house.verify(connector, account, answer: SandboxHouse.gstnOtp)
            #expect(await house.server.calls()["POST /gstn/taxpayerapi/v1.0/authenticate"] == 3)
        }
    }

    @Test(
        arguments: [
            ("place_failed", Cause.portalDown), ("portal_changed", .portalChanged), ("drop_after_headers", .portalDown),
            ("wrong_hash", .placeFailed),
        ])
    func aPlaceThatFailsIsNeverEmpty(fault: String, cause: Cause) async throws {
        try await SandboxHouse.with(faults: ["\(fault):\(playedIdentity)"]) { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.played()
            _ = await failure { try await house.verify(connector, account) }
            _ = await failure { try await house.verify(connector, account, answer: SandboxHouse.gstnOtp) }
            let report = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            let reading = try #require(report.readings.first)
            #expect(reading.outcome == .failed && reading.cause == cause)
        }
    }

    @Test(arguments: ["unavailable_twice", "rate_limited", "empty_then_full", "unknown_field", "hostile_text"])
    func whatPassesIsReadInTheEnd(fault: String) async throws {
        try await SandboxHouse.with(faults: ["\(fault):\(playedIdentity)"]) { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.played()
            try await house.connect(connector, account)
            let reporter = RecordingReporter()
            let report = try await connector.fetch(house.gstRequest(account), reporter: reporter)
            #expect(report.isComplete)
            #expect(await reporter.notices.allSatisfy { !$0.documents.isEmpty })
            let kept = await reporter.strays
            // One of the list, one of the details.
            #expect(kept.count == (fault == "unknown_field" ? 2 : 0) && kept.allSatisfy(\.isRead))
            // GSTN tells no state, so people may.
            #expect(await reporter.notices.allSatisfy { !$0.tellsState })
        }
    }

    @Test func aRecordThatNobodyUnderstandsIsSetAside() async throws {
        try await SandboxHouse.with(faults: ["stray_record:\(playedIdentity)"]) { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.played()
            try await house.connect(connector, account)
            let reporter = RecordingReporter()
            let report = try await connector.fetch(house.gstRequest(account), reporter: reporter)
            #expect(report.isComplete)
            let stray = try #require(await reporter.strays.first)
            #expect(String(decoding: stray.raw, as: UTF8.self) == #"{"alertCd":"NEW","refId":7}"#)
            #expect(stray.problem.contains("refId"))
            // A value that nobody can read costs neither the notice nor the place.
            let other = try #require(await reporter.strays.dropFirst().first)
            #expect(other.problem.hasSuffix("is no date: soon") && !other.isRead)
            #expect(await reporter.notices.contains { $0.externalKey == other.key })
            // Nor does a detail: it is kept as it came, and what the list said of its notice stands.
            let detail = try #require(await reporter.strays.last)
            #expect(!detail.isRead && String(decoding: detail.raw, as: UTF8.self).contains("\"maindocs\":\"soon\""))
            let notice = try #require(await reporter.notices.first { $0.reference == detail.key })
            #expect(notice.form.isEmpty && notice.issuedOn != nil && notice.documents.isEmpty)
        }
    }

    @Test func anOldPublicKeyIsReadAnew() async throws {
        try await SandboxHouse.with(hasOwnKey: true) { other in
            try await SandboxHouse.with { house in
                let path = NSTemporaryDirectory() + "gstn-\(UUID().uuidString).pem"
                defer { try? FileManager.default.removeItem(atPath: path) }
                let old = try String(contentsOfFile: "\(other.ready.profileFolder)/gstn.pem", encoding: .utf8)
                try old.write(toFile: path, atomically: true, encoding: .utf8)
                let connector = house.gsp(MemoryKeeper(), pem: path)
                _ = try await connector.health()
                try FileManager.default.removeItem(atPath: path)
                try FileManager.default.copyItem(atPath: "\(house.ready.profileFolder)/gstn.pem", toPath: path)
                try await house.connect(connector, house.account(.gst))
            }
        }
    }

    @Test func loggingOutEndsTheSessionAtBothEnds() async throws {
        try await SandboxHouse.with { house in
            let keeper = MemoryKeeper()
            let connector = house.gsp(keeper)
            let account = try house.account(.gst)
            try await house.connect(connector, account)
            let session = try #require(await keeper.session(of: account.identity))
            try await connector.end(SandboxHouse.login(account))
            #expect(await keeper.session(of: account.identity) == nil)
            #expect(
                try await connector.refresh(session, SandboxHouse.login(account), reporter: RecordingReporter()) == nil)
        }
    }
}
