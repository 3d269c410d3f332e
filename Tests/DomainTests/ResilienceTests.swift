import Domain
import Testing

@Suite struct ResilienceTests {
    private let start = Instant(seconds: 1_800_000_000)

    @Test func fiveFailuresInARowLeaveTheProviderAlone() {
        var breaker = CircuitBreaker()
        for second in 0..<4 { breaker.record(isFailure: true, at: start + .seconds(second), jitter: 0.5) }
        #expect(breaker.admit(at: start + .seconds(4)) == .go)
        breaker.record(isFailure: true, at: start + .seconds(4), jitter: 0.5)
        #expect(breaker.admit(at: start + .seconds(5)) == .notBefore(start + .seconds(34)))
        #expect(breaker.nextChance(at: start + .seconds(34)) == nil)
    }

    @Test func aSuccessInBetweenStartsTheCountAnew() {
        var breaker = CircuitBreaker()
        for second in 0..<12 { breaker.record(isFailure: second % 4 != 3, at: start + .seconds(second), jitter: 0) }
        #expect(breaker.phase == .closed)
    }

    @Test func halfOfTwentyCallsWithinAMinuteAreTooMany() {
        var breaker = CircuitBreaker()
        for call in 0..<20 { breaker.record(isFailure: call % 2 == 1, at: start + .seconds(call), jitter: 0.5) }
        #expect(breaker.admit(at: start + .seconds(20)) == .notBefore(start + .seconds(49)))

        var spread = CircuitBreaker()
        for call in 0..<20 { spread.record(isFailure: call % 2 == 1, at: start + .seconds(call * 4), jitter: 0.5) }
        #expect(spread.phase == .closed)
    }

    @Test func oneProbeAtATimeAndThreeSuccessesCloseIt() {
        var breaker = opened()
        let later = start + .seconds(60)
        for _ in 0..<3 {
            #expect(breaker.admit(at: later) == .go)
            #expect(breaker.admit(at: later) == .notBefore(later + .seconds(1)))
            breaker.record(isFailure: false, at: later, jitter: 0)
        }
        #expect(breaker.phase == .closed && breaker.reopenings == 0)
    }

    @Test func aFailedProbeDoublesThePauseUpToTenMinutes() {
        var breaker = opened()
        var now = start
        var pauses: [Int64] = []
        for _ in 0..<7 {
            guard let until = breaker.nextChance(at: now) else { break }
            pauses.append(until.since(now).components.seconds)
            now = until
            #expect(breaker.admit(at: now) == .go)
            breaker.record(isFailure: true, at: now, jitter: 0.5)
        }
        #expect(pauses == [30, 60, 120, 240, 480, 600, 600])
    }

    @Test func aProbeThatNeverEndedDoesNotBlockForEver() {
        var breaker = opened()
        #expect(breaker.admit(at: start + .seconds(40)) == .go)
        #expect(breaker.admit(at: start + .seconds(159)) != .go)
        #expect(breaker.admit(at: start + .seconds(160)) == .go)
        breaker.abandonProbe()
        #expect(breaker.admit(at: start + .seconds(161)) == .go)
    }

    @Test func theBudgetPaysForSoManyRetriesAndIsEarnedBack() {
        var budget = RetryBudget(tokens: 9)
        #expect(budget.spend(isAfterTimeout: true, at: start) == false)
        #expect(budget.spend(isAfterTimeout: false, at: start) == true)
        #expect(budget.spend(isAfterTimeout: false, at: start) == false)
        #expect(budget.tokens == 4)
        budget.earn(at: start)
        #expect(budget.spend(isAfterTimeout: false, at: start) == true)
    }

    @Test func retriesStayBelowATenthOfTheCalls() {
        var budget = RetryBudget()
        for _ in 0..<1_000 { budget.earn(at: start) }
        let paid = (0..<200).count { _ in budget.spend(isAfterTimeout: false, at: start) }
        #expect(paid == 100)

        var quiet = RetryBudget()
        let met = (0..<200).count { _ in quiet.spend(isAfterTimeout: false, at: start) }
        #expect(met == RetryBudget.alwaysAllowed)
        #expect(quiet.spend(isAfterTimeout: false, at: start + .seconds(121)) == true)
    }

    @Test func theMeterLetsABurstThroughAndThenItsRate() throws {
        let limit = try #require(RateLimit(perSecond: 2, burst: 3))
        var meter = RateMeter(at: start, limit: limit)
        let taken = (0..<5).map { _ in meter.take(at: start, limit: limit) }
        #expect(taken == [nil, nil, nil, .milliseconds(500), .milliseconds(500)])
        #expect(meter.take(at: start + .milliseconds(499), limit: limit) == .milliseconds(1))
        #expect(meter.take(at: start + .milliseconds(500), limit: limit) == nil)
        #expect(meter.isAtRest(at: start + .seconds(10)) && !meter.isAtRest(at: start + .milliseconds(501)))
    }

    @Test func aClockThatGoesBackGrantsNothingAndLocksNobodyOut() throws {
        let limit = try #require(RateLimit(perSecond: 1, burst: 2))
        var meter = RateMeter(at: start, limit: limit)
        #expect(meter.take(at: start, limit: limit) == nil && meter.take(at: start, limit: limit) == nil)
        let back = start - .seconds(3_600)
        #expect(meter.take(at: back, limit: limit) == .seconds(1))
        #expect(meter.take(at: back + .seconds(1), limit: limit) == nil)
    }

    @Test func aWorkerThatJustStartedHasNoBurst() throws {
        let limit = try #require(RateLimit(perSecond: 1, burst: 5))
        var meter = RateMeter(at: start, isSpent: true, limit: limit)
        #expect(meter.take(at: start, limit: limit) == nil && meter.take(at: start, limit: limit) == .seconds(1))
        #expect(RateLimit(perSecond: 0) == nil && RateLimit(perSecond: 1, burst: 0) == nil)
    }

    @Test func latenciesTellTheirBounds() {
        var tally = LatencyTally()
        #expect(tally.bound(percent: 50) == nil)
        for milliseconds in [10, 60, 150, 900, 40_000] { tally.count(.milliseconds(milliseconds)) }
        #expect(tally.bound(percent: 50) == 200 && tally.bound(percent: 80) == 1_000)
        #expect(tally.bound(percent: 95) == nil)
        #expect(LatencyTally(tally.text) == tally && LatencyTally("1,2") == nil)
    }

    @Test func oneAccountAloneClosesAProviderToNobody() {
        var breaker = CircuitBreaker()
        for second in 0..<12 {
            breaker.record(isFailure: true, of: "one", at: start + .seconds(second), jitter: 0.5)
        }
        #expect(breaker.phase == .closed)
        breaker.record(isFailure: true, of: "two", at: start + .seconds(12), jitter: 0.5)
        #expect(breaker.nextChance(at: start + .seconds(13)) != nil)
    }

    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 0..<5 { breaker.record(isFailure: true, at: start, jitter: 0.5) }
        return breaker
    }
}
