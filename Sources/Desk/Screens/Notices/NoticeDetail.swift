import Domain
import TerminalKit

/// Everything that is known of one notice, below the list.
struct NoticeDetail {
    let notice: Notice

    private static let labelWidth = 11

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        let title = facts.reference.isEmpty ? notice.identity.text : facts.reference
        canvas.fill(rect, style: Style(on: .panel))
        canvas.box(rect, title: Line(title, .heading, .bold), style: Style(.borderFocused, on: .panel))
        var rest = rect.inset(columns: 2, rows: 1)
        put("What", Line(facts.summary), on: &canvas, &rest, lines: 3)
        put("Form", Line(joined([facts.form, facts.section, facts.period])), on: &canvas, &rest)
        let portal = notice.identity.portal.shortName
        put("For", Line(joined(["\(portal) \(notice.identity)", notice.business])), on: &canvas, &rest)
        pair(("Due", due(context)), ("Issued", Line(facts.issuedOn.map(TimeText.date) ?? "—")), on: &canvas, &rest)
        let demand = facts.demand.map { "₹ \($0.grouped)" } ?? "none"
        pair(("Demand", Line(demand)), ("State", state), on: &canvas, &rest)
        put("Documents", Line(documents), on: &canvas, &rest, lines: 2)
        let seen = "first seen \(context.full(notice.firstSeenAt)), last \(context.full(notice.lastSeenAt))"
        put("Known", Line("\(seen), version \(notice.version)", .muted), on: &canvas, &rest)
    }

    private var facts: NoticeFacts { notice.facts }

    private func joined(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " · ") }

    private func due(_ context: ScreenContext) -> Line {
        guard let due = facts.dueOn else { return Line("the portal gives no date", .muted) }
        let isLate = due < context.today && (facts.state == .open || facts.state == .partlyReplied)
        let basis =
            switch facts.dueBasis {
            case .portal, nil: ""
            case .printed: " as printed on the notice"
            case .computed: " ~ computed"
            case .manual: " ~ entered by hand"
            }
        return Line(TimeText.date(due), isLate ? .danger : .text, .bold) + Line(basis, .muted)
    }

    private var state: Line {
        let raw = facts.rawState.isEmpty || facts.rawState == facts.state.title ? "" : "  portal: \(facts.rawState)"
        return Badge.state(facts.state).line + Line(raw, .muted)
    }

    private var documents: String {
        let names = facts.documents.map { "\($0.name)\($0.sha256 == nil ? " (not downloaded)" : "")" }
        return names.isEmpty ? "none" : names.joined(separator: ", ")
    }

    private func put(
        _ title: String, _ text: Line, on canvas: inout Canvas, _ rest: inout Rect, lines: Int = 1
    ) {
        let role = text.spans.first?.role ?? .text
        let width = max(1, rest.width - Self.labelWidth)
        for (index, line) in Text.wrap(text.isEmpty ? "—" : text.text, to: width, lines: lines).enumerated() {
            let row = rest.sliceTop(1)
            if index == 0 { canvas.put(title, in: row, style: Style(.muted, on: .panel)) }
            canvas.put(line, in: row.inset(left: Self.labelWidth), style: Style(role, on: .panel))
        }
    }

    /// Two short facts on one row.
    private func pair(
        _ left: (String, Line), _ right: (String, Line), on canvas: inout Canvas, _ rest: inout Rect
    ) {
        let row = rest.sliceTop(1)
        let parts = [row.left(row.width / 2), row.inset(left: row.width / 2)]
        for (place, (title, text)) in zip(parts, [left, right]) {
            canvas.put(title, in: place, style: Style(.muted, on: .panel))
            canvas.put(text, in: place.inset(left: Self.labelWidth), surface: .panel)
        }
    }
}
