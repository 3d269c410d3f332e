import Domain

/// Why someone who waits for jobs looks again.
enum WaitEvent: Sendable { case wake, tick }

/// Commits, and a slow tick beside them: a worker that dies says nothing.
struct WorkerWatch {
    let events: AsyncStream<WaitEvent>
    private let tasks: [Task<Void, Never>]

    static let tick = Duration.seconds(2)

    init(wakePath: String, alarm: @escaping Surroundings.Pause) {
        let (events, post) = AsyncStream.makeStream(of: WaitEvent.self, bufferingPolicy: .bufferingNewest(2))
        self.events = events
        let wakes = WakeStream(path: wakePath)
        let listening = Task { for await _ in wakes { post.yield(.wake) } }
        let ticking = Task {
            while !Task.isCancelled {
                do { try await alarm(Self.tick) } catch { return }
                post.yield(.tick)
            }
        }
        tasks = [listening, ticking]
    }

    func end() { tasks.forEach { $0.cancel() } }
}
