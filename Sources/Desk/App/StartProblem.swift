import Domain
import TerminalKit

/// A wish of config.toml that the desk does not follow; it opens all the same.
struct StartProblem: Equatable {
    var what: String
    var why: String

    /// All of them in one message: several would push each other off the foot of the screen.
    static func told(_ problems: [StartProblem]) -> [Toast] {
        guard let first = problems.first else { return [] }
        guard problems.count > 1 else { return [Toast(.warning, first.what, detail: first.why)] }
        let named = problems.map { $0.what == "config.toml" ? $0.why : "\($0.what): \($0.why)" }
        return [
            Toast(
                .warning, "\(problems.count.grouped) settings are not as wanted; `portaldesk doctor` tells all",
                detail: named.joined(separator: " · "))
        ]
    }
}
