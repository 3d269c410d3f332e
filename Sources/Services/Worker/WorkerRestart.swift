import Domain

/// Decides when a worker that died is followed by another one. Pure: looks go in, steps come out.
///
/// Only a worker that died is followed. One that ended in order saw to its work, or was told to stop by somebody who
/// may be about to start it again, under a service manager for one.
public struct WorkerRestart: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        /// A worker lives, or nothing is left for one: nothing to do until the next news.
        case rest
        /// Look again after so long.
        case wait(Duration)
        /// Start a worker now, and look again after so long.
        case start(lookAgain: Duration)
        /// Work waits and from here no worker comes. `hasGivenUp`: because several died one after the other.
        case missing(hasGivenUp: Bool)
    }

    /// Before the first, the second and the third start in a row.
    public static let pauses: [Duration] = [.seconds(1), .seconds(5), .seconds(30)]
    /// Who lived so long did not die at once, and the count begins anew.
    public static let steady = Duration.seconds(60)
    /// How long one that somebody else starts may take until it is there.
    public static let grace = Duration.seconds(2)

    /// Work waits, no worker does it, and that is not over in a moment.
    public private(set) var isMissing = false
    private var starts = 0
    private var startedAt: Instant?
    private var nextAt: Instant?
    private var wasHeld = false

    public init() {}

    public mutating func look(_ seen: WorkerSight, at now: Instant) -> Step {
        guard !seen.isHeld, seen.hasWork else {
            wasHeld = seen.isHeld
            if !seen.isHeld { starts = 0 }
            nextAt = nil
            isMissing = false
            return .rest
        }
        if wasHeld {
            wasHeld = false
            if let startedAt, now.since(startedAt) >= Self.steady { starts = 0 }
        }
        let isTried = seen.hasDied && seen.mayStart
        let canStart = isTried && starts < Self.pauses.count
        let due = nextAt ?? now + (canStart ? Self.pauses[starts] : Self.grace)
        nextAt = due
        guard now >= due else { return .wait(due.since(now)) }
        guard canStart else {
            isMissing = true
            return .missing(hasGivenUp: isTried)
        }
        starts += 1
        startedAt = now
        isMissing = isMissing || starts > 1
        let pause = starts < Self.pauses.count ? Self.pauses[starts] : Self.pauses[Self.pauses.count - 1]
        nextAt = now + pause
        return .start(lookAgain: pause)
    }
}
