import Domain
import Services
import TerminalKit

extension ProvidersScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        ListHeading(title: "Providers", note: list.isLoaded ? count(context) : .empty)
    }

    func emptyText(_ context: ScreenContext) -> String {
        "No provider is in this workspace: nobody reaches the portals. An admin adds a file: portaldesk provider add FILE"
    }

    func cells(_ standing: ProviderStanding, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(standing.name), standing.kind, Badge.provider(standing, at: context.now).line,
            standing.circuitLine, standing.probeLine(context), standing.recent.line, standing.day.line,
            Line(standing.latencyText, .muted), Line(standing.troubles.first?.cause.title ?? "–", .muted),
        ]
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let standing = list.selected else { return [] }
        let answer = answer(standing, context)
        let rows = Self.detailRows - (answer.isEmpty ? 0 : 1)
        return ProviderDetail(standing: standing).lines(context, Size(columns: width, rows: rows)) + [answer]
    }

    func footer(_ context: ScreenContext) -> Line {
        guard let first = broken.first else { return .empty }
        let more = broken.count > 1 ? " (and \(broken.count - 1) more)" : ""
        return Line("! not used: \(HarmlessText.line(first, limit: 160))\(more)", .warning)
    }

    private func count(_ context: ScreenContext) -> Line {
        let alone = list.rows.filter { $0.nextProbe(at: context.now) != nil }.count
        let all = Line(Counted.text(list.rows.count, "provider"), .muted)
        return alone == 0 ? all : all + Line(" · ", .muted) + Line("\(alone) left alone", .danger)
    }

    /// What the selected one said when it was asked by hand.
    private func answer(_ standing: ProviderStanding, _ context: ScreenContext) -> Line {
        if testing == standing.name { return Line("◌ asking \(standing.name)…", .running) }
        guard let (at, line) = answers[standing.name] else { return .empty }
        return Line("asked \(context.minute(at)): ", .muted) + line
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        // On a narrow screen what stands in the way stays; the rest is told below the table.
        let recent = list.rows.first.map { "From \(context.moment($0.recentSince))" } ?? "Recent"
        let names = list.rows.map { Text.width($0.name) }.max() ?? 0
        let states = list.width(under: "State", empty: 14) { Badge.provider($0, at: context.now).line.text }
        let recents = list.width(under: recent) { $0.recent.line.text }
        let days = list.width(under: "24 hours") { $0.day.line.text }
        // Where every provider is asked as usual, how it does matters more.
        let isProbed = list.rows.isEmpty || list.rows.contains { $0.circuit.phase != .closed }
        return [
            TableColumn(
                id: "name", title: "Provider", width: .flexible(least: min(max(12, names), 20), weight: 4),
                wanted: names),
            TableColumn(
                id: "kind", title: "Connector",
                width: .fixed(list.rows.map(\.kind.width).max().map { max(9, $0) } ?? 20), dropOrder: 1),
            TableColumn(id: "state", title: "State", width: .fixed(states)),
            TableColumn(id: "circuit", title: "Circuit", width: .fixed(7)),
            TableColumn(id: "probe", title: "Next probe", width: .fixed(10), dropOrder: isProbed ? 0 : 6),
            TableColumn(id: "recent", title: recent, width: .fixed(max(12, recents)), dropOrder: 2),
            TableColumn(id: "day", title: "24 hours", width: .fixed(max(12, days)), dropOrder: 3),
            TableColumn(id: "latency", title: "Median 95 %", width: .fixed(11), dropOrder: 5),
            TableColumn(id: "trouble", title: "Last error", width: .flexible(least: 10, weight: 1), dropOrder: 4),
        ]
    }
}

extension Badge {
    /// Whether a provider answers. Nothing known is not taken for well.
    static func provider(_ standing: ProviderStanding, at now: Instant) -> Badge {
        if standing.file == nil { return Badge(glyph: "–", word: "No file", role: .muted) }
        if !standing.missingSecrets.isEmpty { return Badge(glyph: "✗", word: "No secret", role: .danger) }
        switch standing.circuit.phase {
        case .open:
            return standing.nextProbe(at: now) == nil
                ? Badge(glyph: "◌", word: "Probe due", role: .warning)
                : Badge(glyph: "✗", word: "Left alone", role: .danger)
        case .halfOpen: return Badge(glyph: "◌", word: "Probing", role: .warning)
        case .closed: break
        }
        let calls = standing.recent.calls > 0 ? standing.recent : standing.day
        guard let percent = calls.answeredPercent else { return Badge(glyph: "?", word: "No calls yet", role: .muted) }
        return percent < ProviderStanding.wellFrom
            ? Badge(glyph: "!", word: "Failing", role: .warning) : Badge(glyph: "✓", word: "Answers", role: .success)
    }
}

extension ProviderStanding {
    /// Percent of calls answered from which a provider counts as well: now and then a portal fails for anybody.
    static let wellFrom = 90

    /// `bridge · SANDBOX`, `efiling · unofficial`.
    var kind: Line {
        let name = Line(connector.isEmpty ? "–" : connector, connector.isEmpty ? .muted : .text)
        if isSimulated { return name + Line(" · ", .muted) + Line("SANDBOX", .accent, .bold) }
        return file?.isUnofficial == true ? name + Line(" · ", .muted) + Line("unofficial", .warning) : name
    }

    /// `200ms 1s`: upper bounds; what lies beyond the last one is said to be above it.
    var latencyText: String {
        guard day.calls > 0 else { return "–" }
        return [50, 95].map { Self.bound(latency.bound(percent: $0)).filter { $0 != " " } }.joined(separator: " ")
    }

    static func bound(_ milliseconds: Int64?) -> String {
        guard let milliseconds else { return ">\((LatencyTally.bounds.last ?? 0) / 1_000) s" }
        return milliseconds < 1_000 ? "\(milliseconds) ms" : "\(milliseconds / 1_000) s"
    }

    var circuitLine: Line {
        switch circuit.phase {
        case .closed: Line(circuit.title.lowercased(), .muted)
        case .halfOpen: Line(circuit.title.lowercased(), .warning)
        case .open: Line(circuit.title.lowercased(), .danger)
        }
    }

    /// When it is asked again; a dash while it is asked as usual.
    func probeLine(_ context: ScreenContext) -> Line {
        guard case .open = circuit.phase else { return Line("–", .muted) }
        return nextProbe(at: context.now).map { Line(context.clock($0), .danger) } ?? Line("due", .warning)
    }
}

extension ProviderStanding.Calls {
    /// `98 % of 42`, `97 % of 50k`.
    var line: Line {
        guard let percent = answeredPercent else { return Line("no calls", .muted) }
        // A number that is cut would be read as a smaller one.
        let count = calls < 10_000 ? calls.grouped : "\(calls / 1_000)k"
        return Line("\(percent) % of \(count)", percent < ProviderStanding.wellFrom ? .warning : .text)
    }
}
