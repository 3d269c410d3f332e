import Synchronization

/// Decides which request is hit by which fault; counts down those that hit a number of requests.
final class FaultBoard: Sendable {
    private struct Counted {
        var kind: SandboxFault.Kind
        var left: Int
        var path: String
        var milliseconds = 0
    }

    /// What happens to one request.
    struct Hit: Sendable {
        var kind: SandboxFault.Kind
        /// How long a late commit waits.
        var milliseconds: Int
    }

    private let counted: Mutex<[Counted]>
    private let latencies: [(milliseconds: Int, path: String)]
    /// Milliseconds that every place takes, when a fault says so.
    let slowPlace: Int?

    init(_ faults: [SandboxFault]) {
        var counted: [Counted] = []
        var latencies: [(Int, String)] = []
        var slow: Int?
        for fault in faults {
            guard case .requests(let kind, let number) = fault.effect else { continue }
            switch kind {
            case .latency: latencies.append((number, fault.path))
            case .slow: slow = number
            case .lateCommit:
                counted.append(Counted(kind: kind, left: 1, path: fault.path, milliseconds: number))
            default: counted.append(Counted(kind: kind, left: number, path: fault.path))
            }
        }
        self.counted = Mutex(counted)
        self.latencies = latencies
        slowPlace = slow
    }

    func latency(path: String) -> Int { latencies.filter { path.hasPrefix($0.path) }.map(\.milliseconds).max() ?? 0 }
    var longestLatency: Int { latencies.map(\.milliseconds).max() ?? 0 }
    var resetsConnections: Bool { counted.withLock { $0.contains { $0.kind == .reset } } }

    /// The fault that hits this request, if any; each hit uses one up.
    func hit(path: String, isRead: Bool) -> Hit? {
        counted.withLock { faults in
            let index = faults.firstIndex { fault in
                fault.left > 0 && path.hasPrefix(fault.path) && !(isRead && fault.kind.hitsWritesOnly)
            }
            guard let index else { return nil }
            faults[index].left -= 1
            return Hit(kind: faults[index].kind, milliseconds: faults[index].milliseconds)
        }
    }
}
