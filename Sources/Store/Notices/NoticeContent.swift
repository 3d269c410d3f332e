internal import Domain
internal import GRDB

/// The content of a notice as columns, and the difference between two.
enum NoticeContent {
    /// In the order place … raw_state, content_hash.
    static func arguments(_ facts: NoticeFacts) -> StatementArguments {
        [
            facts.place.rawValue, facts.reference, facts.form, facts.section, facts.summary, facts.period,
            facts.issuedOn?.dayNumber, facts.dueOn?.dayNumber, facts.dueBasis?.rawValue, facts.demand?.paise,
            facts.state.rawValue, facts.rawState,
            ContentHash.of(fields(facts).map(\.value).joined(separator: "\u{1F}")),
        ]
    }

    /// Names as in the command line's rows.
    private static func fields(_ facts: NoticeFacts) -> [(name: String, value: String)] {
        [
            ("place", facts.place.rawValue), ("reference", facts.reference), ("form", facts.form),
            ("section", facts.section), ("description", facts.summary), ("period", facts.period),
            ("issued_on", facts.issuedOn?.description ?? ""), ("due_on", facts.dueOn?.description ?? ""),
            ("due_basis", facts.dueBasis?.rawValue ?? ""), ("demand", facts.demand?.decimalText ?? ""),
            ("state", facts.state.rawValue), ("portal_state", facts.rawState),
        ]
    }

    static func changes(from old: NoticeFacts, to new: NoticeFacts) -> [(field: String, old: String, new: String)] {
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
