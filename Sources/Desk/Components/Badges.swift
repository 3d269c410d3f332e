import Domain
import TerminalKit

// Domain values as badges: glyph, word and colour, the same on every screen.
extension Badge {
    /// The status of a job as the table shows it, with progress, next try or what it waits for.
    static func status(of job: Job, _ context: ScreenContext) -> Badge {
        switch job.status {
        case .queued: Badge(glyph: "·", word: "Queued", role: .muted)
        case .running: Badge(glyph: "◌", word: job.progress.map { "Running \($0) %" } ?? "Running", role: .running)
        case .retrying:
            Badge(glyph: "↻", word: job.nextTryAt.map { "Retry \(context.minute($0))" } ?? "Retrying", role: .warning)
        case .needsInput: Badge(glyph: "?", word: job.cause == .captchaRequired ? "Captcha" : "OTP needed", role: .info)
        case .done: Badge(glyph: "✓", word: "Done", role: .success)
        case .failed: Badge(glyph: "✗", word: "Failed", role: .danger)
        case .cancelled: Badge(glyph: "–", word: "Cancelled", role: .muted)
        }
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

    static func state(_ state: NoticeState) -> Badge {
        switch state {
        case .open: Badge(glyph: "○", word: state.title, role: .warning)
        case .partlyReplied: Badge(glyph: "◌", word: state.title, role: .warning)
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

extension PortalSummary {
    /// Why the card does not say Connected, in words; nil when it does.
    var whyNotConnected: String? {
        if isConnected { return nil }
        if accounts == 0 { return "no business has such an identity" }
        if configured == 0 { return "no login is configured" }
        if isProviderOk == false { return providerMessage.isEmpty ? "the provider did not answer" : providerMessage }
        if verified == 0 { return "no login is verified yet" }
        return "nothing was fetched yet"
    }
}
