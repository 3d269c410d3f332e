import Domain
import Foundation
import Services

/// `notice show` with `--json`: the row of `notice list`, its documents and what the portal changed.
struct NoticeDetail: Encodable {
    let notice: Notice
    let changes: [NoticeChange]

    private enum Key: String, CodingKey { case last_seen_at, portal_state, files, changes }

    private struct File: Encodable {
        let name, media_type: String
        let size: Int
        @OrNull var sha256: String?
    }

    private struct Change: Encodable {
        let at: String
        let version: Int
        let field, old, new: String
    }

    func encode(to encoder: any Encoder) throws {
        try NoticeRow(notice).encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(TimeText.rfc3339(notice.lastSeenAt), forKey: .last_seen_at)
        try container.encode(notice.facts.rawState, forKey: .portal_state)
        let files = notice.facts.documents.map {
            File(name: $0.name, media_type: $0.mediaType, size: $0.byteCount, sha256: $0.sha256)
        }
        try container.encode(files, forKey: .files)
        let rows = changes.map {
            Change(at: TimeText.rfc3339($0.at), version: $0.version, field: $0.field, old: $0.old, new: $0.new)
        }
        try container.encode(rows, forKey: .changes)
    }
}

enum NoticeText {
    static func lines(_ notice: Notice, _ changes: [NoticeChange], utcOffset: Int) -> [String] {
        let facts = notice.facts
        func line(_ title: String, _ text: String) -> String {
            title.padding(toLength: 12, withPad: " ", startingAt: 0) + (text.isEmpty ? "-" : text)
        }
        var lines = [
            line("Reference", facts.reference),
            line("For", "\(notice.identity.portal.shortName) \(notice.identity) \(notice.business)"),
            line("Form", "\(facts.form) \(facts.section)"), line("Period", facts.period), line("What", facts.summary),
            line("Issued", facts.issuedOn.map(TimeText.date) ?? ""),
            line("Due", (facts.dueOn.map(TimeText.date) ?? "") + (facts.dueBasis.map { " (\($0.rawValue))" } ?? "")),
            line("Demand", facts.demand?.grouped ?? ""),
            line("State", "\(facts.state.rawValue) (portal: \(facts.rawState))"),
            line("First seen", TimeText.full(notice.firstSeenAt, offset: utcOffset)),
            line("Last seen", TimeText.full(notice.lastSeenAt, offset: utcOffset)),
        ]
        for document in facts.documents {
            lines.append(
                line(
                    "Document",
                    "\(document.name), \(Counted.text(document.byteCount, "byte"))\(document.sha256.map { ", sha256 \($0)" } ?? ", not downloaded")"
                ))
        }
        for change in changes {
            lines.append(
                line(
                    "Changed",
                    "\(TimeText.full(change.at, offset: utcOffset)) \(change.field): \(change.old) -> \(change.new)"))
        }
        return lines.map { HarmlessText.line($0, limit: 4_000) }
    }
}
