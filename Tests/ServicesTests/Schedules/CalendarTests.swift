import Domain
import Foundation
import Sandbox
import Secrets
import Store
import Testing

@testable import Services

/// What the worker does by the calendar.
@Suite(.timeLimit(.minutes(20))) struct CalendarTests {
    @Test func aFetchIsQueuedAtItsTimeAndTheNextTimeIsKnown() async throws {
        try await WorkHouse.with { house in
            let schedule = try await add(house, "morning", "30 7 * * *", portal: .gst)
            let first = try #require(schedule.nextAt)
            house.place.time.advance(first.since(house.place.time.now) - .seconds(1))
            try await house.work()
            #expect(try await jobs(house).isEmpty)
            house.place.time.advance(.seconds(1))
            try await house.work()
            let fetched = try await jobs(house)
            #expect(fetched.map(\.identity) == [WorkHouse.gst] && fetched[0].status == .done)
            #expect(fetched[0].trigger == .schedule)
            let stored = try #require(try await house.workspace.schedules.list().first)
            #expect(stored.nextAt == first + .seconds(86_400) && stored.lastMessage == "1 fetch queued")
        }
    }

    @Test func timesThatPassedUnattendedAreMadeGoodOnce() async throws {
        try await WorkHouse.with { house in
            try await add(house, "hourly", "@hourly", portal: .gst)
            house.place.time.advance(.seconds(10 * 3_600))
            try await house.work()
            #expect(try await jobs(house).count == 1)
        }
    }

    @Test func quietHoursPutItOffAndPeopleAreNotHeldBack() async throws {
        try await WorkHouse.with(settings: "[worker]\nquiet_hours = \"22:00-06:30\"") { house in
            try await add(house, "night", "0 23 * * *", portal: .gst)
            let night = try #require(try await house.workspace.schedules.list().first?.nextAt)
            house.place.time.advance(night.since(house.place.time.now))
            try await house.work()
            #expect(try await jobs(house).isEmpty)
            let later = try #require(try await house.workspace.schedules.list().first?.nextAt)
            #expect(later == night + .seconds(7 * 3_600 + 1_800))
            #expect(try await house.run().status == .done)
            house.place.time.advance(later.since(house.place.time.now))
            try await house.work()
            #expect(try await jobs(house).filter { $0.trigger == .schedule }.count == 1)
        }
    }

    @Test func quietHoursHoldWhatIsQueuedAlreadyAndTheWorkerWakesAtTheirEnd() async throws {
        try await WorkHouse.with(settings: "[worker]\nquiet_hours = \"22:00-06:30\"") { house in
            try await add(house, "evening", "50 21 * * *", portal: .gst)
            let evening = try #require(try await house.workspace.schedules.list().first?.nextAt)
            house.place.time.advance(evening.since(house.place.time.now))
            let now = house.place.time.now
            // As a worker that is busy until midnight leaves it.
            let outcome = try await house.workspace.store.write { writer in
                try writer.enqueueAll(EnqueueFilter(portals: [.gst]), trigger: .schedule, now: now).first
            }
            let id = try #require(outcome?.id)
            try await house.workspace.schedules.remove("evening")
            house.place.time.advance(.seconds(7_800))
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 2))
            let running = Task { try await worker.run() }
            let untilMorning = Duration.seconds(6 * 3_600 + 1_800)
            await house.place.time.untilSomebodySleeps(untilMorning)
            #expect(try await house.job(id).status == .queued)
            house.place.time.advance(untilMorning)
            #expect(try await house.untilFinished(id).status == .done)
            worker.stop()
            try await running.value
        }
    }

    @Test func aPersonGetsAtNightWhatTheCalendarQueued() async throws {
        try await WorkHouse.with(settings: "[worker]\nquiet_hours = \"00:00-23:59\"") { house in
            let now = house.place.time.now
            _ = try await house.workspace.store.write {
                try $0.enqueueAll(EnqueueFilter(portals: [.gst]), trigger: .schedule, now: now)
            }
            try await house.work()
            #expect(try await jobs(house).map(\.status) == [.queued])
            #expect(try await house.run().status == .done)
        }
    }

    @Test func aDigestWaitsForTheEndOfQuietHours() async throws {
        let settings = "[worker]\nquiet_hours = \"22:00-06:30\"\n[mail]\ntransport = \"maildir\""
        try await WorkHouse.with(settings: settings) { house in
            try await house.workspace.schedules.add(
                Schedule(name: "digest", kind: .digest, rule: try CronRule("0 23 * * *"), recipients: ["asha"]))
            let night = try #require(try await house.workspace.schedules.list().first?.nextAt)
            house.place.time.advance(night.since(house.place.time.now))
            try await house.work()
            #expect(try await house.workspace.mail.inbox().isEmpty)
            house.place.time.advance(.seconds(7 * 3_600 + 1_800))
            try await house.work()
            #expect(try await house.workspace.mail.inbox().count == 1)
        }
    }

    @Test func onlyTheGroupIsFetched() async throws {
        try await WorkHouse.with { house in
            let draft = BusinessDraft(name: "Neem & Co", gstin: try Gstin("27AABCP0001K1ZW"), group: "west")
            _ = try await house.workspace.businesses.add(draft)
            try await house.workspace.credentials.setLogin(
                PortalIdentity(stored: .gst, "27AABCP0001K1ZW"), username: "neem", password: .init(utf8: "made up"))
            try await house.workspace.schedules.add(
                Schedule(name: "west", kind: .fetch, group: "west", rule: try CronRule("@hourly")))
            house.place.time.advance(.seconds(3_600))
            try await house.work()
            #expect(try await jobs(house).map(\.identity.text) == ["27AABCP0001K1ZW"])
        }
    }

    @Test func theDigestTellsNewNoticesAndFailuresByPortal() async throws {
        try await WorkHouse.with(.pageTwo, settings: "[mail]\ntransport = \"maildir\"") { house in
            try await house.setLogin(WorkHouse.pan, password: "Neem-wrong@1")
            _ = try await house.run()
            _ = try await house.run(.fetch, WorkHouse.pan)
            try await house.workspace.schedules.add(
                Schedule(name: "digest", kind: .digest, rule: try CronRule("0 8 * * *"), recipients: ["asha"]))
            let morning = try #require(try await house.workspace.schedules.list().first?.nextAt)
            house.place.time.advance(morning.since(house.place.time.now))
            try await house.work()
            let mail = try #require(try await house.workspace.mail.inbox().last)
            #expect(mail.to.contains("asha@firm.example") && mail.subject.contains("1 failed"))
            #expect(mail.text.contains("Income Tax") && mail.text.contains("1 x "))
            #expect(mail.text.contains(WorkHouse.gst.text))
            #expect(mail.subject.contains("(SANDBOX)"))
            // The next one tells only what came after; and where nothing was read, nobody knows what is new.
            house.place.time.advance(.seconds(86_400))
            try await house.work()
            let unread = try #require(try await house.workspace.mail.inbox().last)
            #expect(unread.subject.hasSuffix("no new notices, 9 of 9 places not wholly read"))
            #expect(unread.text.contains("New notices: none came in"))
        }
    }

    @Test func nothingNewIsSaidWhenEveryPlaceAnswered() async throws {
        try await WorkHouse.with(settings: "[mail]\ntransport = \"maildir\"") { house in
            for identity in [WorkHouse.gst, WorkHouse.pan] { _ = try await house.run(.fetch, identity) }
            try await house.workspace.schedules.add(
                Schedule(name: "digest", kind: .digest, rule: try CronRule("0 8 * * *"), recipients: ["asha"]))
            house.place.time.advance(.seconds(86_400))
            try await house.work()
            house.place.time.advance(.seconds(60))
            for identity in [WorkHouse.gst, WorkHouse.pan] { _ = try await house.run(.fetch, identity) }
            house.place.time.advance(.seconds(86_400))
            try await house.work()
            let mail = try #require(try await house.workspace.mail.inbox().last)
            #expect(mail.subject == "PortalDesk (SANDBOX): nothing new")
            #expect(mail.text.contains("New notices: none\n"))
        }
    }

    @Test func aDigestThatCannotLeaveSaysSoAndIsTriedAgain() async throws {
        try await WorkHouse.with { house in
            try await house.workspace.schedules.add(
                Schedule(name: "digest", kind: .digest, rule: try CronRule("0 8 * * *"), recipients: ["asha"]))
            house.place.time.advance(.seconds(86_400))
            try await house.work()
            let stored = try #require(try await house.workspace.schedules.list().first)
            #expect(stored.lastMessage.hasPrefix("not sent") && stored.lastAt == nil)
            #expect(stored.nextAt == house.place.time.now + .seconds(600))
        }
    }

    @Test func whatWasRemovedIsPutBackWithItsLastRun() async throws {
        try await WorkHouse.with(settings: "[worker]\nquiet_hours = \"22:00-06:30\"") { house in
            let schedules = house.workspace.schedules
            try await add(house, "hourly", "@hourly", portal: .gst)
            house.place.time.advance(.seconds(3_600))
            try await house.work()
            let before = try #require(try await schedules.list().first)
            try await schedules.remove("hourly")
            #expect(try await schedules.list().isEmpty)
            try await schedules.add(before)
            let overview = try await schedules.overview()
            let after = try #require(overview.schedules.first)
            #expect(after.lastAt == before.lastAt && after.lastAt != nil && after.lastMessage == before.lastMessage)
            #expect(after.nextAt == before.nextAt)
            #expect(overview.quietHours?.text == "22:00-06:30" && overview.mailTransport == nil)
        }
    }

    @Test func whatRestedComesBackResting() async throws {
        try await WorkHouse.with { house in
            let schedules = house.workspace.schedules
            try await add(house, "hourly", "@hourly", portal: .gst)
            try await schedules.enable("hourly", false)
            let before = try #require(try await schedules.list().first)
            try await schedules.remove("hourly")
            try await schedules.add(before)
            let after = try #require(try await schedules.list().first)
            #expect(!after.isEnabled && after.nextAt == nil)
        }
    }

    @Test func aRefusalSaysWhetherTheUserIsUnknownOrDisabledAndWhichGroupIsEmpty() async throws {
        try await WorkHouse.with { house in
            let (ravi, now) = (
                Person(name: "ravi", email: "ravi@firm.example", role: .operator_, isEnabled: false),
                house.place.time.now
            )
            try await house.workspace.store.write { try $0.addPerson(ravi, passwordHash: "none", at: now) }
            func refusal(_ schedule: Schedule) async -> String? {
                await complaint { try await house.workspace.schedules.add(schedule) }?.description
            }
            let rule = try CronRule("@daily")
            let unknown = await refusal(Schedule(name: "a", kind: .digest, rule: rule, recipients: ["nobody"]))
            #expect(unknown?.contains("nobody: there is no such user") == true)
            let disabled = await refusal(Schedule(name: "b", kind: .digest, rule: rule, recipients: ["ravi"]))
            #expect(disabled?.contains("ravi: the user is disabled") == true)
            let empty = await refusal(Schedule(name: "c", kind: .fetch, group: "west", rule: rule))
            #expect(empty?.contains("no business is in the group west") == true)
        }
    }

    @Test func whatCannotBeIsRefused() async throws {
        try await WorkHouse.with { house in
            try await add(house, "one", "@daily", portal: nil)
            let never = try CronRule("0 0 30 2 *")
            let drafts = [
                Schedule(name: "one", kind: .fetch, rule: try CronRule("@daily")),
                Schedule(name: "two", kind: .fetch, rule: never),
                Schedule(name: "three", kind: .digest, rule: try CronRule("@daily"), recipients: ["nobody"]),
                Schedule(name: "", kind: .fetch, rule: try CronRule("@daily")),
            ]
            for draft in drafts {
                let refusal = await complaint { try await house.workspace.schedules.add(draft) }
                #expect(refusal?.status == .badData, "\(draft.name)")
            }
            #expect(try await house.workspace.schedules.list().count == 1)
        }
    }

    @discardableResult
    private func add(_ house: WorkHouse, _ name: String, _ rule: String, portal: Portal?) async throws -> Schedule {
        try await house.workspace.schedules.add(
            Schedule(name: name, kind: .fetch, portal: portal, rule: try CronRule(rule))
        ).schedule
    }

    private func jobs(_ house: WorkHouse) async throws -> [Job] {
        try await house.workspace.sync.activity(ActivityQuery()).rows
    }
}
