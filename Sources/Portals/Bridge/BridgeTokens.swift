import Domain
import Transport
import Wire

/// The provider's bearer token: fetched once for all who wait, and again before it runs out.
actor BridgeTokens {
    private struct Held {
        var text: String
        var usableUntil: ContinuousClock.Instant
    }

    private let fetch: @Sendable (ContinuousClock.Instant) async -> Result<BridgeToken, PortalFailure>
    private var held: Held?
    private var inFlight: SharedWork<Result<String, PortalFailure>>?

    init(fetch: @escaping @Sendable (ContinuousClock.Instant) async -> Result<BridgeToken, PortalFailure>) {
        self.fetch = fetch
    }

    func token(deadline: ContinuousClock.Instant) async throws(PortalFailure) -> String {
        while true {
            if let held, held.usableUntil > .now { return held.text }
            guard let inFlight else { break }
            let token = await inFlight.value()
            if case .failure = token, inFlight.isEnded, !Task.isCancelled { continue }
            return try token.get()
        }
        let renewal = SharedWork { await self.renew(deadline: deadline) }
        inFlight = renewal
        return try await renewal.value().get()
    }

    /// Forgets `text` after the provider refused it, unless it was replaced meanwhile.
    func discard(_ text: String) {
        if held?.text == text { held = nil }
    }

    private func renew(deadline: ContinuousClock.Instant) async -> Result<String, PortalFailure> {
        let asked = ContinuousClock.now
        let result = await fetch(deadline)
        inFlight = nil
        return result.map { token in
            let life = min(max(token.expiresIn, 1), Bridge.Limit.tokenLife)
            // Renewed before its end, so that no request starts with a token that dies on the way.
            held = Held(text: token.accessToken, usableUntil: asked + .seconds(life - min(life / 10, 60)))
            return token.accessToken
        }
    }
}
