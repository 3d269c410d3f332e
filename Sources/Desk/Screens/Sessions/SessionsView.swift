import Domain
import Services
import TerminalKit

extension SessionsScreen {
    private struct Layout {
        var heading: Rect
        var table: Rect
        var rule: Rect
        var detail: Rect
        var footer: Rect

        init(_ rect: Rect) {
            var rest = rect
            heading = rest.sliceTop(1).inset(left: 1, right: 1)
            footer = rest.sliceBottom(1).inset(left: 1, right: 1)
            detail = rest.sliceBottom(3).inset(left: 2, right: 2)
            rule = rest.sliceBottom(1)
            table = rest
        }
    }

    func tablePlace(_ context: ScreenContext) -> Rect { Layout(context.rect).table }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let layout = Layout(rect)
        var drawn = Drawn()
        let heading = ListHeading(title: "API sessions at GSTN", placeholder: "name or GSTIN", note: .empty)
        drawn.cursor = heading.draw(list, on: &canvas, in: layout.heading, &drawn.hits)
        drawn.hits.merge(drawTable(on: &canvas, in: layout.table, context))
        canvas.hline(x: rect.x, y: layout.rule.y, width: rect.width, style: Style(.border))
        if let standing = list.selected {
            let line = standing.explanation(context)
            let text = Text.wrap(line.text, to: layout.detail.width, lines: layout.detail.height)
            for (index, part) in text.enumerated() {
                canvas.put(part, in: layout.detail.row(index), style: Style(line.spans.first?.role ?? .text))
            }
        }
        drawn.hits.merge(list.drawPaginator(on: &canvas, in: layout.footer))
        return drawn
    }

    private func columns(_ context: ScreenContext) -> [TableColumn] {
        let isWide = context.size.columns >= 110
        func widest(_ text: (GspService.Standing) -> String) -> Int {
            list.rows.map { Text.width(text($0)) }.max() ?? 0
        }
        return [
            TableColumn(id: "sr", title: "Sr.", width: .fixed(4), alignment: .right),
            TableColumn(id: "gstin", title: "GSTIN", width: .fixed(15)),
            TableColumn(id: "access", title: "API access", width: .fixed(10)),
            TableColumn(id: "session", title: "Session", width: .fixed(10)),
            TableColumn(id: "until", title: "Until", width: .fixed(isWide ? 19 : 11)),
            TableColumn(id: "changed", title: "Last refresh", width: .fixed(isWide ? 19 : 12), dropOrder: 2),
            TableColumn(
                id: "provider", title: "Served by", width: .flexible(least: 9, weight: 2), dropOrder: 3,
                wanted: widest(\.provider)),
            TableColumn(
                id: "business", title: "Business", width: .flexible(least: 9, weight: 3), dropOrder: 1,
                wanted: widest(\.business)),
        ]
    }

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let isWide = context.size.columns >= 110
        func time(_ instant: Instant?) -> String {
            instant.map { isWide ? context.full($0) : context.day($0) } ?? ""
        }
        let empty =
            "No business has a GSTIN yet. Add one under Businesses (\(context.label(.goBusinesses, .sessions)))."
        let content = list.content(height: rect.height, empty: empty) { row, serial in
            let isOn = row.state == .open || row.state == .awaitsOtp
            return [
                Line(String(serial), .muted), Line(row.identity.text), row.accessLine, row.stateLine,
                Line(time(isOn ? row.until : nil)), Line(time(row.state == .open ? row.changedAt : nil), .muted),
                Line(row.provider.isEmpty ? "nobody" : row.provider, row.isServed ? .text : .muted), Line(row.business),
            ]
        }
        let table = Table(
            columns: columns(context), content: content, isFocused: !list.filter.isEditing, isMarked: list.isMarked)
        return table.draw(list.table, on: &canvas, in: rect)
    }
}

extension GspService.Standing {
    /// What is known of the switch at the portal; a GSTIN that no GSP serves needs none.
    var accessLine: Line {
        guard isServed else { return Line("–", .muted) }
        return switch access {
        case .yes: Line("✓ Yes", .success)
        case .no: Line("✗ No", .danger)
        case .unknown: Line("? Unknown", .muted)
        }
    }

    var stateLine: Line {
        guard isServed else { return Line("–", .muted) }
        return switch state {
        case .open: Line("● Open", .success)
        case .awaitsOtp: Line("? OTP", .info)
        case .ended: Line("○ Ended", .warning)
        case .none, .accessOff: Line("○ None", .muted)
        }
    }

    /// Where it stands and what to do, in words.
    func explanation(_ context: ScreenContext) -> Line {
        let key = context.label(.open, .sessions)
        guard isServed else {
            let who =
                provider.isEmpty
                ? "No provider serves this GSTIN" : "\(provider) serves this GSTIN without an API session"
            return Line("\(who). \(key) lets a GSP serve it.", .muted)
        }
        switch state {
        case .open:
            return Line(
                "The session is refreshed by itself before it ends, as long as the taxpayer's API access lasts.")
        case .awaitsOtp:
            let end = until.map { ", good until \(context.minute($0))" } ?? ""
            return Line("An OTP is with the authorised signatory\(end). \(key) takes it.", .info)
        case .ended:
            let why = message.isEmpty ? "" : ": \(message)"
            return Line("The last session is over\(why). Only the taxpayer's OTP opens another: \(key).", .warning)
        case .accessOff:
            return Line("✗ GSTN says that API access is off. \(GspService.accessPath). Then \(key).", .danger)
        case .none:
            return Line(
                "No session was asked for yet; whether API access is on is not known. \(GspService.accessPath). Then \(key).",
                .muted)
        }
    }
}
