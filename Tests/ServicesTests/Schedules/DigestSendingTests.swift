import Domain
import Foundation
import Store
import Testing

@testable import Services

/// To whom digests go, and what becomes of those that do not arrive.
@Suite(.timeLimit(.minutes(20))) struct DigestSendingTests {
    /// A house whose digest of 08:00 is due now, to asha and ravi.
    private func with(
        to recipients: [String] = ["asha", "ravi"],
        _ body: (WorkHouse, PostOffice) async throws -> Void
    ) async throws {
        let post = try PostOffice()
        try await WorkHouse.with(settings: post.settings) { house in
            let (ravi, now) = (Person(name: "ravi", email: "ravi@firm.example", role: .operator_), house.place.time.now)
            try await house.workspace.store.write { try $0.addPerson(ravi, passwordHash: "none", at: now) }
            try await house.workspace.schedules.add(
                Schedule(name: "digest", kind: .digest, rule: try CronRule("0 8 * * *"), recipients: recipients))
            try await advance(house, to: try #require(try await digest(house).nextAt))
            try await body(house, post)
        }
    }

    private func digest(_ house: WorkHouse) async throws -> Schedule {
        try #require(try await house.workspace.schedules.list().first)
    }

    private func advance(_ house: WorkHouse, to moment: Instant) async throws {
        house.place.time.advance(moment.since(house.place.time.now))
    }

    private func disable(_ name: String, _ house: WorkHouse) async throws {
        let person = Person(name: name, email: "\(name)@firm.example", role: .operator_, isEnabled: false)
        try await house.workspace.store.write { try $0.setOffice(person) }
    }

    @Test func anAddressThatIsRefusedForGoodDisturbsNobodyElse() async throws {
        try await with { house, post in
            let morning = house.place.time.now
            try post.treat("ravi", "echo 'no such mailbox' >&2; exit 67")
            try await house.work()
            let stored = try await digest(house)
            #expect(stored.lastMessage.hasPrefix("not sent to ravi: ") && stored.hasTrouble)
            #expect(stored.lastMessage.contains("no such mailbox"))
            #expect(stored.lastMessage.hasSuffix("; sent to 1 of 2") && stored.lastAt == morning)
            #expect(stored.nextAt == morning + .seconds(86_400))
            house.place.time.advance(.seconds(600))
            try await house.work()
            #expect(post.asked == ["asha", "ravi"])

            // The next one tells each from where they were told last.
            try post.treat("ravi", nil)
            try await advance(house, to: morning + .seconds(86_400))
            try await house.work()
            #expect(post.asked == ["asha", "ravi", "asha", "ravi"])
            let offset = house.workspace.utcOffset(at: morning)
            let (before, then) = (
                TimeText.full(morning - .seconds(86_400), offset: offset), TimeText.full(morning, offset: offset)
            )
            #expect(try post.last(for: "asha").contains("from \(then) to"))
            #expect(try post.last(for: "ravi").contains("from \(before) to"))
            let next = try await digest(house)
            #expect(next.lastMessage == "sent to 2 of 2" && !next.hasTrouble)
        }
    }

    @Test func onlyThoseWhoDoNotHaveItAreTriedAgainWithTheSameMessage() async throws {
        try await with { house, post in
            let morning = house.place.time.now
            try post.treat("ravi", "exit 75")
            try await house.work()
            let stored = try await digest(house)
            #expect(stored.hasTrouble && stored.lastAt == nil && stored.nextAt == morning + .seconds(600))
            house.place.time.advance(.seconds(600))
            try post.treat("ravi", nil)
            try await house.work()
            #expect(post.asked == ["asha", "ravi", "ravi"])
            let ids = post.ids(for: "ravi")
            #expect(Set(ids).count == 1 && !ids.contains { post.ids(for: "asha").contains($0) })
            let done = try await digest(house)
            #expect(done.lastMessage == "sent to 2 of 2" && done.nextAt == morning + .seconds(86_400))
        }
    }

    @Test func whatMayHaveArrivedIsNotSentAfterItself() async throws {
        try await with(to: ["ravi"]) { house, post in
            let morning = house.place.time.now
            try post.treat("ravi", "kill -9 $$")
            try await house.work()
            let stored = try await digest(house)
            #expect(stored.lastMessage.contains("did not say whether") && stored.lastAt == nil)
            #expect(stored.nextAt == morning + .seconds(86_400) && post.asked == ["ravi"])
        }
    }

    @Test func theNextLookIsPutAheadBeforeAMailLeavesAndTheWorkerHearsMeanwhile() async throws {
        try await with { house, post in
            let morning = house.place.time.now
            try post.treat("asha", PostOffice.waits)
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            let gate = try await post.untilSomebodyWaits()
            #expect(try await digest(house).nextAt == morning + .seconds(600))
            // A mail server that hangs holds up no fetch, and a stop is heard: nobody is mailed after it.
            try await house.untilFinished(try await house.trigger())
            worker.stop()
            await house.place.time.untilSomebodySleeps(.seconds(25))
            try gate.close()
            try await running.value
            #expect(post.asked == ["asha"])
            house.place.time.advance(.seconds(600))
            try await house.work()
            #expect(post.asked == ["asha", "ravi"])
            #expect(try await digest(house).lastMessage == "sent to 2 of 2")
        }
    }

    @Test func aStopWaitsForAMailNoLongerThanForJobs() async throws {
        try await with { house, post in
            try post.treat("asha", PostOffice.waits)
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            let gate = try await post.untilSomebodyWaits()
            worker.stop()
            await house.place.time.untilSomebodySleeps(.seconds(25))
            house.place.time.advance(.seconds(25))
            try await running.value
            try gate.close()
        }
    }

    @Test func whoIsDisabledGetsNothingAndItIsSaid() async throws {
        try await with { house, post in
            try await disable("ravi", house)
            try await house.work()
            let one = try await digest(house)
            #expect(one.lastMessage == "not sent to ravi: the user is disabled; sent to 1 of 2" && one.hasTrouble)
            #expect(post.asked == ["asha"])
        }
        try await with(to: ["ravi"]) { house, post in
            let morning = house.place.time.now
            try await disable("ravi", house)
            try await house.work()
            let none = try await digest(house)
            #expect(none.lastMessage == "not sent to ravi: the user is disabled" && none.lastAt == nil)
            #expect(none.nextAt == morning + .seconds(86_400) && post.asked.isEmpty)
        }
    }

    /// The time of a notice is taken before its write has its turn, which may come after a digest.
    @Test func aNoticeThatIsStoredLateStandsInTheNextDigest() async throws {
        try await with(to: ["asha"]) { house, post in
            let morning = house.place.time.now
            try await house.work()
            let account = try await house.account().id
            let late = NoticeFacts(
                externalKey: "late", place: .notices, reference: "ZD0912260012345", form: "DRC-01", summary: "",
                state: .open)
            try await house.workspace.store.write { writer in
                _ = try writer.upsert(account, [late], now: morning - .seconds(2))
            }
            try await advance(house, to: morning + .seconds(86_400))
            try await house.work()
            #expect(try post.last(for: "asha").contains("ZD0912260012345"))
        }
    }

    @Test func whatWasRemovedComesBackWithThoseWhoStillLackIt() async throws {
        try await with { house, post in
            try post.treat("ravi", "exit 75")
            try await house.work()
            let before = try await digest(house)
            try await house.workspace.schedules.remove("digest")
            try await house.workspace.schedules.add(before)
            #expect(try await digest(house).digest == before.digest)
            try post.treat("ravi", nil)
            house.place.time.advance(.seconds(86_400))
            try await house.work()
            #expect(post.asked == ["asha", "ravi", "asha", "ravi"])
            #expect(try await house.workspace.store.checkIntegrity() == [])
        }
    }
}
