import Domain
import Services
import TerminalKit

extension Toast {
    /// For whoever has gone elsewhere meanwhile.
    init(_ report: TrailService.Report) {
        if let damage = report.damage {
            self.init(.danger, "The audit trail was changed", detail: damage)
        } else if let unchecked = report.unchecked.first {
            self.init(.warning, "Not all of the audit trail could be checked", detail: unchecked)
        } else {
            self.init(.success, "The audit trail holds: \(Counted.text(Int(report.size), "record"))")
        }
    }
}

/// What a verification of the trail came to.
struct AuditReportScreen: TextScreen {
    let report: TrailService.Report
    var text: ScrolledText<TrailService.Report>
    private var isResuming = false

    static var noun: String { "report" }
    var scope: CommandScope { .auditReport }
    var trail: [String] { ["Verification"] }

    init(report: TrailService.Report) {
        self.report = report
        text = ScrolledText(report)
    }

    func reading(_ ticket: Ticket) -> Effect? { nil }
    static func content(of loaded: Loaded) -> TrailService.Report? { nil }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .command(.resumeTrail): return [.prompt(Self.question)]
        case .answered(.text("resume", let reason)):
            isResuming = true
            return [.audit(.resume(reason), Ticket(screen: context.screen, number: Self.resuming, isAwaited: true))]
        case .loaded(.trailResumed(let paper), _):
            isResuming = false
            return [.replace(.auditPaper(paper))]
        case .loaded(.failed(let complaint), let ticket) where ticket.number == Self.resuming:
            isResuming = false
            return [.toast(Toast(complaint))]
        default: return updateText(event, context)
        }
    }

    private static let resuming = -9

    private static let question = Prompt(
        id: "resume", title: "Let the trail go on", label: "Why",
        hint:
            "Its records stay as they are, head and checkpoints are made to fit them. That you said so, and why, stands in "
            + "the trail for good.", needed: "Say why: it stays on record")

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        guard command == .resumeTrail else { return textReason(command) }
        if isResuming { return "It is being let go on" }
        return report.hindrance == nil ? "Nothing keeps the trail from going on" : nil
    }

    /// Offered where something is wrong; the key says why not elsewhere.
    func hints(_ command: CommandId) -> Bool { command != .resumeTrail || report.hindrance != nil }

    func head(_ report: TrailService.Report, _ context: ScreenContext) -> [Line] {
        let line =
            switch report.verdict {
            case .damaged: Line("✗ The audit trail was changed", .danger, .bold)
            case .unchecked: Line("▲ Nothing is wrong, and not all could be checked", .warning, .bold)
            case .holds where !report.resumptions.isEmpty:
                Line("▲ What is here holds; the trail was resumed", .warning, .bold)
            case .holds: Line("✓ The audit trail holds", .success, .bold)
            }
        return [line]
    }

    func lines(_ report: TrailService.Report, _ context: ScreenContext) -> [Line] {
        AuditWords.lines(report) { TimeText.full($0, offset: context.utcOffset) }
            .map { Line($0, $0.hasPrefix("DAMAGED") ? .danger : $0.hasPrefix("NOT CHECKED") ? .warning : .text) }
    }
}
