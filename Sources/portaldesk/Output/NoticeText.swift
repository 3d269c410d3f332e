import Domain
import Foundation
import Services

/// `notice show` with `--json`: the row of `notice list`, its documents, what the portal changed, and what people did.
struct NoticeDetail: Encodable {
    let dossier: NoticeDossier

    private enum Key: String, CodingKey {
        case last_seen_at, portal_state, served_on, portal_due_on, act, due_words, files, changes, note_texts, history,
            unread, printed_reference, proceeding, subject, replies, default_lines
    }

    private struct Reply: Encodable {
        let id, type, text: String
        @OrNull var date: String?
        let attachments: [String]
    }

    private struct DefaultLine: Encodable {
        let code, type: String
        @OrNull var amount: String?
        @OrNull var reported: String?
        @OrNull var payable: String?
    }

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

    private struct Line: Encodable { let at, who, text: String }

    func encode(to encoder: any Encoder) throws {
        let notice = dossier.notice
        try NoticeRow(notice).encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(TimeText.rfc3339(notice.lastSeenAt), forKey: .last_seen_at)
        try container.encode(notice.facts.rawState, forKey: .portal_state)
        try container.encode(notice.facts.servedOn?.description, forKey: .served_on)
        try container.encode(notice.facts.dueOn?.description, forKey: .portal_due_on)
        try container.encode(notice.facts.act?.rawValue, forKey: .act)
        try container.encode(dossier.dueWords, forKey: .due_words)
        try container.encode(dossier.unread, forKey: .unread)
        let files = notice.facts.documents.map {
            File(name: $0.name, media_type: $0.mediaType, size: $0.byteCount, sha256: $0.sha256)
        }
        try container.encode(files, forKey: .files)
        let particulars = notice.facts.particulars
        try container.encode(particulars.printedReference, forKey: .printed_reference)
        try container.encode(particulars.proceeding, forKey: .proceeding)
        try container.encode(particulars.subject, forKey: .subject)
        let replies = particulars.replies.map {
            Reply(
                id: $0.id, type: $0.kind, text: $0.text, date: $0.submittedOn?.description, attachments: $0.attachments)
        }
        try container.encode(replies, forKey: .replies)
        let lines = particulars.defaults.map {
            DefaultLine(
                code: $0.code, type: $0.kind, amount: $0.amount?.decimalText, reported: $0.reported?.decimalText,
                payable: $0.payable?.decimalText)
        }
        try container.encode(lines, forKey: .default_lines)
        let rows = dossier.changes.map {
            Change(at: TimeText.rfc3339($0.at), version: $0.version, field: $0.field, old: $0.old, new: $0.new)
        }
        try container.encode(rows, forKey: .changes)
        let notes = dossier.notes.map { Line(at: TimeText.rfc3339($0.at), who: $0.author, text: $0.text) }
        try container.encode(notes, forKey: .note_texts)
        let history = dossier.deeds.map { Line(at: TimeText.rfc3339($0.at), who: $0.who, text: $0.what) }
        try container.encode(history, forKey: .history)
    }
}

enum NoticeText {
    static func lines(_ dossier: NoticeDossier, today: LegalDate, utcOffset: Int) -> [String] {
        let (notice, facts) = (dossier.notice, dossier.notice.facts)
        func time(_ instant: Instant) -> String { TimeText.full(instant, offset: utcOffset) }
        let due = [
            notice.due.map { TimeText.date($0.on) } ?? "none", notice.standing(on: today).words, dossier.dueWords,
        ].filter { !$0.isEmpty }
        var fields = [
            ("Reference", facts.reference), ("Printed as", facts.particulars.printedReference),
            ("Proceeding", facts.particulars.proceeding), ("About", facts.particulars.subject),
            ("For", "\(notice.identity.portal.shortName) \(notice.identity) \(notice.business)"),
            ("Form", [facts.form, facts.section].filter { !$0.isEmpty }.joined(separator: " ")),
            ("Period", facts.period), ("What", facts.summary), ("Issued", facts.issuedOn.map(TimeText.date) ?? ""),
            ("Served", facts.servedOn.map(TimeText.date) ?? ""), ("Due", due.joined(separator: ", ")),
            ("Demand", facts.demand?.grouped ?? ""),
            ("State", facts.state.title + stateSource(notice)),
            ("Assignee", notice.work.assignee ?? ""),
            ("Tags", notice.work.tags.map { "#\($0)" }.joined(separator: " ")),
            (notice.isManual ? "Entered" : "First seen", time(notice.firstSeenAt)),
        ]
        for text in dossier.unread { fields.append(("Not read", "\(text); see `portaldesk stray list`")) }
        if !notice.isManual { fields.append(("Last seen", time(notice.lastSeenAt))) }
        if let gone = notice.goneAt { fields.append(("Gone", "not on the portal since \(time(gone))")) }
        fields += facts.particulars.defaultTexts().map { ("Default", $0) }
        fields += facts.particulars.replyTexts.map { ("Reply", $0) }
        for document in facts.documents {
            let bytes = Counted.text(document.byteCount, "byte")
            let hash = document.sha256.map { ", sha256 \($0)" } ?? ", not downloaded"
            fields.append(("Document", "\(document.name), \(bytes)\(hash)"))
        }
        fields += dossier.changes.map { ("Changed", "\(time($0.at)) \($0.words)") }
        fields += dossier.notes.map { ("Note", "\(time($0.at)) \($0.author): \($0.text)") }
        fields += dossier.deeds.map { ("History", "\(time($0.at)) \($0.who) \($0.what)") }
        return Labelled.lines(fields)
    }

    private static func stateSource(_ notice: Notice) -> String {
        if notice.work.state != nil { return " (set by hand)" }
        return notice.facts.rawState.isEmpty ? "" : " (portal: \(notice.facts.rawState))"
    }
}
