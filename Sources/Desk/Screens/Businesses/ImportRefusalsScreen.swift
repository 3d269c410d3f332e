import Domain
import Services
import TerminalKit

/// Every line of a sheet that an import refused, with why.
struct ImportRefusalsScreen: TextScreen {
    var text: ScrolledText<ImportSummary>

    init(summary: ImportSummary) { text = ScrolledText(summary) }

    static var noun: String { "list" }
    var scope: CommandScope { .importRefusals }
    var trail: [String] { ["Refused lines"] }

    func reading(_ ticket: Ticket) -> Effect? { nil }
    static func content(of loaded: Loaded) -> ImportSummary? { nil }

    func head(_ summary: ImportSummary, _ context: ScreenContext) -> [Line] {
        [
            Line("\(Counted.text(summary.refusals.count, "line")) refused", .heading, .bold)
                + Line(" · the other rows are kept: \(summary.counts)", .muted)
        ]
    }

    func lines(_ summary: ImportSummary, _ context: ScreenContext) -> [Line] {
        summary.refusals.map { refusal in
            Line("✗ ", .danger) + Line("line \(refusal.line)", .text, .bold)
                + Line("  \(HarmlessText.line(refusal.reason, limit: 2_000))")
        }
    }
}

extension ImportSummary {
    /// What became of the rows that were taken.
    var counts: String { "\(created) added, \(extended) extended, \(unchanged) unchanged" }
}
