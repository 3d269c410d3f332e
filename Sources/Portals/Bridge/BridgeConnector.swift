import Domain
import Synchronization
import Transport
import Wire

/// Reaches all three portals through a provider that speaks "Portal Bridge 1".
public final class BridgeConnector: PortalConnector {
    private let caller: BridgeCaller
    private let logins: BridgeLogins

    /// - Parameters:
    ///   - pause: how waits are made; tests pass one that returns at once.
    ///   - random: jitter and request ids.
    public init(
        profile: ProviderProfile, client: HTTPClient, gate: any CallGate = OpenGate(),
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await ContinuousClock().sleep(for: $0) },
        random: RandomSource = .system
    ) {
        caller = BridgeCaller(
            profile: profile, client: PortalClient(http: client, gate: gate, pause: pause, random: random))
        logins = BridgeLogins(caller: caller)
    }

    public func health() async throws(PortalFailure) -> [Portal: PortalHealth] {
        let deadline = ContinuousClock.now + caller.profile.timeouts.request
        let call = BridgeCaller.Call(
            method: .get, path: Bridge.Path.health, deadline: deadline, maxResponseBytes: 1 << 16)
        let answer = try await caller.decode(BridgeHealth.self, call).payload
        var result: [Portal: PortalHealth] = [:]
        for portal in Portal.allCases {
            guard let entry = answer.portals[portal.rawValue] else { continue }
            let state = PortalHealth.State(rawValue: entry.state) ?? .degraded
            result[portal] = PortalHealth(state: state, message: HarmlessText.line(entry.message ?? "", limit: 200))
        }
        return result
    }

    public func verify(
        _ login: PortalLogin, key: IdempotencyKey, answer: ChallengeAnswer?, reporter: any FetchReporter
    ) async throws(PortalFailure) {
        let endsOther = try OtherSession.isToEnd(answer)
        let deadline = ContinuousClock.now + caller.profile.timeouts.request
        await reporter.log(.info, "login", "handing the login to \(caller.profile.name)")
        try await logins.handOver(login, deadline: deadline)
        await reporter.log(.info, "login", "one login attempt at \(login.identity.portal.title)")
        do throws(PortalFailure) {
            try await attempt(login, endsOther ? key.answered(Bridge.endsOtherSession) : key, endsOther, deadline)
        } catch  where error.cause == .dualSession && caller.profile.dualSession == .ask {
            throw OtherSession.ask(error, followsRefusal: endsOther)
        }
        await reporter.log(.info, "login", "the portal accepted the login")
    }

    private func attempt(
        _ login: PortalLogin, _ key: IdempotencyKey, _ endsOther: Bool, _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) {
        guard let body = try? WireJSON.encode(BridgeVerifyRequest(dualSession: caller.dualSession(endsOther))) else {
            throw PortalFailure(.internal, "a request could not be written")
        }
        let call = BridgeCaller.Call(
            method: .post, path: Bridge.Path.verify(login.identity), body: .bytes(body), key: key,
            deadline: deadline, maxResponseBytes: 1 << 21)
        let answer = try await caller.decode(BridgeVerification.self, call).payload
        guard answer.outcome == "verified" else { throw Self.refusal(answer) }
    }

    public func fetch(
        _ request: FetchRequest, reporter: any FetchReporter
    ) async throws(PortalFailure) -> FetchReport {
        try await BridgeFetch(caller: caller, logins: logins, request: request, reporter: reporter).run()
    }

    /// A provider may tell a refusal as an outcome instead of an error.
    private static func refusal(_ answer: BridgeVerification) -> PortalFailure {
        let cause =
            BridgeErrorCode(rawValue: answer.outcome)?.cause ?? Cause(rawValue: answer.outcome) ?? .portalChanged
        let said = HarmlessText.line(answer.message ?? "the login was not verified: \(answer.outcome)")
        return PortalFailure(cause, said, portalCode: answer.portalCode.map { HarmlessText.line($0, limit: 40) })
    }
}
