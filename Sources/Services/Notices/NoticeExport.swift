import Domain
import Foundation

/// How a notice stands in an exported file and in the command's rows.
public enum NoticeExport {
    static let header =
        "id,portal,identity,business,reference,form,section,description,period,issued_on,due_on,due_basis,demand,state,documents,first_seen_at,assignee,tags,gone_at\n"

    /// One CSV line. A cell that a spreadsheet would take for a formula gets a leading apostrophe.
    static func csv(_ notice: Notice) -> String {
        let facts = notice.facts
        let cells = [
            String(notice.id.rawValue), notice.identity.portal.rawValue, notice.identity.text, notice.business,
            facts.reference, facts.form, facts.section, facts.summary, facts.period, facts.issuedOn?.description ?? "",
            notice.due?.on.description ?? "", notice.due?.basis.rawValue ?? "", facts.demand?.decimalText ?? "",
            facts.state.rawValue, String(facts.documents.count), TimeText.rfc3339(notice.firstSeenAt),
            notice.work.assignee ?? "", notice.work.tags.joined(separator: " "),
            notice.goneAt.map(TimeText.rfc3339) ?? "",
        ]
        return cells.map(cell).joined(separator: ",") + "\n"
    }

    /// By scalars: a comma with a combining mark is one character to Swift, but still a separator to a spreadsheet.
    static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map(formulaSigns.contains) ?? false
        let safe = isFormula && Rupees(text) == nil ? "'" + text : text
        guard safe.unicodeScalars.contains(where: quotedSigns.contains) else { return safe }
        var quoted = String.UnicodeScalarView()
        quoted.append("\"")
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }

    /// With the full-width forms, which spreadsheets of East Asian settings take for the plain ones.
    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]
    private static let quotedSigns: Set<Unicode.Scalar> = [",", ";", "\t", "\"", "'", "\n", "\r"]

    static func json(_ notice: Notice) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(NoticeRow(notice)), as: UTF8.self) + "\n"
    }
}

/// The keys of the CLI contract's row `notice list`.
public struct NoticeRow: Encodable, Sendable {
    let id: Int64
    let portal, identity, business, reference, form, section, description, period: String
    @OrNull var issued_on: String?
    @OrNull var due_on: String?
    @OrNull var due_basis: String?
    @OrNull var demand: String?
    let state: String
    let documents: Int
    let first_seen_at: String
    /// `portal` or `manual`.
    let origin: String
    @OrNull var assignee: String?
    let tags: [String]
    let notes: Int
    @OrNull var gone_at: String?

    public init(_ notice: Notice) {
        let facts = notice.facts
        id = notice.id.rawValue
        portal = notice.identity.portal.rawValue
        identity = notice.identity.text
        business = notice.business
        reference = facts.reference
        form = facts.form
        section = facts.section
        description = facts.summary
        period = facts.period
        issued_on = facts.issuedOn?.description
        due_on = notice.due?.on.description
        due_basis = notice.due?.basis.rawValue
        demand = facts.demand?.decimalText
        state = facts.state.rawValue
        documents = facts.documents.count
        first_seen_at = TimeText.rfc3339(notice.firstSeenAt)
        origin = notice.isManual ? "manual" : "portal"
        assignee = notice.work.assignee
        tags = notice.work.tags
        notes = notice.work.noteCount
        gone_at = notice.goneAt.map(TimeText.rfc3339)
    }
}
