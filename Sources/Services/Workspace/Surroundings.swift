import Domain
import Foundation
import Synchronization
import Vault

/// Everything that the world gives the program, passed in at the composition root; tests pass their own.
public struct Surroundings: Sendable {
    public var clock: @Sendable () -> Instant
    public var random: SharedRandom
    public var environment: [String: String]
    /// Path of the running program, for starting the worker and the sandbox.
    public var executable: String
    public var version: String
    /// Waits between two tries inside one attempt.
    public var pause: Pause
    /// Waits until something is due: the worker's timers.
    public var alarm: Pause

    /// What hashing a password costs: tests, which hash by the hundred, take less.
    var passwordCost = PasswordHash.Cost.standard

    /// Returns after the duration; throws when its task is cancelled before.
    public typealias Pause = @Sendable (Duration) async throws -> Void

    public init(
        clock: @escaping @Sendable () -> Instant, random: SharedRandom, environment: [String: String],
        executable: String,
        version: String, pause: @escaping Pause = Self.sleep, alarm: @escaping Pause = Self.sleep
    ) {
        self.clock = clock
        self.random = random
        self.environment = environment
        self.executable = executable
        self.version = version
        self.pause = pause
        self.alarm = alarm
    }

    /// Real waiting.
    public static let sleep: Pause = { try await ContinuousClock().sleep(for: $0) }

    /// The system's clock, randomness and environment.
    public static func live(version: String) -> Surroundings {
        return Surroundings(
            clock: { systemClock() }, random: SharedRandom(SystemRandomNumberGenerator()),
            environment: systemEnvironment(), executable: ownPath() ?? CommandLine.arguments[0], version: version
        )
    }

    private static func ownPath() -> String? {
        var name = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &name, name.count)
        return count > 0 ? String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    /// Read by hand: Foundation's way costs a part of a millisecond before the first paint.
    private static func systemEnvironment() -> [String: String] {
        var all: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
                all[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return all
    }

    private static func systemClock() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// One source of randomness for several tasks.
public final class SharedRandom: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    public init(_ generator: any RandomNumberGenerator & Sendable) { self.generator = Mutex(generator) }

    public func next() -> UInt64 { generator.withLock { $0.next() } }

    /// `count` random bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// A generator for one computation, drawing from this one.
    public func drawing() -> Drawing { Drawing(shared: self) }

    public struct Drawing: RandomNumberGenerator {
        let shared: SharedRandom
        public func next() -> UInt64 { shared.next() }
    }
}
