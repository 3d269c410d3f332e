internal import Domain
internal import Foundation

/// The particulars of a notice as they stand in its row.
enum NoticeParticularsText {
    /// nil where there are none.
    static func text(_ particulars: NoticeParticulars) -> String? {
        if particulars.isEmpty { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(particulars)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What cannot be read counts as not there: the next fetch brings it again.
    static func read(_ text: String?) -> NoticeParticulars {
        guard let text else { return NoticeParticulars() }
        return (try? JSONDecoder().decode(NoticeParticulars.self, from: Data(text.utf8))) ?? NoticeParticulars()
    }
}
