import Domain
import TerminalKit

/// The steps of a job as lines: time, level, step, what happened, and the further text indented below.
struct JobLogText {
    let entries: [JobLogEntry]
    let times: JobLogScreen.Times
    let utcOffset: Int
    /// As wide as the longest step needs: it never touches what is said of it.
    private let stepWidth: Int

    init(entries: [JobLogEntry], times: JobLogScreen.Times, utcOffset: Int) {
        (self.entries, self.times, self.utcOffset) = (entries, times, utcOffset)
        // Once for all lines: a log may have ten thousand.
        stepWidth = max(12, entries.reduce(0) { max($0, Text.width($1.stepTitle)) } + 2)
    }

    var lines: [Line] {
        let start = entries.first?.at
        return entries.flatMap { entry in [head(entry, since: start)] + detail(entry) }
    }

    /// Where what happened begins in each line, so that its further rows stand below it.
    var indents: [Int] {
        let message = (entries.first.map { Text.width(time($0, since: $0.at)) } ?? 0) + 8 + stepWidth
        return entries.flatMap { entry in [message] + detail(entry).map { _ in 4 } }
    }

    /// Line of the first error, counted as `lines` counts.
    var firstErrorLine: Int? {
        var line = 0
        for entry in entries {
            if entry.level == .error { return line }
            line += 1 + detail(entry).count
        }
        return nil
    }

    private func head(_ entry: JobLogEntry, since start: Instant?) -> Line {
        let isError = entry.level == .error
        return Line([
            Span(time(entry, since: start), .muted),
            Span(Text.pad(entry.level.rawValue, to: 8), entry.level.role, isError ? .bold : []),
            Span(Text.pad(entry.stepTitle, to: stepWidth), .accent), Span(entry.message, isError ? .danger : .text),
        ])
    }

    private func detail(_ entry: JobLogEntry) -> [Line] {
        guard !entry.detail.isEmpty else { return [] }
        return entry.detail.split(separator: "\n", omittingEmptySubsequences: false).map { Line("    " + $0, .muted) }
    }

    private func time(_ entry: JobLogEntry, since start: Instant?) -> String {
        switch times {
        case .clock: return TimeText.precise(entry.at, offset: utcOffset) + "  "
        case .sinceStart:
            let milliseconds = start.map { entry.at.since($0).milliseconds } ?? 0
            let text = "+\(milliseconds / 1_000).\(Digits.padded(Int(milliseconds % 1_000), 3)) s"
            return Text.pad(text, to: 12, alignment: .right) + "  "
        case .none: return ""
        }
    }
}
