import Synchronization

/// Decides which request is hit by which fault; counts down those that hit a number of requests.
final class FaultBoard: Sendable {
    private struct Counted {
        var kind: SandboxFault.Kind
        var left: Int
        var path: String
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
    func hit(path: String) -> SandboxFault.Kind? {
        counted.withLock { faults in
            guard let index = faults.firstIndex(where: { $0.left > 0 && path.hasPrefix($0.path) }) else { return nil }
            faults[index].left -= 1
            return faults[index].kind
        }
    }
}
