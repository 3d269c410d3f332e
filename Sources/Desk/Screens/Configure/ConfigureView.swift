import Domain
import Services
import TerminalKit

extension ConfigureScreen {
    struct Layout {
        var frame: Rect
        var heading: Rect
        var table: Rect
        var footer: Rect

        init(_ rect: Rect) {
            frame = rect
            var inner = rect.inset(columns: 2, rows: 1)
            heading = inner.sliceTop(1)
            footer = inner.sliceBottom(1)
            table = inner
        }
    }

    public func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let layout = Layout(rect)
        var hits = HitMap()
        canvas.fill(rect, style: Style(on: .panel))
        canvas.box(
            rect, title: Line("\(portal.title) · View/Edit Business Credentials", .heading, .bold),
            style: Style(.borderFocused, on: .panel))
        canvas.put(" × ", x: rect.right - 5, y: rect.y, style: Style(.key, on: .panel, .bold))
        hits.add(Rect(x: rect.right - 5, y: rect.y, width: 3, height: 1), HitTarget("close"))
        drawHeading(on: &canvas, in: layout.heading)
        hits.merge(drawTable(on: &canvas, in: layout.table, context))
        hits.merge(list.paginator.draw(on: &canvas, in: layout.footer, surface: .panel))
        return hits
    }

    public func cursor(in rect: Rect, _ context: ScreenContext) -> Point? {
        guard list.filter.isEditing else { return nil }
        var scratch = Canvas(size: context.size)
        return list.filter.draw(on: &scratch, in: filterPlace(Layout(rect).heading), surface: .panel, placeholder: "")
    }

    private func filterPlace(_ heading: Rect) -> Rect { heading.inset(right: min(36, heading.width / 2)) }

    private func drawHeading(on canvas: inout Canvas, in rect: Rect) {
        _ = list.filter.draw(
            on: &canvas, in: filterPlace(rect), surface: .panel,
            placeholder: "name, \(portal.identityTitle) or user name")
        var note =
            Line("\(verified) verified", .success) + Line(" · ", .muted)
            + Line("\(attention) need attention", attention > 0 ? .warning : .muted)
        if !list.marks.isEmpty { note = Line("\(list.marks.count) marked", .accent, .bold) }
        canvas.put(note, in: rect.right(min(34, rect.width / 2)), surface: .panel, alignment: .right)
    }

    private func columns(_ context: ScreenContext) -> [TableColumn] {
        [
            TableColumn(id: "sr", title: "Sr.", width: .fixed(4), alignment: .right),
            TableColumn(id: "identity", title: identityTitle, width: .fixed(15)),
            TableColumn(id: "username", title: "User Name", width: .flexible(least: 12, weight: 1)),
            TableColumn(id: "status", title: "Account Status", width: .fixed(14)),
            TableColumn(id: "reason", title: "", width: .flexible(least: 12, weight: 1), dropOrder: 1),
            TableColumn(id: "actions", title: "", width: .fixed(1)),
            TableColumn(id: "business", title: "Business Name", width: .flexible(least: 12, weight: 2)),
        ]
    }

    /// Income Tax has accounts of PANs and of deductors' TANs.
    private var identityTitle: String { portal == .incomeTax ? "PAN or TAN" : portal.identityTitle }

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let columns = columns(context)
        let content: Table.Content
        if let failure {
            content = .message(Line("\(failure.what). Press r to try again.", .danger))
        } else if !list.isLoaded {
            content = .loading(rows: rect.height - 1)
        } else if rows.isEmpty {
            let text =
                list.filter.text.isEmpty
                ? "No business has a \(portal.identityTitle) yet. Add one under Businesses (\(context.label(.goBusinesses, .everywhere)))."
                : "No business fits \"\(list.filter.text)\". Press Esc to clear the filter."
            content = .message(Line(text, .muted))
        } else {
            content = .rows(count: rows.count) { cells(rows[$0], serial: firstSerial + $0, context) }
        }
        let table = Table(
            columns: columns, content: content, isFocused: !list.filter.isEditing, surface: .panel,
            isMarked: { rows.indices.contains($0) && list.marks.contains(rows[$0].identity) })
        var hits = table.draw(list.table, on: &canvas, in: rect)
        hits.merge(parts(columns, in: rect))
        return hits
    }

    private func cells(_ account: PortalAccount, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(String(serial), .muted), Line(account.identity.text),
            account.username.map { Line($0) } ?? Line("no login", .disabled), Badge.account(account).line,
            Line(account.explanation(context), .muted), Line("⋮", .link), Line(account.business),
        ]
    }

    /// The badge and the three dots of each visible row can be clicked.
    private func parts(_ columns: [TableColumn], in rect: Rect) -> HitMap {
        var hits = HitMap()
        let layout = TableLayout(columns: columns, x: rect.x + 1, width: rect.width - 2)
        for line in 0..<Table.visibleRows(in: rect) {
            let index = list.table.offset + line
            guard rows.indices.contains(index) else { break }
            for place in layout.places {
                let area = Rect(x: place.x, y: rect.y + 1 + line, width: max(place.width, 2), height: 1)
                switch columns[place.column].id {
                case "status" where rows[index].status == .notVerified: hits.add(area, HitTarget("badge", index))
                case "actions": hits.add(area, HitTarget("dots", index))
                default: break
                }
            }
        }
        return hits
    }
}

extension PortalAccount {
    /// Why and since when a login is not verified, or when it last was.
    func explanation(_ context: ScreenContext) -> String {
        guard isConfigured else { return "press \(context.label(.edit, .configure)) to enter" }
        let day = checkedAt.map { at -> String in
            let date = CivilTime(at, offset: context.utcOffset).date
            return date == context.today ? "today \(context.minute(at))" : TimeText.date(date)
        }
        if status == .verified { return day ?? "" }
        let reason = (reason ?? .neverChecked).title
        return [reason, day].compactMap { $0 }.joined(separator: ", ")
    }
}
