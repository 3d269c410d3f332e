import Domain
import Services
import TerminalKit

/// All that is known of one provider, line by line.
struct ProviderDetail {
    let standing: ProviderStanding

    /// The last error takes the rows that the others leave of `size`.
    func lines(_ context: ScreenContext, _ size: Size) -> [Line] {
        let facts =
            ([head] + address + [calls(context), latency, circuit(context), limits] + troubles(context, size.columns))
            .filter { !$0.isEmpty }
        return facts + last(context, width: size.columns, rows: max(1, size.rows - facts.count))
    }

    private var head: Line {
        // What follows says whether it is a simulation: no name, however long, may push that out.
        let name = Line(Text.clipInside(standing.name, to: 40), .heading, .bold)
        guard let file = standing.file else {
            return name + Line(" · its file is gone; the counts are of the last day")
        }
        var line = name + Line(" · ", .muted) + standing.kind
        if file.isUntested { line = line + Line(" · ", .muted) + Line("! untested against the live service", .warning) }
        return line
    }

    /// Where it is, and for whom; or why nobody is sent to it.
    private var address: [Line] {
        guard let file = standing.file else { return [] }
        if !standing.missingSecrets.isEmpty {
            let names = standing.missingSecrets.joined(separator: ", ")
            let command = "portaldesk provider secret \(standing.name) \(standing.missingSecrets.first ?? "FIELD")"
            return [Line("✗ not in the vault: \(names)", .danger), Line("  \(command)", .accent)]
        }
        return [
            Line("serves \(standing.servesText)")
                + Line(" · \(HarmlessText.line(file.shownAddress, limit: 60))", .muted)
        ]
    }

    private func calls(_ context: ScreenContext) -> Line {
        guard standing.day.calls > 0 else {
            return Line("? no calls in the last 24 hours: how it does is not known", .muted)
        }
        func text(_ calls: ProviderStanding.Calls) -> String {
            "\(calls.calls.grouped), \(calls.failures.grouped) failed"
        }
        return Line(
            "calls from \(context.moment(standing.recentSince)) on: \(text(standing.recent)) · in 24 hours: "
                + text(standing.day))
    }

    private var latency: Line {
        guard standing.day.calls > 0 else { return .empty }
        func bound(_ percent: Int) -> String { ProviderStanding.bound(standing.latency.bound(percent: percent)) }
        return Line("half of them within \(bound(50)), 95 of 100 within \(bound(95))")
    }

    private func circuit(_ context: ScreenContext) -> Line {
        guard let worst = standing.worst else { return Line("● circuit closed: it is asked as usual", .muted) }
        let family = worst.family == "authentication" ? "logins" : "reads"
        if case .halfOpen = worst.breaker.phase {
            return Line("◌ circuit of \(family) half open: one call at a time is let through", .warning)
        }
        let again = worst.breaker.reopenings > 0 ? " (reopened \(Counted.times(worst.breaker.reopenings)))" : ""
        let probe =
            standing.nextProbe(at: context.now)
            .map { "next probe \(context.clock($0))" } ?? "the next job probes it"
        return Line(
            "✗ circuit of \(family) open since \(context.moment(worst.changedAt))\(again), \(probe)", .danger
        )
    }

    private var limits: Line {
        guard let file = standing.file else { return .empty }
        func rate(_ limit: RateLimit?) -> String? {
            limit.map { "\($0.perMinute) calls a minute" + ($0.burst > 1 ? ", \($0.burst) at once" : "") }
        }
        var parts = ["\(Counted.text(file.concurrency, "fetch", "fetches")) at once"]
        parts += [rate(file.whole), file.perAccount.map { "each account \($0.perMinute)" }].compactMap(\.self)
        if file.whole == nil, file.perAccount == nil {
            parts.append("calls without limit, each waits up to \(file.callTimeout.components.seconds) s")
        }
        return Line("limits: \(parts.joined(separator: " · "))", .muted)
    }

    private func troubles(_ context: ScreenContext, _ width: Int) -> [Line] {
        var kinds = standing.troubles.map { "\($0.cause.title) \($0.jobs.count)" }.joined(separator: " · ")
        if let waiting = standing.waiting {
            kinds += (kinds.isEmpty ? "" : " · ") + "\(Counted.text(waiting.ids.count, "GSTN action"))"
        }
        guard !kinds.isEmpty else { return [Line("nothing stands because of it", .muted)] }
        let lead = "stopped because of it (\(context.label(.retry, .providers)) retries): "
        let lines = Text.wrap(lead + kinds, to: max(1, width), lines: 2)
        guard let first = lines.first, first.hasPrefix(lead) else { return lines.map { Line($0, .warning) } }
        return [Line(lead, .muted) + Line(String(first.dropFirst(lead.count)), .warning)]
            + lines.dropFirst().map { Line($0, .warning) }
    }

    private func last(_ context: ScreenContext, width: Int, rows: Int) -> [Line] {
        guard let newest = standing.lastError else { return [] }
        let when = "last error \(context.full(newest.at)): "
        let wrapped = Text.wrap(when + newest.said, to: max(1, width), lines: rows)
        guard let first = wrapped.first, first.hasPrefix(when) else { return wrapped.map { Line($0, .danger) } }
        return [Line(when, .muted) + Line(String(first.dropFirst(when.count)), .danger)]
            + wrapped.dropFirst().map { Line($0, .danger) }
    }
}
