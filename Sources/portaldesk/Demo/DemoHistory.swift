import Domain
import Sandbox
import Services

/// The finished jobs of a demo, each made from its number alone: the same demo every time.
struct DemoHistory: Sendable {
    private let identities: [PortalIdentity]
    private let count: Int
    private let start: Instant
    private let spacing: Int64

    /// The last job ended some minutes before `now`; the others go back over about two months, or further for more.
    init(world: DemoWorld, count: Int, now: Instant) {
        identities = world.accounts.filter { $0.identity.portal != .traces }.map(\.identity)
        self.count = count
        spacing = count > 50_000 ? 60_000 : max(1_000, 60 * 86_400_000 / Int64(max(count, 1)))
        start = now - .milliseconds(spacing * Int64(count) + 240_000)
    }

    func job(_ index: Int) -> Population.PastJob {
        var random = Mixed(state: UInt64(index) &* 0x9E37_79B9_7F4A_7C15 &+ 0x5851_F42D)
        let identity = identities[Int(random.next() % UInt64(max(identities.count, 1)))]
        let begins = start + .milliseconds(Int64(index) * spacing + Int64(random.next() % UInt64(spacing)))
        let ends = begins + .milliseconds(Int64(1_200 + random.next() % 14_000))
        let draw = random.next() % 1_000
        if draw < 900 {
            return Population.PastJob(
                identity: identity, status: .done, startedAt: begins, completedAt: ends,
                noticesNew: draw % 9 == 0 ? Int(draw % 4) : 0)
        }
        if draw < 915 {
            return Population.PastJob(
                identity: identity, status: .cancelled, startedAt: begins, completedAt: ends,
                message: "cancelled by a person")
        }
        let (cause, message) = Self.failures[Int(draw) % Self.failures.count]
        return Population.PastJob(
            identity: identity, status: .failed, startedAt: begins, completedAt: ends, cause: cause, message: message,
            attempt: cause == .gaveUp ? 20 : 1, log: log(begins, ends, cause, message))
    }

    private static let failures: [(Cause, String)] = [
        (.wrongPassword, "EF00027 (ERROR) Invalid Password, please retry."),
        (.portalDown, "the portal answered 503 Service Unavailable"),
        (.portalTimeout, "no answer within 30 s"),
        (.placeFailed, "could not read Additional notices: \(Cause.portalTimeout.title)"),
        (.gaveUp, "after 20 attempts: the portal answered 503 Service Unavailable"),
        (.accountProblem, "the portal asks to update the profile first"),
    ]

    private func log(_ begins: Instant, _ ends: Instant, _ cause: Cause, _ message: String) -> [JobLogEntry] {
        let attempt = cause == .gaveUp ? 20 : 1
        return [
            JobLogEntry(at: begins, level: .info, step: "claim", message: "attempt \(attempt) by worker 3f9a"),
            JobLogEntry(
                at: begins + .milliseconds(40), level: .info, step: "provider",
                message: "sandbox-bridge (bridge, simulated)"),
            JobLogEntry(
                at: begins + .milliseconds(310), level: .info, step: "login", message: "user check: account found"),
            JobLogEntry(at: ends, level: .error, step: cause.rawValue, message: message),
            JobLogEntry(at: ends, level: .error, step: "failed", message: cause.meaning),
        ]
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
}
