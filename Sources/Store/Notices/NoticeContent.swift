internal import Domain
internal import GRDB

/// The content of a notice as columns, and the difference between two.
enum NoticeContent {
    /// In the order of `columns`.
    static func arguments(_ facts: NoticeFacts) -> StatementArguments {
        [
            facts.place.rawValue, facts.reference, facts.form, facts.section, facts.summary, facts.period,
            facts.issuedOn?.dayNumber, facts.servedOn?.dayNumber, facts.dueOn?.dayNumber,
            facts.dueBasis?.rawValue, facts.act?.rawValue, facts.demand?.paise, facts.state.rawValue, facts.rawState,
            ContentHash.of(fields(facts).map(\.value).joined(separator: "\u{1F}")),
            NoticeParticularsText.text(facts.particulars),
        ]
    }

    /// What a portal says; the date that counts stands apart.
    static let columns = [
        "place", "reference", "form", "section", "summary", "period", "issued_on", "served_on", "said_due_on",
        "said_due_basis", "act", "demand", "state", "raw_state", "content_hash", "particulars",
    ]

    /// Names as in the command line's rows. The day of service, the Act and the particulars are left out: they
    /// explain, and a portal that begins to tell them has changed nothing.
    private static func fields(_ facts: NoticeFacts) -> [(name: String, value: String)] {
        [
            ("place", facts.place.rawValue), ("reference", facts.reference), ("form", facts.form),
            ("section", facts.section), ("description", facts.summary), ("period", facts.period),
            ("issued_on", facts.issuedOn?.description ?? ""), ("due_on", facts.dueOn?.description ?? ""),
            ("due_basis", facts.dueBasis?.rawValue ?? ""), ("demand", facts.demand?.decimalText ?? ""),
            ("state", facts.state.rawValue), ("portal_state", facts.rawState),
        ]
    }

    typealias Change = (field: String, old: String, new: String)

    static func changes(from old: NoticeFacts, to new: NoticeFacts) -> [Change] {
        var changes = zip(fields(old), fields(new)).filter { $0.value != $1.value }.map {
            ($0.name, $0.value, $1.value)
        }
        let known = Set(old.documents.map(\.externalId))
        let added = new.documents.filter { !known.contains($0.externalId) }
        if !added.isEmpty {
            changes.append(("documents", "\(old.documents.count)", "\(old.documents.count + added.count)"))
        }
        return changes
    }
}
