import Domain
import Foundation
import Testing

@testable import Services

/// A provider that is down is left alone, and tried again carefully.
@Suite(.timeLimit(.minutes(20))) struct CircuitTests {
    @Test func aProviderThatFailsTooOftenIsLeftAloneAndProbed() async throws {
        try await WorkHouse.with { house in
            try await sever(house)
            let (first, second) = try await twoFetches(house)
            // Three tries of one job, two of the other: then nobody is asked any more.
            #expect(first.status == .retrying && second.status == .retrying)
            let open = try await standing(house)
            #expect(open.circuit.name == "open" && open.day.failures == 5)
            let until = try #require(open.nextProbe(at: house.place.time.now))

            house.place.time.advance(until.since(house.place.time.now) - .milliseconds(1))
            try await house.work()
            #expect(try await house.job(first.id).attempt == 1)
            #expect(try await standing(house).day.failures == 5)

            // Then one call is let through; it fails, and the pause is doubled.
            house.place.time.advance(.milliseconds(1))
            try await house.work()
            let again = try await standing(house)
            #expect(again.day.failures == open.day.failures + 1 && again.circuit.name == "open")
            let pause = try #require(again.nextProbe(at: house.place.time.now)).since(house.place.time.now)
            #expect(pause >= .seconds(54) && pause <= .seconds(66))
        }
    }

    @Test func anAttemptThatWasOnlyHeldBackDoesNotCount() async throws {
        try await WorkHouse.with { house in
            try await sever(house)
            let (failed, _) = try await twoFetches(house)
            _ = try await house.workspace.sync.cancel([failed.id])
            let heldBack = try await house.trigger()
            try await house.work()
            let job = try await house.job(heldBack)
            #expect(job.status == .queued && job.attempt == 0)
        }
    }

    @Test func jobsWhoseOwnCallsKeepTheCircuitOpenComeToTheirEnd() async throws {
        try await WorkHouse.with(settings: "[worker]\nattempts = 3") { house in
            try await sever(house)
            var (first, second) = try await twoFetches(house)
            var rounds = 0
            while !(first.status.isFinished && second.status.isFinished), rounds < 30 {
                rounds += 1
                let now = house.place.time.now
                let probe = try await standing(house).nextProbe(at: now)
                let next = [first.nextTryAt, second.nextTryAt, probe].compactMap { $0 }.max() ?? now
                house.place.time.advance(max(next.since(now), .zero))
                try await house.work(concurrency: 1)
                (first, second) = (try await house.job(first.id), try await house.job(second.id))
            }
            for job in [first, second] {
                #expect(job.status == .failed && job.cause == .gaveUp)
                #expect(
                    job.message.contains("no connection could be made"),
                    "what the provider did is told: \(job.message)")
            }
        }
    }

    @Test func aProviderThatCameBackIsAskedAsBefore() async throws {
        try await WorkHouse.with { house in
            let mend = try await sever(house)
            let (job, _) = try await twoFetches(house)
            try mend()
            let until = try #require(try await standing(house).nextProbe(at: house.place.time.now))
            house.place.time.advance(until.since(house.place.time.now))
            for _ in 0..<3 { try await house.work() }
            #expect(try await house.job(job.id).status == .done)
            #expect(try await standing(house).circuit.name == "closed")
        }
    }

    @Test func whatStandsBecauseOfAProviderIsCountedAndRetried() async throws {
        try await WorkHouse.with { house in
            let mend = try await sever(house)
            let (job, _) = try await twoFetches(house)
            let down = try await standing(house)
            let trouble = try #require(down.troubles.first)
            #expect(trouble.cause == job.cause && trouble.jobs.contains(job.id) && down.lastMessage == job.message)
            #expect(down.recent == down.day && down.worst != nil)
            #expect(down.file?.isUnofficial == false && down.missingSecrets.isEmpty)

            let retried = try await house.workspace.providerService.retry("bridge")
            #expect(retried.verdicts.contains { $0.id == job.id && $0.isAccepted })
            // It waited by itself: it was brought forward, which nobody need take back.
            #expect(retried.before.isEmpty)
            try mend()
            let until = try #require(try await standing(house).nextProbe(at: house.place.time.now))
            house.place.time.advance(until.since(house.place.time.now))
            for _ in 0..<3 { try await house.work() }
            #expect(try await standing(house).troubles.isEmpty)
            let refusal = await complaint { _ = try await house.workspace.providerService.retry("nobody") }
            #expect(refusal?.status == .badData)
        }
    }

    @Test func aVerificationIsToldAtOnceThatTheProviderIsLeftAlone() async throws {
        try await WorkHouse.with { house in
            try await sever(house)
            _ = try await twoFetches(house)
            let asked = try await house.workspace.sync.trigger(.verify, [WorkHouse.gst], by: .desk)
            #expect(asked.ids.isEmpty && asked.refused.first?.reason.contains("is left alone until") == true)
            #expect(try await standing(house).day.failures == 5)
            let elsewhen = try await house.workspace.sync.trigger(.fetch, [WorkHouse.gst], by: .desk)
            #expect(elsewhen.refused.isEmpty)
        }
    }

    /// Both accounts fetched by one worker, one after the other.
    private func twoFetches(_ house: WorkHouse) async throws -> (Job, Job) {
        let (first, second) = (try await house.trigger(), try await house.trigger(.fetch, WorkHouse.pan))
        try await house.work(concurrency: 1)
        return (try await house.job(first), try await house.job(second))
    }

    private func standing(_ house: WorkHouse) async throws -> ProviderStanding {
        try #require(try await house.workspace.providerService.standings().first { $0.name == "bridge" })
    }

    /// Points the provider's file at a port where nobody listens.
    ///
    /// - Returns: what puts the right address back.
    @discardableResult
    private func sever(_ house: WorkHouse) async throws -> () throws -> Void {
        let path = house.place.home.providers + "/bridge.toml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let url = try #require(house.workspace.providers().named("bridge")?.address)
        try text.replacing(url, with: "http://127.0.0.1:9").write(toFile: path, atomically: true, encoding: .utf8)
        return { try text.write(toFile: path, atomically: true, encoding: .utf8) }
    }
}
