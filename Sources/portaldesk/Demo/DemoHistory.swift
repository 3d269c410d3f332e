import Domain
import Sandbox
import Services

/// The finished jobs of a demo, each made from its number alone: the same demo every time. What failures, coverage and
/// providers tell of a demo is taken from them (`DemoStory`), so that the three agree.
///
/// Logins whose fetches simply succeed have been fetched for long. Of those that the portal refuses one job tells so,
/// a day ago; the others are new, for they play their trouble when they are fetched.
struct DemoHistory: Sendable {
    let count: Int
    /// Before the first job.
    let start: Instant
    private let fetched: [DemoAccount]
    private let refused: [Int: DemoAccount]
    private let spacing: Int64
    private(set) var standing: [PortalIdentity: Standing] = [:]

    /// What is left of the jobs of a login.
    struct Standing: Sendable {
        /// The last job that was done.
        var done: Int?
        /// The last one that failed since.
        var failed: Int?
    }

    /// The last job ended some minutes before `now`; the others go back over about two months, or further for more.
    init(world: DemoWorld, count: Int, now: Instant) {
        let accounts = world.accounts.filter { $0.identity.portal != .traces }
        fetched = accounts.filter { $0.outcome == .success }
        self.count = fetched.isEmpty ? 0 : count
        spacing = count > 50_000 ? 60_000 : max(1_000, 60 * 86_400_000 / Int64(max(count, 1)))
        start = now - .milliseconds(spacing * Int64(count) + 240_000)
        let dayAgo = count - Int(86_400_000 / spacing)
        let ends = accounts.filter { $0.reason != nil }.enumerated().map { (dayAgo - 1 - $0, $1) }
        refused = Dictionary(uniqueKeysWithValues: ends.filter { (0..<count).contains($0.0) })
        standing = standings()
    }

    /// Looks back from the last job until every login was done once.
    private func standings() -> [PortalIdentity: Standing] {
        var (standing, open): ([PortalIdentity: Standing], Int) = ([:], fetched.count)
        for index in stride(from: count - 1, through: 0, by: -1) where open > 0 && refused[index] == nil {
            let drawn = draw(index)
            var known = standing[drawn.account.identity] ?? Standing()
            guard known.done == nil else { continue }
            switch drawn.status {
            case .done:
                known.done = index
                open -= 1
            case .failed: known.failed = known.failed ?? index
            default: continue
            }
            standing[drawn.account.identity] = known
        }
        return standing
    }

    func job(_ index: Int) -> Population.PastJob {
        let drawn = draw(index)
        var job = Population.PastJob(
            identity: (refused[index] ?? drawn.account).identity, status: drawn.status, startedAt: drawn.begins,
            completedAt: drawn.ends)
        if let reason = refused[index]?.reason {
            fail(&job, Failure(reason, reason == .wrongPassword ? Self.wrongPassword.message : reason.title))
        } else if drawn.status == .failed {
            fail(&job, failure(drawn, index))
        } else if drawn.status == .cancelled {
            job.message = "cancelled by a person"
        } else {
            job.noticesNew = drawn.number % 9 == 0 ? drawn.number % 4 : 0
        }
        return job
    }

    // MARK: Drawing

    private struct Drawn {
        var account: DemoAccount
        var begins: Instant
        var ends: Instant
        /// 0 to 999.
        var number: Int

        var status: JobStatus { number < 900 ? .done : number < 915 ? .cancelled : .failed }
    }

    private func draw(_ index: Int) -> Drawn {
        var random = Mixed(state: UInt64(index) &* 0x9E37_79B9_7F4A_7C15 &+ 0x5851_F42D)
        let account = fetched[Int(random.next() % UInt64(fetched.count))]
        let begins = start + .milliseconds(Int64(index) * spacing + Int64(random.next() % UInt64(spacing)))
        let ends = begins + .milliseconds(Int64(1_200 + random.next() % 14_000))
        return Drawn(account: account, begins: begins, ends: ends, number: Int(random.next() % 1_000))
    }

    private struct Mixed {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &+ 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    // MARK: Failing

    private struct Failure {
        var cause: Cause
        var message: String
        /// What each attempt met before it was given up.
        var last: Cause?
        var attempts: Int { cause == .gaveUp || cause == .placeFailed ? 20 : 1 }

        init(_ cause: Cause, _ message: String, last: Cause? = nil) {
            self.cause = cause
            self.message = message
            self.last = last
        }
    }

    private static let wrongPassword = Failure(.wrongPassword, "EF00027 (ERROR) Invalid Password, please retry.")
    private static let down = Failure(
        .gaveUp, "after 20 attempts: the portal answered 503 Service Unavailable", last: .portalDown)
    private static let late = Failure(.gaveUp, "after 20 attempts: no answer within 30 s", last: .portalTimeout)
    private static let accountProblem = Failure(.accountProblem, "the portal asks to update the profile first")

    /// What is said of a place that could not be read.
    static let placeError = "no answer within 30 s"

    /// The list that a job could not read which failed for one.
    static func failedPlace(of portal: Portal) -> Place? { portal.places.last }

    private func failure(_ drawn: Drawn, _ index: Int) -> Failure {
        let identity = drawn.account.identity
        // A login that failed and was not done since would not be verified.
        let isOver = (standing[identity]?.done ?? -1) > index
        switch drawn.number % 5 {
        case 0: return isOver ? Self.wrongPassword : Self.down
        case 1: return isOver ? Self.accountProblem : Self.late
        case 2: return Self.down
        case 3: return Self.late
        default:
            let name = Self.failedPlace(of: identity.portal)?.title ?? ""
            return Failure(.placeFailed, "after 20 attempts: could not read \(name): \(Self.placeError)")
        }
    }

    private func fail(_ job: inout Population.PastJob, _ failure: Failure) {
        (job.status, job.cause, job.lastCause) = (.failed, failure.cause, failure.last)
        (job.message, job.attempt) = (failure.message, failure.attempts)
        let (begins, ends) = (job.startedAt, job.completedAt)
        job.log = [
            JobLogEntry(
                at: begins, level: .info, step: "claim", message: "attempt \(failure.attempts) by worker 3f9a"),
            JobLogEntry(
                at: begins + .milliseconds(40), level: .info, step: "provider",
                message: "sandbox-bridge (bridge, simulated)"),
            JobLogEntry(
                at: begins + .milliseconds(310), level: .info, step: "login", message: "user check: account found"),
            JobLogEntry(
                at: ends, level: .error, step: (failure.last ?? failure.cause).rawValue, message: failure.message),
            JobLogEntry(at: ends, level: .error, step: "failed", message: failure.cause.meaning),
        ]
    }
}
