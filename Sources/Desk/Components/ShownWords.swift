import Domain

/// What stands on the screen as several words, for filters that understand one word at a time.
enum ShownWords {
    /// The names of the portals, longest first so that none is taken for a part of another.
    static let portals: [(phrase: String, word: String)] = [
        ("income tax department portal", "income_tax"), ("income tax portal", "income_tax"),
        ("income tax", "income_tax"), ("tds portal (traces)", "traces"), ("tds portal", "traces"),
        ("gst portal", "gst"),
    ]

    static func portal(_ word: String) -> Portal? {
        switch word {
        case "gst": .gst
        case "it", "incometax", "income_tax", "income-tax": .incomeTax
        case "traces", "tds", "(traces)": .traces
        default: nil
        }
    }

    /// `text` with every phrase, where it stands as whole words and in whatever case, replaced by its word.
    static func joined(_ text: String, _ phrases: [(phrase: String, word: String)]) -> String {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        for (phrase, word) in phrases {
            let wanted = phrase.split(separator: " ").map(String.init)
            var index = 0
            while index + wanted.count <= words.count {
                let range = index..<index + wanted.count
                if words[range].map({ $0.lowercased() }) == wanted { words.replaceSubrange(range, with: [word]) }
                index += 1
            }
        }
        return words.joined(separator: " ")
    }
}
