/// What may happen to an answer after the authority has committed (facts: reliability 15).
struct Toxic: Sendable {
    let title: String
    /// The sandbox's name for it.
    let fault: String

    static let all: [Toxic] = [
        Toxic(title: "reset", fault: "commit_then_reset"),
        Toxic(title: "black hole", fault: "commit_then_black_hole"),
        Toxic(title: "close without answer", fault: "commit_then_close"),
        Toxic(title: "truncated headers", fault: "commit_then_cut_head"),
        Toxic(title: "truncated body", fault: "commit_then_cut_body"),
        Toxic(title: "slow body past the deadline", fault: "commit_then_slow_body"),
        Toxic(title: "502", fault: "commit_then_bad_gateway"),
        Toxic(title: "503", fault: "commit_then_unavailable"),
        Toxic(title: "504", fault: "commit_then_gateway_timeout"),
        Toxic(title: "unparsable body", fault: "commit_then_garbage"),
        Toxic(title: "duplicate answer", fault: "commit_then_duplicate"),
        Toxic(title: "late commit after disconnect", fault: "late_commit"),
    ]

    /// Whether the worker learns nothing until it gives up.
    var isSilent: Bool { fault == "commit_then_black_hole" || fault == "commit_then_slow_body" }

    /// Half of what the provider files of the sandbox wait until "not there" counts.
    private static let latestCommit = 1_500

    /// The sandbox's faults that hit the first so many requests of each action.
    func faults(_ count: Int, seed: UInt64) -> [String] {
        let paths = ["/irp/eicore/v1.03/Invoice", "/ewb/v1.03/ewayapi"]
        guard fault == "late_commit" else { return paths.map { "\(fault):\(count)@\($0)" } }
        var random = BenchRandom(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        return paths.flatMap { path in
            (0..<count).map { _ in "\(fault):\(50 + Int(random.next() % UInt64(Self.latestCommit - 50)))@\(path)" }
        }
    }
}
