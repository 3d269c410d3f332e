import Domain

/// A fault on demand: `NAME[:ARG][@PATH]`, PATH being the beginning of the paths it concerns (all without it).
///
/// `latency:MS`, `slow:MS` and `late_commit:MS` take milliseconds, every other kind how many requests it hits; or a magic
/// outcome for one identity: `locked:PAN`.
public struct SandboxFault: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case latency
        case unavailable
        case rateLimited = "rate_limited"
        case dropAfterHeaders = "drop_after_headers"
        /// The token of the request is forgotten before anything is looked at.
        case forgetToken = "forget_token"
        /// Closes without an answer, before anything is accepted.
        case close
        /// Resets the connection (RST), before anything is accepted.
        case reset
        /// Accepts what was asked, durably, then closes without an answer.
        case commitThenClose = "commit_then_close"
        /// Accepts what was asked, durably, then answers 503.
        case commitThenUnavailable = "commit_then_unavailable"
        /// Every place of every fetch takes this long.
        case slow
        /// Accepts what was asked, durably, then spoils what follows. These and all below hit writes only.
        case commitThenReset = "commit_then_reset"
        case commitThenBlackHole = "commit_then_black_hole"
        case commitThenCutHead = "commit_then_cut_head"
        case commitThenCutBody = "commit_then_cut_body"
        case commitThenSlowBody = "commit_then_slow_body"
        case commitThenBadGateway = "commit_then_bad_gateway"
        case commitThenGatewayTimeout = "commit_then_gateway_timeout"
        case commitThenGarbage = "commit_then_garbage"
        /// Accepts what was asked, durably, then answers as if it had come a second time.
        case commitThenDuplicate = "commit_then_duplicate"
        /// Closes without an answer and accepts what was asked some milliseconds later.
        case lateCommit = "late_commit"
        /// Accepts the same write twice, which no portal may do: shows that whoever judges sees it.
        case commitTwice = "commit_twice"

        /// Whether it leaves requests alone that only read.
        var hitsWritesOnly: Bool {
            switch self {
            case .latency, .unavailable, .rateLimited, .dropAfterHeaders, .close, .reset, .commitThenClose,
                .commitThenUnavailable, .slow, .forgetToken:
                false
            default: true
            }
        }
    }

    public enum Effect: Sendable, Hashable {
        /// `number`: milliseconds, or how many requests are hit (default 1).
        case requests(Kind, number: Int)
        case identity(String, MagicOutcome)
    }

    public var effect: Effect
    public var path: String

    public init(_ effect: Effect, path: String = "/") {
        self.effect = effect
        self.path = path
    }

    /// - Throws: `SandboxProblem` naming what is wrong with `text`.
    public init(_ text: String) throws(SandboxProblem) {
        let pieces = text.split(separator: "@", maxSplits: 1)
        let words = (pieces.first ?? "").split(separator: ":", maxSplits: 1)
        guard let name = words.first.map(String.init) else { throw SandboxProblem("a fault needs a name") }
        path = pieces.count == 2 ? String(pieces[1]) : "/"
        let argument = words.count == 2 ? String(words[1]) : nil
        if let argument, Int(argument) == nil {
            guard let outcome = MagicOutcome(rawValue: name) else {
                throw SandboxProblem("\(HarmlessText.line(name)) is no outcome that an identity can play")
            }
            effect = .identity(argument.uppercased(), outcome)
            return
        }
        guard let kind = Kind(rawValue: name) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw SandboxProblem("\(HarmlessText.line(name)) is no fault; known: \(known), or OUTCOME:IDENTITY")
        }
        effect = .requests(kind, number: max(argument.flatMap { Int($0) } ?? 1, 0))
    }
}
