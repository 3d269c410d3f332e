import Domain
import Wire

/// A proceeding as it is shown: written once, for one fetch asks for each part of it in turn.
struct EFilingEntry: Sendable {
    /// One notice with what hangs on it.
    struct Notice: Sendable {
        var id: String
        var sequence: String
        var row: EFilingNotice
        var letters: [EFilingFile]
        var replies: [(row: EFilingReply, file: EFilingFile?)]

        var files: [EFilingFile] { letters + replies.compactMap(\.file) }
    }

    let id: String
    let place: Place
    let row: EFilingProceeding
    let notices: [Notice]
    let orders: [EFilingFile]
    /// Whether no list shows it, though it can be asked for by its number.
    let isUnlisted: Bool

    init(_ shown: EFilingCase) {
        id = shown.id
        place = shown.place
        row = shown.row
        notices = shown.notices.map { notice in
            Notice(
                id: notice.notice.id, sequence: shown.sequence(notice), row: shown.row(notice),
                letters: shown.letters(notice), replies: shown.replies(notice))
        }
        orders = shown.orders
        isUnlisted = shown.hasVanished
    }

    /// How many records its list holds with all that hangs on it.
    var count: Int { notices.count + orders.count }

    func notice(_ sequence: String?) -> Notice? { notices.first { $0.sequence == sequence } }
}
