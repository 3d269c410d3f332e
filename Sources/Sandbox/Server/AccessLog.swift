import Domain
import Synchronization

/// Counts requests by call, and knows whether the server is idle.
final class AccessLog: Sendable {
    private struct Counts {
        var calls: [String: Int] = [:]
        var open = 0
        var total = 0
        var lastAt: Instant
    }

    private let counts: Mutex<Counts>

    init(now: Instant) { counts = Mutex(Counts(lastAt: now)) }

    func begin(_ request: BridgeRequest, at now: Instant) -> Int {
        counts.withLock { counts in
            counts.calls["\(request.method) \(Self.call(request.segments))", default: 0] += 1
            counts.open += 1
            counts.total += 1
            counts.lastAt = now
            return counts.total
        }
    }

    func end(at now: Instant) {
        counts.withLock { counts in
            counts.open -= 1
            counts.lastAt = now
        }
    }

    var calls: [String: Int] { counts.withLock { $0.calls } }
    var open: Int { counts.withLock { $0.open } }
    var lastAt: Instant { counts.withLock { $0.lastAt } }

    /// The call without its ids: `/v1/jobs/{id}/cancel`.
    private static func call(_ segments: [String]) -> String {
        guard segments.count > 2 else { return "/" + segments.joined(separator: "/") }
        let tail =
            segments.count > 2 && ["verify", "challenge", "cancel"].contains(segments.last ?? "") ? segments.last : nil
        return "/v1/\(segments[1])/{id}" + (tail.map { "/\($0)" } ?? "")
    }
}
