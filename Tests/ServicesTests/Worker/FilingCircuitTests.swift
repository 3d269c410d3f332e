import Domain
import Portals
import Sandbox
import Store
import Testing

@testable import Services

/// A circuit of actions is tried by questions and logins, never by an action.
@Suite("Circuit of actions") struct FilingCircuitTests {
    private static func gate(_ time: VirtualTime) -> ProviderGate {
        let gate = ProviderGate("irp", limits: .init(), now: { time.now }, random: RandomSource { 499 })
        for _ in 0..<CircuitBreaker.failuresInARow { gate.ended(.filing, .failed, took: .zero) }
        return gate
    }

    private static func isLetThrough(_ gate: ProviderGate, _ family: CallFamily) -> Bool {
        gate.admit(family, key: "") == .go
    }

    @Test func `no action goes while it is open, nor as its probe`() {
        let time = VirtualTime()
        let gate = Self.gate(time)
        #expect(!Self.isLetThrough(gate, .filing) && !gate.wantsProbeForFiling)
        time.advance(.seconds(60))
        #expect(!Self.isLetThrough(gate, .filing) && gate.wantsProbeForFiling)
        #expect(gate.filingWaits() != nil)
    }

    @Test func `three answered questions close it, one that fails opens it for longer`() {
        let time = VirtualTime()
        let gate = Self.gate(time)
        time.advance(.seconds(60))
        for _ in 0..<CircuitBreaker.successesToClose {
            #expect(!Self.isLetThrough(gate, .filing) && Self.isLetThrough(gate, .reading))
            gate.ended(.reading, .answered, took: .zero)
        }
        #expect(Self.isLetThrough(gate, .filing) && gate.filingWaits() == nil)

        let other = Self.gate(time)
        time.advance(.seconds(60))
        other.ended(.authentication, .failed, took: .zero)
        time.advance(.seconds(50))
        #expect(!other.wantsProbeForFiling && !Self.isLetThrough(other, .filing))
        time.advance(.seconds(20))
        #expect(other.wantsProbeForFiling)
    }

    @Test func `questions before its time say nothing for it`() {
        let time = VirtualTime()
        let gate = Self.gate(time)
        for _ in 0..<9 { gate.ended(.reading, .answered, took: .zero) }
        #expect(!Self.isLetThrough(gate, .filing))
    }

    @Test(.timeLimit(.minutes(20))) func `it closes by itself, and what waited for it is done`() async throws {
        try await ActionHouse.with { house in
            let (now, until) = (house.place.time.now, house.place.time.now + .seconds(300))
            try await house.workspace.store.write { writer in
                let breaker = CircuitBreaker(phase: .open(until: until))
                try writer.keep([
                    CircuitRecord(provider: "sandbox-irp", family: "filing", breaker: breaker, changedAt: now)
                ])
            }
            let asked = try await house.generate()
            try await house.work()
            let (id, waiting) = (asked.id, try await house.workspace.operations.dossier(asked.id))
            #expect(waiting.operation.state == .queued && waiting.attempts.isEmpty)
            // Whoever waits for it is not kept: it is due, and nobody will take it before the circuit is tried.
            #expect(try await house.workspace.operations.wait(for: id).state == .queued)
            house.place.time.advance(.seconds(301))
            try await house.work()
            let story = try await house.story(asked.id)
            #expect(try await house.workspace.operations.dossier(id).operation.state == .filed, "\(story)")
            #expect(try house.ledger("irn").map(\.calls) == [1])
        }
    }
}
