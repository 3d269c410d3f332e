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
            detail = isDetailOpen ? rest.sliceBottom(min(16, rest.height / 2)) : Rect(x: 0, y: 0, width: 0, height: 0)
            table = rest
        }
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = Layout(context, isDetailOpen: isDetailOpen)
        var drawn = Drawn()
        let heading = ListHeading(
            title: "Notices & Orders", placeholder: NoticeFilterText.placeholder,
            note: Line("sort: \(Self.title(of: sort)) \(isDescending ? "▼" : "▲")", .muted))
        drawn.cursor = heading.draw(list, on: &canvas, in: layout.heading.inset(left: 1, right: 1), &drawn.hits)
        drawn.hits.merge(drawTable(on: &canvas, in: layout.table, context))
        if isDetailOpen, let notice = list.selected {
            let known = dossier?.notice.id == notice.id ? dossier : nil
            NoticeDetail(dossier: known ?? NoticeDossier(notice: notice)).draw(on: &canvas, in: layout.detail, context)
        }
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: layout.footer.inset(left: 1, right: 1)))
        return drawn
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

    static func columns(_ context: ScreenContext) -> [TableColumn] {
        let narrow = isNarrow(context)
        return [
            TableColumn(id: "new", title: "", width: .fixed(1)),
            TableColumn(id: "due", title: "Due", width: .fixed(13)),
            TableColumn(id: "when", title: "", width: .fixed(10)),
            TableColumn(id: "portal", title: "Portal", width: .fixed(10)),
            TableColumn(id: "reference", title: "Reference", width: .flexible(least: 15, weight: 1), keepsEnd: true),
            TableColumn(
                id: "form", title: narrow ? "Form" : "Form / Section",
                width: .flexible(least: narrow ? 11 : 14, weight: 1), dropOrder: narrow ? 2 : 0),
            TableColumn(id: "issued", title: "Issued", width: .fixed(10), dropOrder: 4),
            TableColumn(id: "demand", title: "Demand ₹", width: .fixed(14), alignment: .right, dropOrder: 2),
            TableColumn(id: "state", title: "State", width: .flexible(least: 11, weight: 1)),
            TableColumn(id: "assignee", title: "With", width: .fixed(10), dropOrder: 3),
            TableColumn(
                id: "business", title: "Business", width: .flexible(least: 12, weight: 2), dropOrder: narrow ? 0 : 1),
        ]
    }

    /// Below this width form and section are told in the detail only: whose notice it is matters more.
    private static func isNarrow(_ context: ScreenContext) -> Bool { context.size.columns < 100 }

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let content = list.content(
            height: rect.height, empty: emptyText(context), reload: context.label(.refresh, scope)
        ) { notice, _ in
            cells(notice, context)
        }
        let table = Table(
            columns: Self.columns(context), content: content,
            sort: .init(columnId: sort.rawValue, isAscending: !isDescending), isFocused: !list.filter.isEditing,
            isMarked: list.isMarked)
        return table.draw(list.table, on: &canvas, in: rect)
    }

    /// An empty list is said to be empty only as far as that is known.
    private func emptyText(_ context: ScreenContext) -> String {
        if let identity {
            return
                "Nothing is stored for \(identity). Whether the portal has something stands in its last fetch: press Esc, then f."
        }
        return
            "No notice was fetched yet. Fetch data on the main screen (F); every place that could not be read is named in the job's log."
    }

    /// Of a notice that is gone the sign alone tells what is still to do: the rest stands in its detail.
    private func state(_ notice: Notice, _ context: ScreenContext) -> Line {
        var badge = Badge.state(notice.facts.state, isShort: context.size.columns < 140)
        if notice.goneAt != nil { badge.word = "Gone" }
        return badge.line
    }

    private func cells(_ notice: Notice, _ context: ScreenContext) -> [Line] {
        let facts = notice.facts
        let standing = notice.standing(on: context.indianDay)
        let form = [facts.form, facts.section].filter { !$0.isEmpty }.joined(separator: " · ")
        return [
            Line(unseen.contains(notice.id) ? "●" : "", .accent), DueMark.line(notice.due, standing),
            DueMark.word(standing), Line(notice.identity.portal.shortName),
            Line(
                facts.reference.isEmpty ? "no reference" : facts.reference, facts.reference.isEmpty ? .disabled : .text),
            Line(form),
            Line(facts.issuedOn.map(TimeText.date) ?? "—", .muted),
            Line(facts.demand?.grouped ?? "—", facts.demand == nil ? .muted : .text),
            state(notice, context),
            Line(notice.work.assignee ?? "", .muted),
            Line(notice.business.isEmpty ? notice.identity.text : notice.business),
        ]
    }
}
