/// A named moment at which a process that carries out an action is killed (facts: reliability 15).
struct NamedPoint: Sendable, Hashable {
    /// How the kill gets there.
    enum Way: Sendable, Hashable {
        /// The command ends itself, at a moment that it knows by this name.
        case command(String)
        /// The worker does.
        case worker(String)
        /// The wire between worker and portal counts the bytes of the action and kills the worker.
        case wire(CutWire.Stage)
        /// The worker ends itself while the wire holds the action back for longer than a lease's third.
        case renewal(String)
        /// The wire swallows the answer, and kills the worker over the question that follows.
        case question
    }

    let number: Int
    let title: String
    let way: Way

    var name: String { "K\(number)" }

    static let all: [NamedPoint] = [
        NamedPoint(number: 1, title: "before the seal's commit", way: .command("sealing")),
        NamedPoint(number: 2, title: "after the seal's commit", way: .command("sealed")),
        NamedPoint(number: 3, title: "after enqueue", way: .command("queued")),
        NamedPoint(number: 4, title: "after claim", way: .worker("claimed")),
        NamedPoint(number: 5, title: "after the intent's commit", way: .worker("intent")),
        NamedPoint(number: 6, title: "after connect", way: .wire(.connected)),
        NamedPoint(number: 7, title: "in the middle of the request", way: .wire(.inRequest)),
        NamedPoint(number: 8, title: "request sent, portal not yet committed", way: .wire(.beforeCommit)),
        NamedPoint(number: 9, title: "portal committed, no answer byte", way: .wire(.beforeAnswer)),
        NamedPoint(number: 10, title: "after the answer's headers", way: .wire(.afterHead)),
        NamedPoint(number: 11, title: "in the middle of the body", way: .wire(.inBody)),
        NamedPoint(number: 12, title: "answer read, not stored", way: .worker("answered")),
        NamedPoint(number: 13, title: "after the evidence is stored", way: .worker("evidence")),
        NamedPoint(number: 14, title: "after the outcome's commit", way: .worker("outcome")),
        NamedPoint(number: 15, title: "before the job's completion", way: .worker("completion")),
        NamedPoint(number: 16, title: "during a lease renewal", way: .renewal("renewal")),
        NamedPoint(number: 17, title: "during a reconcile query", way: .question),
    ]

    /// Whether it is the command that is killed.
    var strikesCommand: Bool { if case .command = way { true } else { false } }
}

/// What of a kill a seed decides: how far the bytes have come, how long the process still lives, what becomes of the
/// rest.
struct KillCourse: Sendable {
    /// Microseconds between reaching the moment and the end.
    let delay: UInt32
    let cut: CutWire.Cut

    init(_ point: NamedPoint, seed: UInt64) {
        var random = BenchRandom(state: (seed &+ UInt64(point.number) << 32) &* 0x9E37_79B9_7F4A_7C15 | 1)
        for _ in 0..<3 { _ = random.next() }
        delay = UInt32(random.next() % 4 == 0 ? 0 : random.next() % 30_000)
        let share = Int(random.next() % 1_000)
        // Every other request that was held back arrives after all, when its sender is dead.
        let late = seed % 2 == 0 ? UInt32(50_000 + random.next() % 1_400_000) : nil
        var stage = CutWire.Stage.beforeAnswer
        switch point.way {
        case .wire(let named): stage = named
        case .renewal: stage = seed % 4 < 2 ? .beforeCommit : .beforeAnswer
        case .question: stage = CutWire.Stage.allCases[Int(seed % UInt64(CutWire.Stage.allCases.count))]
        case .command, .worker: break
        }
        cut = CutWire.Cut(
            stage: stage, share: share, late: late, delay: delay, isOfQuestion: point.way == .question,
            keepsAction: random.next() % 2 == 0, onlyHolds: point.way == .renewal("renewal"))
    }
}
