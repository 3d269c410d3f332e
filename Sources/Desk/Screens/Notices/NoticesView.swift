import Domain
import Services
import TerminalKit

extension NoticesScreen {
    struct Layout {
        var heading: Rect
        var table: Rect
        var detail: Rect
        var footer: Rect

        init(_ context: ScreenContext, isDetailOpen: Bool) {
            var rest = context.rect
            heading = rest.sliceTop(1)
            footer = rest.sliceBottom(1)
            detail = isDetailOpen ? rest.sliceBottom(min(14, rest.height / 2)) : Rect(x: 0, y: 0, width: 0, height: 0)
            table = rest
        }
    }

    public func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let layout = Layout(context, isDetailOpen: isDetailOpen)
        drawHeading(on: &canvas, in: layout.heading)
        var hits = drawTable(on: &canvas, in: layout.table, context)
        if isDetailOpen, let selected { drawDetail(selected, on: &canvas, in: layout.detail, context) }
        hits.merge(list.paginator.draw(on: &canvas, in: layout.footer.inset(left: 1, right: 1)))
        return hits
    }

    public func cursor(in rect: Rect, _ context: ScreenContext) -> Point? {
        guard list.filter.isEditing else { return nil }
        var scratch = Canvas(size: context.size)
        return list.filter.draw(
            on: &scratch, in: filterPlace(Layout(context, isDetailOpen: isDetailOpen).heading), surface: .base,
            placeholder: "")
    }

    private func filterPlace(_ heading: Rect) -> Rect { heading.inset(left: 20, right: 30) }

    private func drawHeading(on canvas: inout Canvas, in rect: Rect) {
        canvas.put("Notices & Orders", x: rect.x + 1, y: rect.y, style: Style(.heading, on: .base, .bold))
        _ = list.filter.draw(
            on: &canvas, in: filterPlace(rect), surface: .base, placeholder: NoticeFilterText.placeholder)
        var note = Line("sort: \(Self.title(of: sort)) \(isDescending ? "▼" : "▲")", .muted)
        if !list.marks.isEmpty { note = Line("\(list.marks.count) marked", .accent, .bold) }
        canvas.put(note, in: rect.right(28).inset(right: 1), surface: .base, alignment: .right)
    }

    private static func title(of field: NoticeQuery.SortField) -> String {
        switch field {
        case .due: "Due"
        case .issued: "Issued"
        case .firstSeen: "First seen"
        case .portal: "Portal"
        case .reference: "Reference"
        case .business: "Business"
        }
    }

    private static let columns = [
        TableColumn(id: "new", title: "", width: .fixed(1)),
        TableColumn(id: "due", title: "Due", width: .fixed(12)),
        TableColumn(id: "portal", title: "Portal", width: .fixed(10)),
        TableColumn(id: "reference", title: "Reference", width: .fixed(18)),
        TableColumn(id: "form", title: "Form / Section", width: .flexible(least: 14, weight: 1)),
        TableColumn(id: "issued", title: "Issued", width: .fixed(10), dropOrder: 2),
        TableColumn(id: "demand", title: "Demand ₹", width: .fixed(14), alignment: .right, dropOrder: 1),
        TableColumn(id: "state", title: "State", width: .fixed(12)),
        TableColumn(id: "business", title: "Business", width: .flexible(least: 12, weight: 2), dropOrder: 3),
    ]

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let content: Table.Content
        if let failure {
            content = .message(Line("\(failure.what). Press r to try again.", .danger))
        } else if !list.isLoaded {
            content = .loading(rows: rect.height - 1)
        } else if rows.isEmpty {
            content = .message(Line(emptyText(context), .muted))
        } else {
            content = .rows(count: rows.count) { cells(rows[$0], context) }
        }
        let table = Table(
            columns: Self.columns, content: content, sort: .init(columnId: sort.rawValue, isAscending: !isDescending),
            isFocused: !list.filter.isEditing,
            isMarked: { rows.indices.contains($0) && list.marks.contains(rows[$0].id) })
        return table.draw(list.table, on: &canvas, in: rect)
    }

    /// An empty list is said to be empty only as far as that is known.
    private func emptyText(_ context: ScreenContext) -> String {
        if !list.filter.text.isEmpty { return "No notice fits \"\(list.filter.text)\". Press Esc to clear the filter." }
        if let identity {
            return
                "Nothing is stored for \(identity). Whether the portal has something stands in its last fetch: press Esc, then f."
        }
        return
            "No notice was fetched yet. Fetch data on the main screen (F); every place that could not be read is named in the job's log."
    }

    private func cells(_ notice: Notice, _ context: ScreenContext) -> [Line] {
        let facts = notice.facts
        let isOpen = facts.state == .open || facts.state == .partlyReplied
        let form = [facts.form, facts.section].filter { !$0.isEmpty }.joined(separator: " · ")
        return [
            Line(unseen.contains(notice.id) ? "●" : "", .accent), due(facts, isOpen: isOpen, context),
            Line(notice.identity.portal.shortName),
            Line(
                facts.reference.isEmpty ? "no reference" : facts.reference, facts.reference.isEmpty ? .disabled : .text),
            Line(form),
            Line(facts.issuedOn.map(TimeText.date) ?? "—", .muted),
            Line(facts.demand?.grouped ?? "—", facts.demand == nil ? .muted : .text),
            Badge.state(facts.state).line, Line(notice.business.isEmpty ? notice.identity.text : notice.business),
        ]
    }

    /// `!` for overdue, `~` for a date that the portal did not give.
    private func due(_ facts: NoticeFacts, isOpen: Bool, _ context: ScreenContext) -> Line {
        guard let due = facts.dueOn else { return Line("  none", .muted) }
        let mark = facts.dueBasis == .computed || facts.dueBasis == .manual ? "~" : ""
        guard isOpen else { return Line("  \(TimeText.date(due))\(mark)", .muted) }
        if due < context.today { return Line("! \(TimeText.date(due))\(mark)", .danger, .bold) }
        let isSoon = due <= context.today.adding(days: 7)
        return Line("  \(TimeText.date(due))\(mark)", isSoon ? .warning : .text)
    }

    private func drawDetail(_ notice: Notice, on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        let facts = notice.facts
        canvas.fill(rect, style: Style(on: .panel))
        canvas.box(
            rect, title: Line(facts.reference.isEmpty ? notice.identity.text : facts.reference, .heading, .bold),
            style: Style(.borderFocused, on: .panel))
        var rest = rect.inset(columns: 2, rows: 1)
        func put(_ title: String, _ text: String, _ role: Role = .text) {
            let lines = Text.wrap(text.isEmpty ? "—" : text, to: max(1, rest.width - 14), lines: 3)
            for (index, line) in lines.enumerated() {
                let row = rest.sliceTop(1)
                if index == 0 { canvas.put(title, in: row, style: Style(.muted, on: .panel)) }
                canvas.put(line, in: row.inset(left: 14), style: Style(role, on: .panel))
            }
        }
        put("What", facts.summary)
        put("Form", [facts.form, facts.section, facts.period].filter { !$0.isEmpty }.joined(separator: " · "))
        put(
            "For",
            "\(notice.identity.portal.shortName) \(notice.identity)\(notice.business.isEmpty ? "" : " · \(notice.business)")"
        )
        let basis = facts.dueBasis.map { " (\($0 == .portal ? "given by the portal" : $0.rawValue))" } ?? ""
        put("Due", facts.dueOn.map { TimeText.date($0) + basis } ?? "the portal gives no date")
        put("Issued", facts.issuedOn.map(TimeText.date) ?? "")
        put("Demand", facts.demand.map { "₹ \($0.grouped)" } ?? "none")
        put("State", facts.rawState.isEmpty ? facts.state.title : "\(facts.state.title) (portal: \(facts.rawState))")
        let documents = facts.documents.map { "\($0.name)\($0.sha256 == nil ? " (not downloaded)" : "")" }.joined(
            separator: ", ")
        put("Documents", documents.isEmpty ? "none" : documents)
        put(
            "Seen",
            "first \(context.full(notice.firstSeenAt)), last \(context.full(notice.lastSeenAt)), version \(notice.version)",
            .muted)
    }
}
