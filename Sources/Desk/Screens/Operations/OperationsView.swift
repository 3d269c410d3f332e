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

extension ScreenContext {
    /// Since when an action waits and when it goes on by itself; nil for one that does not wait.
    func waiting(_ operation: PortalOperation) -> String? {
        operation.waiting(at: now, moment)
    }
}

extension OperationStanding {
    /// What stands open, the gravest first; empty when nothing does.
    func line(isShort: Bool = false) -> Line { Line.joined(parts(isShort: isShort)) }

    func parts(isShort: Bool = false) -> [Line] {
        [
            (damaged, "!", "damaged", Role.danger),
            (attention, "!", isShort ? "for you" : "for a person", .danger),
            (inDoubt, "?", isShort ? "doubt" : "in doubt", .warning),
            (retrying, "↻", isShort ? "retry" : "retrying", .warning), (queued, "", "queued", .muted),
        ].filter { $0.0 > 0 }.map { count, glyph, word, role in
            Line("\(glyph)\(glyph.isEmpty ? "" : " ")\(count.grouped) \(word)", role)
        }
    }
}

extension OperationsScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        let notes =
            standing.isQuiet
            ? [[Line("nothing is open", .muted)]]
            : [standing.parts() + [next(context)], standing.parts(isShort: true) + [next(context)]]
        return ListHeading(
            title: "GSTN actions", placeholder: "open  doubt  attention  einvoice  number  party  IRN",
            notes: list.isLoaded ? notes : [])
    }

    private func next(_ context: ScreenContext) -> Line {
        guard let at = standing.nextStepAt, at > context.now else { return .empty }
        return Line("next \(context.moment(at))", .muted)
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let operation = list.selected else { return [] }
        let reference = operation.reference ?? operation.expectedReference.map { "will be \($0)" } ?? "no number yet"
        let tries = Counted.text(operation.attempts, "request")
        let waiting = context.waiting(operation) ?? cure(operation, context)
        let next = waiting == nil ? operation.nextStepAt.map { " · next step \(context.day($0))" } ?? "" : ""
        // Without anything to wait for, what was said has the room of both lines.
        let said = Text.wrap(operation.said, to: max(1, width), lines: waiting == nil ? 2 : 1)
        let role: Role = operation.state.needsPerson ? .danger : .text
        let told =
            said.map { Line($0, role) }
            + (waiting.map { Text.wrap($0, to: max(1, width), lines: 2).map { Line($0, .info) } } ?? [])
        // A sum that is cut would be read as a smaller one.
        let total = operation.total.map { " · ₹\($0.grouped)" } ?? ""
        let title = Text.clip(operation.title, to: max(1, width - Text.width("\(operation.kind.title) · \(total)")))
        return [Line(operation.kind.title, .heading, .bold) + Line(" · \(title)\(total)")] + told + [
            Line("\(tries)\(next) · \(operation.createdBy), \(operation.provider) · \(reference)", .muted)
        ]
    }

    /// What sets an action going that was stopped for its API user.
    private func cure(_ operation: PortalOperation, _ context: ScreenContext) -> String? {
        guard operation.awaitsApiUser else { return nil }
        return "\(context.label(.goApiUsers, scope)) sets its API user right; then it goes on by itself"
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        let kinds = list.width(under: "Action", empty: OperationKind.longestShort) {
            isShort(context) ? $0.kind.shortTitle : $0.kind.title
        }
        let kind: TableColumn.Width = isShort(context) ? .fixed(kinds) : .flexible(least: 14, weight: 2)
        let states = list.width(under: "State", empty: 12) { Badge.operation($0.state).line.text }
        let steps = list.width(under: "Next step", empty: isShort(context) ? 9 : 11) { nextStep($0, context) }
        // A number that is cut is no number; the party behind it may be.
        let numbers = list.width(under: "Document", empty: 15) {
            String($0.title.prefix(upTo: $0.title.firstRange(of: " · ")?.lowerBound ?? $0.title.startIndex)) + " …"
        }
        return [
            list.serialColumn,
            TableColumn(id: "state", title: "State", width: .fixed(states)),
            TableColumn(id: "kind", title: "Action", width: kind, wanted: kinds),
            TableColumn(id: "gstin", title: "GSTIN", width: .fixed(15)),
            TableColumn(id: "what", title: "Document", width: .flexible(least: max(15, min(numbers, 26)), weight: 4)),
            TableColumn(id: "total", title: "Total ₹", width: .fixed(14), alignment: .right, dropOrder: 1),
        ] + (awaitsSteps ? [TableColumn(id: "next", title: "Next step", width: .fixed(steps))] : [])
    }

    /// Whether anything of the page goes on by itself: else the documents have the room.
    private var awaitsSteps: Bool { list.rows.isEmpty || list.rows.contains { $0.nextStepAt != nil } }

    private func nextStep(_ operation: PortalOperation, _ context: ScreenContext) -> String {
        guard let next = operation.nextStepAt else { return "" }
        // The minute is what people wait for; in a narrow window nothing may cut it.
        let day = context.day(next)
        return isShort(context) && day.hasPrefix("today") ? context.minute(next) : day
    }

    /// What an action does matters more than its long name.
    private func isShort(_ context: ScreenContext) -> Bool { context.rect.width < 100 }

    func emptyText(_ context: ScreenContext) -> String {
        "No action was asked for yet. `portaldesk einvoice generate FILE` registers an invoice."
    }

    func cells(_ operation: PortalOperation, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(serial.grouped, .muted), Badge.operation(operation.state).line,
            Line(isShort(context) ? operation.kind.shortTitle : operation.kind.title),
            Line(operation.gstin.text), Line(operation.title), Line(operation.total?.grouped ?? ""),
            Line(nextStep(operation, context), .muted),
        ]
    }
}
