import Domain
import Services
import TerminalKit

extension SessionsScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        ListHeading(title: "API sessions at GSTN", placeholder: "name or GSTIN", note: .empty)
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let standing = list.selected else { return [] }
        let line = standing.explanation(context)
        let role = line.spans.first?.role ?? .text
        return [standing.head(context)]
            + Text.wrap(line.text, to: width, lines: Self.detailRows - 1).map { Line($0, role) }
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        let isWide = context.size.columns >= 110
        func widest(_ text: (GspService.Standing) -> String) -> Int {
            list.rows.map { Text.width(text($0)) }.max() ?? 0
        }
        return [
            list.serialColumn,
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

    func emptyText(_ context: ScreenContext) -> String {
        "No business has a GSTIN yet. Add one under Businesses (\(context.label(.goBusinesses, .sessions)))."
    }

    func cells(_ row: GspService.Standing, serial: Int, _ context: ScreenContext) -> [Line] {
        let isWide = context.size.columns >= 110
        func time(_ instant: Instant?) -> String {
            instant.map { isWide ? context.full($0) : context.day($0) } ?? ""
        }
        let isOn = row.state == .open || row.state == .awaitsOtp
        return [
            Line(serial.grouped, .muted), Line(row.identity.text), row.accessLine, row.stateLine,
            Line(time(isOn ? row.until : nil)), Line(time(row.state == .open ? row.changedAt : nil), .muted),
            Line(row.provider.isEmpty ? "nobody" : row.provider, row.isServed ? .text : .muted), Line(row.business),
        ]
    }
}

extension GspService.Standing {
    /// What is known of the switch at the portal; a GSTIN that no GSP serves needs none.
    var accessLine: Line {
        guard isServed else { return Line("–", .muted) }
        return switch access {
        case .yes: Line("✓ \(access.title)", .success)
        case .no: Line("✗ \(access.title)", .danger)
        case .unknown: Line("? \(access.title)", .muted)
        }
    }

    var stateLine: Line {
        guard isServed else { return Line("–", .muted) }
        return switch state {
        case .open: Line("● \(state.title)", .success)
        case .awaitsOtp: Line("? \(state.title)", .info)
        case .ended: Line("○ \(state.title)", .warning)
        case .none, .accessOff: Line("○ \(state.title)", .muted)
        }
    }

    /// What columns may have no room for: whose it is, when it was refreshed and who serves it.
    func head(_ context: ScreenContext) -> Line {
        var parts = ["\(identity)"]
        if state == .open, let changedAt { parts.append("refreshed \(context.full(changedAt))") }
        if isServed { parts.append("served by \(provider)") }
        if !business.isEmpty { parts.append(business) }
        return Line(parts[0], .heading, .bold) + Line(parts.dropFirst().map { " · \($0)" }.joined())
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
