import Domain
import Store

/// Tries until something is stored: a full or locked disk must not lose an outcome. Only a stop of the worker ends the
/// trying; the next worker then takes the same attempt up again.
struct UntilStored: Sendable {
    /// Tries that a stop still allows.
    private static let triesAtStop = 3

    let alarm: Surroundings.Pause
    let isStopping: @Sendable () -> Bool

    /// - Returns: what `body` gave; nil when it cannot be stored.
    func run<T: Sendable>(_ body: () async throws -> T, onFailure: (any Error) -> Void) async -> T? {
        var failures = 0
        while true {
            do {
                return try await body()
            } catch {
                failures += 1
                onFailure(error)
                guard Self.mayPass(error), !isStopping() || failures < Self.triesAtStop else { return nil }
                let wait = Duration.seconds(min(1 << min(failures - 1, 6), 60))
                let alarm = alarm
                // In a task of its own: this one may be cancelled, and the outcome is worth storing all the same.
                await Task { try? await alarm(wait) }.value
            }
        }
    }

    private static func mayPass(_ error: any Error) -> Bool {
        switch error as? StoreProblem {
        case .full, .locked, .io, .readOnly, .slow: true
        default: false
        }
    }
}
