import Domain
import Services
import TerminalKit

extension Badge {
    static func draft(_ draft: InvoiceSurvey.Draft) -> Badge {
        if draft.refusal != nil { return Badge(glyph: "✗", word: "Not sent", role: .danger) }
        if draft.errors > 0 { return Badge(glyph: "✗", word: Counted.text(draft.errors, "mistake"), role: .danger) }
        if let known = draft.known {
            return known == .filed
                ? Badge(glyph: "✓", word: "Registered", role: .muted)
                : Badge(glyph: "◌", word: known.title, role: .info)
        }
        if draft.warnings > 0 {
            return Badge(glyph: "!", word: Counted.text(draft.warnings, "warning"), role: .warning)
        }
        return Badge(glyph: "✓", word: "In order", role: .success)
    }
}

extension DraftsScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        ListHeading(title: "Drafts", placeholder: nil, note: note)
    }

    private var note: Line {
        guard let survey else { return Line("checking…", .running) }
        let ready = survey.drafts.count(where: \.isInOrder)
        let known = survey.drafts.count { $0.known != nil && $0.refusal == nil }
        let wrong = survey.drafts.count - ready - known
        let parts = [
            ready > 0 ? Line("✓ \(ready) in order", .success) : nil,
            wrong > 0 ? Line("✗ \(wrong) not", .danger) : nil, known > 0 ? Line("\(known) done", .muted) : nil,
        ].compactMap(\.self)
        return parts.dropFirst().reduce(parts.first ?? .empty) { $0 + Line(" · ", .muted) + $1 }
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        [
            TableColumn(id: "sr", title: "Sr.", width: .fixed(5), alignment: .right),
            TableColumn(id: "state", title: "Found", width: .fixed(13)),
            TableColumn(id: "what", title: "Document", width: .flexible(least: 18, weight: 3)),
            TableColumn(id: "total", title: "Total ₹", width: .fixed(14), alignment: .right),
            TableColumn(id: "gstin", title: "GSTIN", width: .fixed(15), dropOrder: 1),
            TableColumn(
                id: "source", title: "From", width: .flexible(least: 14, weight: 2), dropOrder: 2, keepsEnd: true),
        ]
    }

    func emptyText(_ context: ScreenContext) -> String { "Nothing here is \(part.rawValue)." }

    func cells(_ draft: InvoiceSurvey.Draft, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(String(serial), .muted), Badge.draft(draft).line, Line(draft.title),
            Line(draft.total?.grouped ?? ""), Line(draft.gstin?.text ?? ""),
            Line(draft.source.split(separator: "/").last.map(String.init) ?? draft.source, .muted),
        ]
    }

    /// Mistakes before warnings; the last line says how many more there are.
    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let draft = list.selected else { return [] }
        var said: [(text: String, role: Role)] = []
        if let refusal = draft.refusal { said.append(("✗ \(refusal)", .danger)) }
        if let known = draft.known, draft.refusal == nil {
            said.append(("It was asked for before: \(known.title.lowercased()). It is not sent again.", .info))
        }
        said += draft.findings.filter { $0.severity == .error }.map { ("✗ \($0.line)", .danger) }
        said += draft.findings.filter { $0.severity != .error }.map { ("! \($0.line)", .warning) }
        if said.isEmpty { said.append(("✓ Nothing that the portal would refuse", .success)) }
        var lines = said.flatMap { text, role in Text.wrap(text, to: max(1, width)).map { Line($0, role) } }
        if let irn = draft.irn { lines.append(Line("IRN will be ", .muted) + Line(irn)) }
        let room = Self.detailRows
        guard lines.count > room || draft.errors + draft.warnings > draft.findings.count else { return lines }
        let all = Counted.text(draft.errors, "mistake") + ", " + Counted.text(draft.warnings, "warning")
        return lines.prefix(room - 1) + [Line("… \(all); \(context.label(.copy, scope)) copies them", .muted)]
    }

    func footer(_ context: ScreenContext) -> Line {
        guard let survey, let provider else { return .empty }
        let others = survey.providers.count > 1 ? " (\(context.label(.provider, scope)) another)" : ""
        let name = Text.clipInside(HarmlessText.line(path, limit: 200), to: max(12, context.rect.width / 4))
        let count = "\(list.total ?? 0) \(part == .all ? "drafts" : part.rawValue) of \(name)"
        return Line("\(count) · nothing was sent · ", .muted) + Line(provider.name)
            + (provider.isSimulated ? Line(" SANDBOX", .accent, .bold) : .empty) + Line(others, .muted)
    }
}
