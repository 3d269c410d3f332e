import Domain
import Portals
import Testing

@testable import Services

/// What the gate counts for retries, and what it lets try a circuit.
@Suite struct RetryGateTests {
    private static func gate(_ time: VirtualTime) -> ProviderGate {
        ProviderGate("gsp", limits: .init(), now: { time.now }, random: RandomSource { 499 })
    }

    private static func retries(_ gate: ProviderGate) -> Int {
        (0..<200).prefix { _ in gate.mayRetry(after: .portalDown) }.count
    }

    @Test func onlyACallThatGoesWellAtOnceEarnsRetries() {
        let time = VirtualTime()
        let (first, again) = (Self.gate(time), Self.gate(time))
        for _ in 0..<400 {
            first.ended(.reading, .answered, took: .zero)
            CallContext.$isRepeat.withValue(true) { again.ended(.reading, .answered, took: .zero) }
        }
        #expect(Self.retries(first) > RetryBudget.alwaysAllowed)
        #expect(Self.retries(again) == RetryBudget.alwaysAllowed)
    }

    @Test func aCircuitOfLoginsSaysWhenItWantsToBeTried() {
        let time = VirtualTime()
        let gate = Self.gate(time)
        #expect(!gate.wantsProbe(.authentication))
        for _ in 0..<CircuitBreaker.failuresInARow { gate.ended(.authentication, .failed, took: .zero) }
        #expect(!gate.wantsProbe(.authentication), "it is to be left alone at first")
        time.advance(.seconds(60))
        #expect(gate.wantsProbe(.authentication) && !gate.wantsProbe(.reading))
        for _ in 0..<CircuitBreaker.successesToClose {
            #expect(gate.admit(.authentication, key: "") == .go)
            gate.ended(.authentication, .answered, took: .zero)
        }
        #expect(!gate.wantsProbe(.authentication))
    }
}
