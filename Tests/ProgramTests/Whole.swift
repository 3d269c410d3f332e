import Foundation
import Testing

/// Everything that runs the real program. One at a time: two busy cores would only make them wait for each other.
@Suite("The whole program", .serialized, .timeLimit(.minutes(minutesAllowed)))
enum Whole {}

/// A whole sweep of kills, asked for by name, may take longer than any test of every day.
private let minutesAllowed =
    ProcessInfo.processInfo.environment.keys.contains { $0.hasPrefix("PORTALDESK_") && $0.hasSuffix("KILLS") } ? 60 : 5
