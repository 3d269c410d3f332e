import Domain
import Services
import TerminalKit

extension Toast {
    /// For whoever has gone elsewhere meanwhile.
    init(_ report: TrailService.Report) {
        if let damage = report.damage {
            self.init(.danger, "The audit trail was changed", detail: damage)
        } else {
            self.init(.success, "The audit trail holds: \(Counted.text(Int(report.size), "record"))")
        }
    }
}

/// What a verification of the trail came to.
struct AuditReportScreen: TextScreen {
    let report: TrailService.Report
    var text: ScrolledText<TrailService.Report>

    static var noun: String { "report" }
    var scope: CommandScope { .auditReport }
    var trail: [String] { ["Verification"] }

    init(report: TrailService.Report) {
        self.report = report
        text = ScrolledText(report)
    }

    func reading(_ ticket: Ticket) -> Effect? { nil }
    static func content(of loaded: Loaded) -> TrailService.Report? { nil }

    func head(_ report: TrailService.Report, _ context: ScreenContext) -> [Line] {
        [
            report.damage != nil
                ? Line("✗ The audit trail was changed", .danger, .bold)
                : report.resumptions.isEmpty
                    ? Line("✓ The audit trail holds", .success, .bold)
                    : Line("▲ What is here holds; the trail was resumed", .warning, .bold)
        ]
    }

    func lines(_ report: TrailService.Report, _ context: ScreenContext) -> [Line] {
        AuditWords.lines(report) { TimeText.full($0, offset: context.utcOffset) }
            .map { Line($0, $0.hasPrefix("DAMAGED") ? .danger : .text) }
    }
}
