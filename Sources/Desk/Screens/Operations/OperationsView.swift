import Domain
import Services
import TerminalKit

extension Badge {
    static func operation(_ state: OperationState) -> Badge {
        switch state {
        case .draft, .sealed, .approved, .queued: Badge(glyph: "·", word: state.title, role: .muted)
        case .intent, .reconciling, .resendOk: Badge(glyph: "◌", word: state.title, role: .running)
        case .pending: Badge(glyph: "◌", word: state.title, role: .info)
        case .filed: Badge(glyph: "✓", word: state.title, role: .success)
        case .rejected: Badge(glyph: "✗", word: state.title, role: .danger)
        case .notSent: Badge(glyph: "↻", word: state.title, role: .warning)
        case .unknown: Badge(glyph: "?", word: state.title, role: .warning)
        case .conflict, .attention: Badge(glyph: "!", word: state.title, role: .danger)
        case .discarded: Badge(glyph: "–", word: state.title, role: .muted)
        }
    }
}

extension PortalOperation {
    /// What was said of it last, with the authority's code once; else what its state means.
    var said: String {
        let words = message.isEmpty ? state.meaning : message
        guard let code, !words.hasPrefix(code) else { return words }
        return "\(code): \(words)"
    }
}

extension OperationStanding {
    /// What stands open, the gravest first; empty when nothing does. The short form fits half of 80 columns.
    func line(isShort: Bool = false) -> Line {
        let parts = [
            (damaged, "!", "damaged", Role.danger), (attention, "!", isShort ? "for you" : "for a person", .danger),
            (inDoubt, "?", isShort ? "doubt" : "in doubt", .warning),
            (retrying, "↻", isShort ? "retry" : "retrying", .warning), (queued, "", "queued", .muted),
        ].filter { $0.0 > 0 }.map { count, glyph, word, role in
            Line("\(glyph)\(glyph.isEmpty ? "" : " ")\(count) \(word)", role)
        }
        guard let first = parts.first else { return .empty }
        return parts.dropFirst().reduce(first) { $0 + Line(" · ", .muted) + $1 }
    }
}

extension OperationsScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        let note = standing.isQuiet ? Line("nothing is open", .muted) : standing.line(isShort: context.rect.width < 100)
        return ListHeading(
            title: "GSTN actions", placeholder: "open  doubt  attention  einvoice  number  party  IRN",
            note: list.isLoaded ? note : .empty)
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let operation = list.selected else { return [] }
        let reference = operation.reference ?? operation.expectedReference.map { "will be \($0)" } ?? "no number yet"
        let tries = Counted.text(operation.attempts, "request")
        let next = operation.nextStepAt.map { " · next step \(context.day($0))" } ?? ""
        return [
            Line(operation.kind.title, .heading, .bold)
                + Line(" · \(operation.title) · \(operation.total.map { "₹\($0.grouped)" } ?? "")"),
            Line(operation.said, operation.state.needsPerson ? .danger : .text),
            Line("\(tries)\(next) · \(operation.createdBy), \(operation.provider) · \(reference)", .muted),
        ]
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        [
            TableColumn(id: "sr", title: "Sr.", width: .fixed(4), alignment: .right),
            TableColumn(id: "state", title: "State", width: .fixed(12)),
            TableColumn(id: "kind", title: "Action", width: .flexible(least: 14, weight: 2), dropOrder: 1),
            TableColumn(id: "gstin", title: "GSTIN", width: .fixed(15)),
            TableColumn(id: "what", title: "Document", width: .flexible(least: 16, weight: 4)),
            TableColumn(id: "total", title: "Total ₹", width: .fixed(14), alignment: .right, dropOrder: 2),
            TableColumn(id: "next", title: "Next step", width: .fixed(11)),
        ]
    }

    func emptyText(_ context: ScreenContext) -> String {
        "No action was asked for yet. `portaldesk einvoice generate FILE` registers an invoice."
    }

    func cells(_ operation: PortalOperation, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(String(serial), .muted), Badge.operation(operation.state).line, Line(operation.kind.title),
            Line(operation.gstin.text), Line(operation.title), Line(operation.total?.grouped ?? ""),
            Line(operation.nextStepAt.map(context.day) ?? "", .muted),
        ]
    }
}
