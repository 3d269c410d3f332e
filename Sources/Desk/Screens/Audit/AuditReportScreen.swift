import Domain
import Services
import TerminalKit

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
            report.damage == nil
                ? Line("✓ The audit trail holds", .success, .bold)
                : Line("✗ The audit trail was changed", .danger, .bold)
        ]
    }

    func lines(_ report: TrailService.Report, _ context: ScreenContext) -> [Line] {
        AuditWords.lines(report).map { Line($0, $0.hasPrefix("DAMAGED") ? .danger : .text) }
    }
}
