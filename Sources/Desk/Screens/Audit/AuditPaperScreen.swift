import Domain
import Services
import TerminalKit

/// A checkpoint that was signed, or what a change of the key came to: a text to read, copy and hand over.
struct AuditPaperScreen: TextScreen {
    var text: ScrolledText<AuditPaper>
    private let title: String
    private let handed: String?

    static var noun: String { "text" }
    var scope: CommandScope { .auditPaper }
    var trail: [String] { [title] }

    init(paper: AuditPaper) {
        text = ScrolledText(paper)
        (title, handed) = (paper.title, paper.handed)
    }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        // The checkpoint alone, as a file of it holds it.
        if case .command(.copy) = event, let handed {
            return [.copy(handed), .toast(Toast(.info, "\(title) sent to the terminal's clipboard"))]
        }
        return updateText(event, context)
    }

    func reading(_ ticket: Ticket) -> Effect? { nil }
    static func content(of loaded: Loaded) -> AuditPaper? { nil }

    func head(_ paper: AuditPaper, _ context: ScreenContext) -> [Line] { [Line("✓ \(paper.head)", .success, .bold)] }
    func lines(_ paper: AuditPaper, _ context: ScreenContext) -> [Line] { paper.text.map { Line($0) } }
}
