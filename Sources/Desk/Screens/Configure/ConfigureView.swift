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

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = Layout(rect)
        var drawn = Drawn()
        canvas.fill(rect, style: Style(on: .panel))
        let title = Line("\(portal.title) · View/Edit Business Credentials", .heading, .bold)
        canvas.box(rect, title: title, style: Style(.borderFocused, on: .panel))
        canvas.put(" × ", x: rect.right - 5, y: rect.y, style: Style(.key, on: .panel, .bold))
        drawn.hits.add(Rect(x: rect.right - 5, y: rect.y, width: 3, height: 1), HitTarget("close"))
        let counts =
            Line("\(verified) verified", .success) + Line(" · ", .muted)
            + Line("\(attention) need attention", attention > 0 ? .warning : .muted)
        let heading = ListHeading(
            title: "", placeholder: "name, \(identityTitle) or user name", note: list.isLoaded ? counts : .empty,
            surface: .panel)
        drawn.cursor = heading.draw(list, on: &canvas, in: layout.heading, &drawn.hits)
        drawn.hits.merge(drawTable(on: &canvas, in: layout.table, context))
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: layout.footer, surface: .panel))
        drawReason(on: &canvas, in: layout.footer, context)
        return drawn
    }

    /// Where the table has no room for reasons, the selected row's stands beside the total.
    private func drawReason(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        guard context.size.columns < DeskModel.panelBesideFrom, let account = list.selected else { return }
        canvas.put(Line(account.explanation(context), .muted), in: rect.right(30), surface: .panel, alignment: .right)
    }

    private func columns(_ context: ScreenContext) -> [TableColumn] {
        func widest(_ text: (PortalAccount) -> String) -> Int { list.rows.map { Text.width(text($0)) }.max() ?? 0 }
        return [
            TableColumn(
                id: "sr", title: "Sr.", width: .fixed(max(4, String(list.firstSerial + list.rows.count).count)),
                alignment: .right),
            TableColumn(id: "identity", title: identityTitle, width: .fixed(15)),
            TableColumn(
                id: "username", title: "User Name", width: .flexible(least: 9, weight: 8),
                wanted: widest { $0.username ?? "no login" }),
            TableColumn(id: "status", title: "Account Status", width: .fixed(14)),
            TableColumn(
                id: "reason", title: "", width: .flexible(least: 16, weight: 8), dropOrder: 1,
                wanted: widest { $0.explanation(context) }),
            TableColumn(id: "actions", title: "", width: .fixed(1)),
            TableColumn(
                id: "business", title: "Business Name", width: .flexible(least: 14, weight: 2),
                wanted: widest(\.business)),
        ]
    }

    /// Income Tax has accounts of PANs and of deductors' TANs.
    private var identityTitle: String { portal == .incomeTax ? "PAN or TAN" : portal.identityTitle }

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let columns = columns(context)
        let businesses = context.label(.goBusinesses, .configure)
        let empty = "No business has a \(portal.identityTitle) yet. Add one under Businesses (\(businesses))."
        let content = list.content(height: rect.height, empty: empty) { account, serial in
            cells(account, serial: serial, context)
        }
        let table = Table(
            columns: columns, content: content, isFocused: !list.filter.isEditing, surface: .panel,
            isMarked: list.isMarked)
        var hits = table.draw(list.table, on: &canvas, in: rect)
        // The badge and the three dots of each row can be clicked.
        hits.merge(
            list.parts(columns, in: rect) { id, account in
                switch id {
                case "status": account.status == .notVerified ? "badge" : nil
                case "actions": "dots"
                default: nil
                }
            })
        return hits
    }

    private func cells(_ account: PortalAccount, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(String(serial), .muted), Line(account.identity.text),
            account.username.map { Line($0) } ?? Line("no login", .disabled), Badge.account(account).line,
            Line(account.explanation(context), .muted), Line("⋮", .link), Line(account.business),
        ]
    }
}

extension PortalAccount {
    /// Why and since when a login is not verified, or when it last was.
    func explanation(_ context: ScreenContext) -> String {
        guard isConfigured else { return "\(context.label(.edit, .configure)) to enter it" }
        let day = checkedAt.map { at -> String in
            let date = CivilTime(at, offset: context.utcOffset).date
            return date == context.today ? "today \(context.minute(at))" : TimeText.date(date)
        }
        if status == .verified { return day ?? "" }
        let reason = (reason ?? .neverChecked).title
        return [reason, day].compactMap { $0 }.joined(separator: ", ")
    }
}
