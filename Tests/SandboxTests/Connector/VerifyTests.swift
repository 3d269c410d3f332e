import Domain
import Portals
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(20))) struct VerifyTests {
    private let key = IdempotencyKey(workspace: "test", job: JobId(7), attempt: 1)

    @Test func theRightPasswordIsVerifiedWithOneLoginAttempt() async throws {
        try await SandboxHouse.with { house in
            let account = try house.account(.incomeTax)
            try await house.connector().verify(
                SandboxHouse.login(account), key: key, answer: nil, reporter: RecordingReporter())
            #expect(await house.server.calls()["POST /v1/credentials/{id}/verify"] == 1)
        }
    }

    @Test func theDemosWrongPasswordIsRefusedAndTheOneInTheAccountsFileVerifies() async throws {
        try await SandboxHouse.with { house in
            let account = try #require(house.world.accounts.first { $0.outcome == .wrongPassword })
            let stored = SandboxHouse.login(account, password: account.storedPassword)
            let connector = house.connector()
            let refused = await failure {
                try await connector.verify(stored, key: key, answer: nil, reporter: RecordingReporter())
            }
            #expect(refused?.cause == .wrongPassword)
            #expect(refused?.portalCode == "EF00027")
            let second = IdempotencyKey(workspace: "test", job: JobId(8), attempt: 1)
            try await connector.verify(
                SandboxHouse.login(account, version: 2), key: second, answer: nil, reporter: RecordingReporter())
        }
    }

    @Test(
        arguments: [
            (MagicOutcome.locked, Cause.locked), (.notRegistered, .notRegistered), (.accountProblem, .accountProblem),
            (.otpRequired, .otpRequired), (.captcha, .captchaRequired), (.dualSession, .dualSession),
            (.unavailableTwice, .portalDown), (.rateLimited, .rateLimited),
        ])
    func aRefusalNamesItsCauseAfterOneAttempt(outcome: MagicOutcome, cause: Cause) async throws {
        try await SandboxHouse.with(faults: ["\(outcome.rawValue):\(playedIdentity)"]) { house in
            let account = try #require(house.world.accounts.first)
            let refused = await failure {
                try await house.connector().verify(
                    SandboxHouse.login(account), key: key, answer: nil, reporter: RecordingReporter())
            }
            #expect(refused?.cause == cause)
            #expect(await house.server.calls()["POST /v1/credentials/{id}/verify"] == 1)
        }
    }

    @Test func aWorkerThatCrashedAndAsksAgainCausesNoSecondLogin() async throws {
        try await SandboxHouse.with { house in
            let account = try house.account(.gst)
            for _ in 1...2 {
                try await house.connector().verify(
                    SandboxHouse.login(account), key: key, answer: nil, reporter: RecordingReporter())
            }
            let rows = try SandboxLedger.read(house.server.configuration.stateFolder)
            #expect(rows.map(\.kind) == ["verify"])
            #expect(rows.first?.calls == 2)
        }
    }

    @Test func aDroppedAnswerIsUnknownAndNotRepeated() async throws {
        try await SandboxHouse.with(faults: ["commit_then_close:1@/v1/credentials/gst/\(playedIdentity)/verify"]) {
            house in
            let account = try #require(house.world.accounts.first)
            let ended = await failure {
                try await house.connector().verify(
                    SandboxHouse.login(account), key: key, answer: nil, reporter: RecordingReporter())
            }
            #expect(ended?.cause == .portalDown)
            #expect(ended?.mayHaveBeenSent == true)
            #expect(await house.server.calls()["POST /v1/credentials/{id}/verify"] == 1)
        }
    }

    @Test func aWrongClientSecretIsTheProvidersRefusalNotTheTaxpayers() async throws {
        try await SandboxHouse.with { house in
            let account = try house.account(.gst)
            let ended = await failure {
                try await house.connector(secret: "wrong").verify(
                    SandboxHouse.login(account), key: key, answer: nil, reporter: RecordingReporter())
            }
            #expect(ended?.cause == .providerAuth)
        }
    }
}
