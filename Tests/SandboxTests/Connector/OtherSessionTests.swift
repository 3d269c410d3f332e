import Domain
import Sandbox
import Testing

@testable import Portals

/// Somebody else's session at the portal behind a bridge: nobody is pushed out untold.
@Suite(.timeLimit(.minutes(20))) struct OtherSessionTests {
    private let key = IdempotencyKey(workspace: "test", job: JobId(7), attempt: 1)

    private func play(
        _ policy: ProviderProfile.DualSession = .ask,
        _ body: (DemoAccount, BridgeConnector, SandboxHouse) async throws -> Void
    ) async throws {
        try await SandboxHouse.with(faults: ["dual_session:\(playedIdentity)"]) { house in
            let account = try #require(house.world.account(PortalIdentity(.gst, playedIdentity)))
            try await body(account, house.connector(policy: policy), house)
        }
    }

    private func fetch(
        _ connector: BridgeConnector, _ account: DemoAccount, _ text: String? = nil, to asked: Challenge? = nil
    ) async throws -> FetchReport {
        let answer = asked.map { ChallengeAnswer(remoteJob: $0.remoteJob, text: text ?? "") }
        return try await connector.fetch(
            SandboxHouse.request(account, answer: answer), reporter: RecordingReporter())
    }

    private func question(_ connector: BridgeConnector, _ account: DemoAccount) async throws -> Challenge {
        let ended = await failure { _ = try await fetch(connector, account) }
        #expect(ended?.cause == .dualSession && ended?.portalCode == "EF00177")
        let challenge = try #require(ended?.challenge)
        #expect(challenge.kind == .choice && challenge.prompt.contains("continue"))
        #expect(challenge.prompt.contains("). Type ") && !challenge.prompt.contains(".)"))
        return challenge
    }

    @Test func aPersonMayEndTheOtherSession() async throws {
        try await play { account, connector, house in
            let asked = try await question(connector, account)
            // The same attempt goes on, and asks for something else under a name of its own.
            #expect(try await fetch(connector, account, "continue", to: asked).isComplete)
            let rows = try SandboxLedger.read(house.server.configuration.stateFolder).filter { $0.kind == "fetch" }
            #expect(rows.count == 2 && rows[1].key == "\(rows[0].key)-continue")
        }
    }

    @Test func aPersonMayLeaveItAloneAndThenNothingIsAsked() async throws {
        try await play { account, connector, house in
            let asked = try await question(connector, account)
            let before = await house.server.calls()["POST /v1/jobs"]
            let left = await failure { _ = try await fetch(connector, account, "leave", to: asked) }
            #expect(left?.isFinal == true && left?.challenge == nil)
            let odd = await failure { _ = try await fetch(connector, account, "perhaps", to: asked) }
            #expect(odd?.challenge?.followsRefusal == true)
            #expect(await house.server.calls()["POST /v1/jobs"] == before)
        }
    }

    @Test func thePolicyOfTheProviderFileEndsItUnasked() async throws {
        try await play(.proceed) { account, connector, house in
            let report = try await fetch(connector, account)
            #expect(report.isComplete)
            #expect(await house.server.calls()["POST /v1/jobs"] == 1)
        }
    }

    private func verify(
        _ connector: BridgeConnector, _ account: DemoAccount, _ answer: ChallengeAnswer? = nil
    ) async throws {
        try await connector.verify(
            SandboxHouse.login(account), key: key, answer: answer, reporter: RecordingReporter())
    }

    @Test func aVerificationAsksTheSame() async throws {
        try await play { account, connector, _ in
            let ended = await failure { try await verify(connector, account) }
            let asked = try #require(ended?.challenge)
            #expect(asked.kind == .choice)
            try await verify(connector, account, ChallengeAnswer(remoteJob: asked.remoteJob, text: "continue"))
        }
    }
}
