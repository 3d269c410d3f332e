import Domain

/// What was typed into the filter of a list at authorities: words that the list knows, a GSTIN for its client, and a text
/// to look for.
struct FilterWords: Sendable {
    private(set) var gstin: Gstin?
    /// nil when nothing is left to look for.
    private(set) var text: String?

    /// - Parameters:
    ///   - phrases: what stands on the screen as several words, with the word that is meant.
    ///   - know: takes a word in small letters; false when the list does not know it.
    init(_ typed: String, _ phrases: [(phrase: String, word: String)], know: (String) -> Bool) {
        var rest: [Substring] = []
        for word in ShownWords.joined(typed, phrases).split(whereSeparator: \.isWhitespace) {
            if know(word.lowercased()) { continue }
            if let found = try? Gstin(String(word)) { gstin = found } else { rest.append(word) }
        }
        text = rest.isEmpty ? nil : rest.joined(separator: " ")
    }
}
