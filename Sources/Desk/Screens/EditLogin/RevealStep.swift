import Domain
import Secrets
import Services
import TerminalKit

/// How far the showing of a stored password has come.
enum RevealStep: Hashable, Sendable {
    /// Why is asked first: it stands in the audit trail.
    case reason
    case sending
    /// A code was sent; `problem` says why the last answer was not taken.
    case code(RevealService.Challenge, problem: String)
    case checking(RevealService.Challenge)
    case shown(RevealService.Revealed)

    var isDialog: Bool { if case .shown = self { false } else { true } }
    var isWaiting: Bool { self == .sending || isChecking }
    private var isChecking: Bool { if case .checking = self { true } else { false } }

    /// What an answer belongs to, while a code is asked for.
    var challenge: RevealService.Challenge? {
        switch self {
        case .code(let challenge, _), .checking(let challenge): challenge
        case .reason, .sending, .shown: nil
        }
    }

    var shown: RevealService.Revealed? { if case .shown(let revealed) = self { revealed } else { nil } }

    /// Whether the time that passes is on the screen.
    var showsSeconds: Bool {
        switch self {
        case .code, .checking, .shown: true
        case .reason, .sending: false
        }
    }

    static let reasonForm = Form(
        fields: [
            .init(
                id: "reason", label: "Reason", placeholder: "why the password is needed",
                hint: "stands in the audit trail; may be left empty")
        ],
        buttons: [.init(id: "go", title: "Send the code"), .init(id: "cancel", title: "Cancel")])

    static func codeForm(_ message: Line, isBusy: Bool) -> Form {
        Form(
            fields: [.init(id: "code", label: "Code")],
            buttons: [
                .init(id: "go", title: "Show the password", isEnabled: !isBusy), .init(id: "cancel", title: "Cancel"),
            ],
            message: message)
    }

    /// The dialog's form; nil where there is none.
    func form(_ context: ScreenContext) -> Form? {
        switch self {
        case .reason: return Self.reasonForm
        case .sending: return Self.codeForm(Line("Sending the code…", .running), isBusy: true)
        case .code(let challenge, let problem):
            return Self.codeForm(Self.line(challenge, problem, context), isBusy: false)
        case .checking: return Self.codeForm(Line("Checking…", .running), isBusy: true)
        case .shown: return nil
        }
    }

    private static func line(
        _ challenge: RevealService.Challenge, _ problem: String, _ context: ScreenContext
    ) -> Line {
        let left = seconds(until: challenge.expiresAt, context)
        guard left > 0 else { return Line("✗ The code has run out. Esc, then ask for another one.", .danger) }
        let valid = "valid for \(clock(left))"
        let again = seconds(until: challenge.resendAt, context)
        let key = context.label(.resendCode, .editLogin)
        let resend = again > 0 ? "another in \(clock(again))" : "\(key) sends another"
        let inbox = context.isDemo ? " · \(context.label(.inbox, .editLogin)) opens the demo's inbox" : ""
        let tail = "\(valid) · \(resend)\(inbox)"
        if !problem.isEmpty { return Line("✗ \(problem) It is \(tail).", .danger) }
        switch challenge.way {
        case .mail(let address):
            let sent =
                challenge.doubt == nil ? "Sent to \(address)" : "Perhaps sent to \(address): \(challenge.doubt ?? "")"
            return Line("\(sent) · \(tail)", challenge.doubt == nil ? .muted : .warning)
        case .authenticator: return Line("The code that your authenticator app shows.", .muted)
        }
    }

    static func seconds(until moment: Instant, _ context: ScreenContext) -> Int {
        max(0, Int((moment.since(context.now).milliseconds + 999) / 1_000))
    }

    private static func clock(_ seconds: Int) -> String { "\(seconds / 60):\(Digits.padded(seconds % 60, 2))" }
}
