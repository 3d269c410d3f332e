import Domain
import Testing

@testable import Services

/// When a worker that died is followed by another one.
@Suite struct WorkerRestartTests {
    private static let start = Instant(seconds: 1_795_180_000)
    private static let dead = WorkerSight(isHeld: false, hasDied: true, hasWork: true, mayStart: true)
    private static let alive = WorkerSight(isHeld: true)

    private static func after(_ seconds: Int) -> Instant { start + .seconds(seconds) }

    @Test func aWorkerThatDiedIsFollowedAfterASecond() {
        var restart = WorkerRestart()
        #expect(restart.look(Self.alive, at: Self.start) == .rest)
        #expect(restart.look(Self.dead, at: Self.start) == .wait(.seconds(1)))
        #expect(restart.look(Self.dead, at: Self.after(1)) == .start(lookAgain: .seconds(5)))
        #expect(!restart.isMissing)
        #expect(restart.look(Self.alive, at: Self.after(6)) == .rest)
    }

    @Test func thoseThatDieAtOnceAreFollowedEverLaterAndThenNoMore() {
        var restart = WorkerRestart()
        _ = restart.look(Self.dead, at: Self.start)
        #expect(restart.look(Self.dead, at: Self.after(1)) == .start(lookAgain: .seconds(5)))
        #expect(restart.look(Self.dead, at: Self.after(2)) == .wait(.seconds(4)))
        #expect(restart.look(Self.dead, at: Self.after(6)) == .start(lookAgain: .seconds(30)))
        #expect(restart.isMissing)
        #expect(restart.look(Self.dead, at: Self.after(36)) == .start(lookAgain: .seconds(30)))
        #expect(restart.look(Self.dead, at: Self.after(66)) == .missing(hasGivenUp: true))
        #expect(restart.look(Self.dead, at: Self.after(900)) == .missing(hasGivenUp: true))
        #expect(restart.look(Self.alive, at: Self.after(901)) == .rest)
        #expect(!restart.isMissing)
    }

    @Test func oneThatLivedAMinuteIsCountedAnew() {
        var restart = WorkerRestart()
        var now = 0
        for _ in 1...5 {
            #expect(restart.look(Self.dead, at: Self.after(now)) == .wait(.seconds(1)))
            #expect(restart.look(Self.dead, at: Self.after(now + 1)) == .start(lookAgain: .seconds(5)))
            #expect(restart.look(Self.alive, at: Self.after(now + 6)) == .rest)
            now += 100
        }
    }

    @Test func withoutWorkOrAfterAnOrderlyEndNoneIsStarted() {
        var restart = WorkerRestart()
        var sight = Self.dead
        sight.hasWork = false
        #expect(restart.look(sight, at: Self.start) == .rest)
        sight.hasWork = true
        sight.hasDied = false
        #expect(restart.look(sight, at: Self.start) == .wait(WorkerRestart.grace))
        #expect(restart.look(sight, at: Self.after(2)) == .missing(hasGivenUp: false))
        #expect(restart.isMissing)
    }

    @Test func whoMayNotStartOneSaysThatNoneIsThereUntilThatChanges() {
        var restart = WorkerRestart()
        var sight = Self.dead
        sight.mayStart = false
        _ = restart.look(sight, at: Self.start)
        #expect(restart.look(sight, at: Self.after(2)) == .missing(hasGivenUp: false))
        #expect(restart.look(Self.dead, at: Self.after(3)) == .start(lookAgain: .seconds(5)))
    }

    @Test func anOrderlyEndIsToldFromADeath() async throws {
        try await WorkHouse.with { house in
            let path = house.place.home.workerLock
            let lock = try FileLock.take(path, note: "1")
            #expect(FileLock.isHeld(path) && FileLock.isLeftBehind(path))
            lock?.release()
            #expect(!FileLock.isHeld(path) && !FileLock.isLeftBehind(path))
        }
    }
}
