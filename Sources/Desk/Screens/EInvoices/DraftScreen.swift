import Domain
import Services
import TerminalKit

/// Everything that was found in one draft, with field, figures and what to do.
struct DraftScreen: TextScreen {
    var text: ScrolledText<InvoiceSurvey.Draft>

    init(draft: InvoiceSurvey.Draft) { text = ScrolledText(draft) }

    static var noun: String { "draft" }
    var scope: CommandScope { .draft }
    var trail: [String] { ["Draft"] }

    func reading(_ ticket: Ticket) -> Effect? { nil }
    static func content(of loaded: Loaded) -> InvoiceSurvey.Draft? { nil }

    func head(_ draft: InvoiceSurvey.Draft, _ context: ScreenContext) -> [Line] {
        let total = draft.total.map { " · ₹\($0.grouped)" } ?? ""
        return [
            Line(DraftWords.name(draft), .heading, .bold) + Line(total, .heading),
            Badge.draft(draft).line + Line("  \(DraftWords.count(draft)) · nothing was sent", .muted),
            // What tells files apart stands at the end of their paths.
            Line(Text.clipInside(draft.source, to: context.rect.width - 2), .muted),
        ]
    }

    func lines(_ draft: InvoiceSurvey.Draft, _ context: ScreenContext) -> [Line] {
        var lines: [Line] = []
        if let refusal = draft.refusal { lines += [Line("✗ \(refusal)", .danger), .empty] }
        for finding in draft.findings.filter({ $0.severity == .error })
            + draft.findings.filter({ $0.severity != .error })
        {
            let isError = finding.severity == .error
            let field = finding.path.isEmpty ? "the whole document" : finding.path
            let code = finding.code.map { " · \($0)" } ?? ""
            let place = finding.origin.map { " · \($0.file) line \($0.line)" } ?? ""
            lines.append(
                Line(isError ? "✗ " : "! ", isError ? .danger : .warning) + Line(field, .text, .bold)
                    + Line(code + place, .muted))
            lines.append(Line("    \(finding.problem)"))
            if !finding.remedy.isEmpty { lines.append(Line("    → \(finding.remedy)", .accent)) }
        }
        let rest = draft.errors + draft.warnings - draft.findings.count
        if rest > 0 { lines.append(Line("… \(rest.grouped) more", .muted)) }
        if lines.isEmpty { lines.append(DraftWords.clean) }
        if let irn = draft.irn { lines += [.empty, Line("IRN will be ", .muted) + Line(irn)] }
        return lines
    }
}

/// What is known of a draft, as lines below its list.
enum DraftWords {
    static let clean = Line("✓ Nothing that the portal would refuse", .success)

    /// Its file, where no more could be read of it.
    static func name(_ draft: InvoiceSurvey.Draft) -> String {
        guard draft.title == draft.source else { return draft.title }
        return draft.source.split(separator: "/").last.map(String.init) ?? draft.source
    }

    static func count(_ draft: InvoiceSurvey.Draft) -> String {
        let parts = [
            draft.errors > 0 ? Counted.text(draft.errors, "mistake") : nil,
            draft.warnings > 0 ? Counted.text(draft.warnings, "warning") : nil,
        ].compactMap(\.self)
        return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
    }

    /// Mistakes before warnings, as much as there is room for; the last line says that there is more.
    static func findings(_ draft: InvoiceSurvey.Draft, rows: Int, width: Int, open: String) -> [Line] {
        var said: [(text: String, role: Role)] = []
        if let refusal = draft.refusal { said.append(("✗ \(refusal)", .danger)) }
        said += draft.findings.filter { $0.severity == .error }.map { ("✗ \($0.line)", .danger) }
        said += draft.findings.filter { $0.severity != .error }.map { ("! \($0.line)", .warning) }
        guard !said.isEmpty else { return [clean] }
        let lines = said.flatMap { text, role in Text.wrap(text, to: max(1, width)).map { Line($0, role) } }
        guard lines.count > rows else { return lines }
        return lines.prefix(rows - 1) + [Line("… \(count(draft)); \(open) shows all of it", .muted)]
    }
}

extension Badge {
    static func draft(_ draft: InvoiceSurvey.Draft) -> Badge {
        if draft.errors > 0 { return Badge(glyph: "✗", word: "Findings", role: .danger) }
        if draft.refusal != nil { return Badge(glyph: "✗", word: "Held back", role: .danger) }
        return draft.warnings > 0
            ? Badge(glyph: "!", word: "Draft", role: .warning) : Badge(glyph: "○", word: "Draft", role: .info)
    }
}
