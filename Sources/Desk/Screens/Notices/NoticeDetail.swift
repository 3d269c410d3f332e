import Domain
import Services
import TerminalKit

/// Everything that is known of one notice, below the list. Where room is short the least pressing rows go first, and
/// what is left over goes to changes and notes.
struct NoticeDetail {
    let dossier: NoticeDossier

    private static let labelWidth = 11
    private static let mostDocumentLines = 30

    /// One row, or two short facts on one row.
    private struct Row {
        var title: String
        var lines: [Line]
        var right: (title: String, line: Line)?
        /// Rows of a higher number go first.
        var rank: Int
        /// What stands there when only one of several lines has room.
        var brief: Line?
    }

    private var notice: Notice { dossier.notice }
    private var facts: NoticeFacts { dossier.notice.facts }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        let title = facts.reference.isEmpty ? notice.identity.text : facts.reference
        canvas.fill(rect, style: Style(on: .panel))
        canvas.box(rect, title: Line(title, .heading, .bold), style: Style(.borderFocused, on: .panel))
        var rest = rect.inset(columns: 2, rows: 1)
        for (row, count) in fitted(rows(context, width: rest.width - Self.labelWidth), into: rest.height) {
            draw(row, count, on: &canvas, &rest)
        }
    }

    private func rows(_ context: ScreenContext, width: Int) -> [Row] {
        let standing = notice.standing(on: context.indianDay)
        func row(_ title: String, _ text: String, rank: Int, lines: Int = 1) -> Row {
            let wrapped = Text.wrap(text.isEmpty ? "—" : text, to: max(1, width), lines: lines)
            return Row(title: title, lines: wrapped.map { Line($0) }, rank: rank)
        }
        var rows = [
            row("What", facts.summary, rank: 0, lines: 2),
            row("Form", joined([facts.form, facts.section, facts.period]), rank: 6),
            row("For", joined(["\(notice.identity.portal.shortName) \(notice.identity)", notice.business]), rank: 1),
            Row(title: "Due", lines: due(standing, context, width), rank: 0),
            Row(
                title: "Demand", lines: [Line(facts.demand.map { "₹ \($0.grouped)" } ?? "none")],
                right: ("Issued", issued), rank: 3),
        ]
        if !dossier.unread.isEmpty {
            let text = dossier.unread.map { HarmlessText.line($0, limit: 200) }.joined(separator: "; ")
            let lines = Text.wrap("\(text); the record was set aside", to: max(1, width), lines: 3)
            rows.append(Row(title: "Not read", lines: lines.map { Line($0, .warning) }, rank: 1))
        }
        if let gone = notice.goneAt {
            let since = Line("  gone from the portal since \(context.day(gone))", .warning)
            rows.append(Row(title: "State", lines: [Badge.state(facts.state).line + since], rank: 2))
            rows.append(Row(title: "With", lines: [with], rank: 2))
        } else {
            rows.append(Row(title: "State", lines: [state], right: ("With", with), rank: 2))
        }
        rows += particulars(width)
        rows.append(row("Documents", documents, rank: 7, lines: Self.mostDocumentLines))
        if !dossier.changes.isEmpty {
            rows.append(
                Row(
                    title: "Changed", lines: dossier.changes.reversed().map { happened($0.at, $0.words, context) },
                    rank: 5))
        }
        if !dossier.notes.isEmpty {
            let lines = dossier.notes.reversed().map { happened($0.at, "\($0.author): \($0.text)", context) }
            rows.append(Row(title: "Notes", lines: lines, rank: 4))
        }
        let last = notice.isManual ? "entered by hand" : "last seen \(context.day(notice.lastSeenAt))"
        rows.append(
            Row(
                title: "Known",
                lines: [
                    Line("first seen \(context.day(notice.firstSeenAt)), \(last), version \(notice.version)", .muted)
                ],
                rank: 8))
        return rows
    }

    /// What else the portal tells: its other numbers, the table of a default summary, and what was filed in reply.
    private func particulars(_ width: Int) -> [Row] {
        let told = facts.particulars
        var rows: [Row] = []
        let numbers = joined([
            told.printedReference.isEmpty ? "" : "printed as \(told.printedReference)",
            told.proceeding.isEmpty ? "" : "proceeding \(told.proceeding)",
            told.subject.isEmpty ? "" : "about \(told.subject)",
        ])
        if !numbers.isEmpty {
            rows.append(
                Row(title: "Numbers", lines: Text.wrap(numbers, to: max(1, width), lines: 2).map { Line($0) }, rank: 6))
        }
        let table = told.defaultTexts(width: max(1, width)).enumerated().map { index, text in
            Line(Text.clip(text, to: max(1, width)), index == 0 ? .muted : .text)
        }
        if !table.isEmpty {
            // A head without its table says nothing.
            let brief = Line("\(Counted.text(table.count - 1, "line")), shown where there is more room")
            rows.append(Row(title: "Defaults", lines: table, rank: 3, brief: brief))
        }
        let replies = told.replyTexts.flatMap { Text.wrap($0, to: max(1, width), lines: 3) }.map { Line($0) }
        if !replies.isEmpty { rows.append(Row(title: "Replies", lines: replies, rank: 4)) }
        return rows
    }

    /// Each row that has room, with how many of its lines.
    private func fitted(_ rows: [Row], into height: Int) -> [(Row, Int)] {
        var kept = Array(rows.indices)
        while kept.count > max(1, height), let least = kept.max(by: { rows[$0].rank < rows[$1].rank }) {
            kept.removeAll { $0 == least }
        }
        var counts = kept.map { _ in 1 }
        var left = height - kept.count
        while left > 0,
            let next = kept.indices.filter({ counts[$0] < rows[kept[$0]].lines.count })
                .min(by: { counts[$0] < counts[$1] })
        {
            counts[next] += 1
            left -= 1
        }
        return zip(kept, counts).map { (rows[$0], $1) }
    }

    private func draw(_ row: Row, _ count: Int, on canvas: inout Canvas, _ rest: inout Rect) {
        for (index, line) in row.lines.prefix(count).enumerated() {
            let place = rest.sliceTop(1)
            let split = split(row, place.width)
            let left = row.right == nil ? place : place.left(split - 1)
            if index == 0 { canvas.put(row.title, in: place, style: Style(.muted, on: .panel)) }
            let shown = count == 1 && row.lines.count > 1 ? row.brief ?? line : line
            canvas.put(shown, in: left.inset(left: Self.labelWidth), surface: .panel)
            guard let right = row.right else { continue }
            let half = place.inset(left: split)
            canvas.put(right.title, in: half, style: Style(.muted, on: .panel))
            canvas.put(right.line, in: half.inset(left: Self.labelWidth), surface: .panel)
        }
    }

    /// Where the second half begins: in the middle, unless the first one needs more and the second one less.
    private func split(_ row: Row, _ width: Int) -> Int {
        let needed = Self.labelWidth + (row.lines.first?.width ?? 0) + 2
        let most = width - Self.labelWidth - (row.right?.line.width ?? 0)
        return max(width / 2, min(needed, most))
    }

    private func joined(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " · ") }

    private func due(_ standing: DueStanding, _ context: ScreenContext, _ width: Int) -> [Line] {
        let mark = DueMark.line(notice.due, standing, isColumn: false)
        let word = standing.words.isEmpty ? "" : "  \(standing.words)"
        let head = mark + Line(word, standing.role)
        let room = max(10, width - head.width - 3)
        let words = Text.wrap(dossier.dueWords, to: room, lines: 2)
        let first = head + Line(" · \(words.first ?? "")", .muted)
        return [first] + words.dropFirst().map { Line(String(repeating: " ", count: head.width + 3) + $0, .muted) }
    }

    private var issued: Line {
        let served = facts.servedOn.map { ", served \(TimeText.date($0))" } ?? ""
        return Line((facts.issuedOn.map(TimeText.date) ?? "—") + served)
    }

    private var state: Line {
        let raw =
            notice.work.state != nil
            ? "  set by hand"
            : facts.rawState.isEmpty || facts.rawState == facts.state.title ? "" : "  portal: \(facts.rawState)"
        return Badge.state(facts.state).line + Line(raw, .muted)
    }

    private var with: Line {
        let name = notice.work.assignee.map { Line($0) } ?? Line("nobody", .muted)
        let tags = notice.work.tags.map { " #\($0)" }.joined()
        return name + Line(tags, .accent)
    }

    private func happened(_ at: Instant, _ text: String, _ context: ScreenContext) -> Line {
        Line("\(context.day(at))  ", .muted) + Line(HarmlessText.line(text, limit: 300))
    }

    private var documents: String {
        let names = facts.documents.map { "\($0.name)\($0.sha256 == nil ? " (not downloaded)" : "")" }
        // Room may end before the names do.
        let count = names.count > 3 ? "\(names.count): " : ""
        return names.isEmpty ? "none" : count + names.joined(separator: ", ")
    }
}

extension DueStanding {
    var role: Role {
        switch self {
        case .overdue: .danger
        case .soon: .warning
        case .settled, .undated, .later: .muted
        }
    }
}
