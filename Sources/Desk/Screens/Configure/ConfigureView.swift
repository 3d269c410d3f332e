import Domain
import Services
import TerminalKit

extension ConfigureScreen {
    struct Layout {
        var frame: Rect
        var heading: Rect
        var table: Rect
        var health: Rect
        var footer: Rect

        init(_ rect: Rect) {
            frame = rect
            var inner = rect.inset(columns: 2, rows: 1)
            heading = inner.sliceTop(1)
            footer = inner.sliceBottom(1)
            health = inner.sliceBottom(1)
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
            Line("\(verified.grouped) verified", .success) + Line(" · ", .muted)
            + Line("\(attention.grouped) need attention", attention > 0 ? .warning : .muted)
        let heading = ListHeading(
            title: "", placeholder: "name, \(identityTitle) or user name", note: list.isLoaded ? counts : .empty,
            surface: .panel)
        drawn.cursor = heading.draw(list, on: &canvas, in: layout.heading, &drawn.hits)
        drawn.hits.merge(drawTable(on: &canvas, in: layout.table, context))
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: layout.footer, surface: .panel))
        if let account = list.selected {
            let isNarrow = context.size.columns < DeskModel.panelBesideFrom
            let health = authority(of: account, beside: account.health(context, withReason: isNarrow), context)
            canvas.put(health, in: layout.health, surface: .panel)
        }
        return drawn
    }

    private func columns(_ context: ScreenContext) -> [TableColumn] {
        func widest(_ text: (PortalAccount) -> String) -> Int { list.rows.map { Text.width(text($0)) }.max() ?? 0 }
        return [
            list.serialColumn,
            TableColumn(id: "identity", title: identityTitle, width: .fixed(15)),
            TableColumn(
                id: "username", title: "User Name", width: .flexible(least: 9, weight: 8),
                wanted: widest { $0.username ?? "no login" }),
            TableColumn(id: "status", title: "Account Status", width: .fixed(14)),
            TableColumn(
                id: "reason", title: "", width: .flexible(least: 16, weight: 8), dropOrder: 1,
                wanted: widest { withoutAuthority($0).text + $0.explanation(context) }),
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
        let content = list.content(height: rect.height, empty: empty, reload: context.label(.refresh, scope)) {
            account, serial in
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
            Line(serial.grouped, .muted), Line(account.identity.text),
            account.username.map { Line($0) } ?? Line("no login", .disabled), Badge.account(account).line,
            withoutAuthority(account) + Line(account.explanation(context), .muted), Line("⋮", .link),
            Line(account.business),
        ]
    }
}

extension PortalAccount {
    /// How the selected login does: its last good day, how old the password is, what may still be tried.
    ///
    /// - Parameter withReason: where the table has no room for it.
    fileprivate func health(_ context: ScreenContext, withReason: Bool) -> Line {
        guard isConfigured else { return Line("No login is stored yet.", .muted) }
        var parts: [Line] = []
        if withReason, status == .notVerified { parts.append(Line(explanation(context), .danger)) }
        parts.append(Line(lastGoodLoginAt.map { "last good login \(context.day($0))" } ?? "no good login yet", .muted))
        if let changed = passwordChangedAt { parts.append(Line("password set \(context.age(changed))", .muted)) }
        if refusals > 0 {
            let left = attemptsLeft(of: context.settings.passwordTries)
            let text = left == 0 ? "no attempt left: enter a new password" : "\(Counted.text(left, "attempt")) left"
            parts.append(Line(text, left == 0 ? .danger : .warning))
        }
        return parts.dropFirst().reduce(parts.first ?? .empty) { $0 + Line(" · ", .muted) + $1 }
    }

    /// Why and since when a login is not verified, or when it last was.
    func explanation(_ context: ScreenContext) -> String {
        guard isConfigured else { return "\(context.label(.edit, .configure)) to enter it" }
        let day = checkedAt.map { context.day($0) }
        if status == .verified { return day ?? "" }
        let reason = (reason ?? .neverChecked).title
        return [reason, day].compactMap { $0 }.joined(separator: ", ")
    }
}
