import Domain
import TerminalKit

// Domain values as badges: glyph, word and colour, the same on every screen.
extension Badge {
    /// The status of a job as the table shows it, with progress, next try or what it waits for. The short form fits
    /// eleven columns; the glyph says what the word leaves out.
    static func status(of job: Job, _ context: ScreenContext, isShort: Bool = false) -> Badge {
        let percent = job.progress.map { "\($0)%" }
        let next = job.nextTryAt.map { context.minute($0) }
        switch job.status {
        case .queued: return Badge(glyph: "·", word: "Queued", role: .muted)
        case .running:
            let word = isShort ? percent ?? "Running" : ["Running", percent].compactMap { $0 }.joined(separator: " ")
            return Badge(glyph: "◌", word: word, role: .running)
        case .retrying:
            let word = isShort ? next ?? "Retry" : ["Retry", next].compactMap { $0 }.joined(separator: " ")
            return Badge(glyph: "↻", word: word, role: .warning)
        case .needsInput: return Badge(glyph: "?", word: need(job.cause, isShort: isShort), role: .info)
        case .done: return Badge(glyph: "✓", word: "Done", role: .success)
        case .failed: return Badge(glyph: "✗", word: "Failed", role: .danger)
        case .cancelled: return Badge(glyph: "–", word: "Cancelled", role: .muted)
        }
    }

    private static func need(_ cause: Cause?, isShort: Bool) -> String {
        if cause == .dualSession { return isShort ? "Choice" : "Choice needed" }
        let isCaptcha = cause == .captchaRequired
        if isShort { return isCaptcha ? "Captcha" : "OTP" }
        return isCaptcha ? "Captcha" : "OTP needed"
    }

    static func account(_ account: PortalAccount) -> Badge {
        switch account.status {
        case .verified: Badge(glyph: "✓", word: "Verified", role: .success)
        case .notVerified: Badge(glyph: "✗", word: "Not Verified", role: .danger)
        }
    }

    static func connection(_ portal: PortalSummary) -> Badge {
        portal.isConnected
            ? Badge(glyph: "●", word: "Connected", role: .success)
            : Badge(glyph: "○", word: "Not Connected", role: .warning)
    }

    static func outcome(_ outcome: PlaceOutcome) -> Badge {
        switch outcome {
        case .read, .empty: Badge(glyph: "✓", word: outcome.title, role: .success)
        case .failed: Badge(glyph: "✗", word: outcome.title, role: .danger)
        case .skipped: Badge(glyph: "–", word: outcome.title, role: .warning)
        case .never: Badge(glyph: "?", word: outcome.title, role: .warning)
        }
    }

    static func state(_ state: NoticeState, isShort: Bool = false) -> Badge {
        switch state {
        case .open: Badge(glyph: "○", word: state.title, role: .warning)
        case .partlyReplied: Badge(glyph: "◌", word: isShort ? "Partly" : state.title, role: .warning)
        case .replied: Badge(glyph: "✓", word: state.title, role: .success)
        case .closed: Badge(glyph: "✓", word: state.title, role: .muted)
        case .withdrawn: Badge(glyph: "–", word: state.title, role: .muted)
        case .unknown: Badge(glyph: "?", word: state.title, role: .info)
        }
    }
}

extension LogLevel {
    var role: Role {
        switch self {
        case .debug: .muted
        case .info: .text
        case .warning: .warning
        case .error: .danger
        }
    }
}

extension Portal {
    /// One-column sign; the screen's ASCII mode has a twin for each.
    var icon: Character {
        switch self {
        case .gst: "₹"
        case .incomeTax: "§"
        case .traces: "⊟"
        }
    }

    var configureCommand: CommandId {
        switch self {
        case .gst: .configureGst
        case .incomeTax: .configureIncomeTax
        case .traces: .configureTraces
        }
    }
}
