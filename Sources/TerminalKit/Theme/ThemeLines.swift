/// Where each key of a TOML text stands: the parser tells places only for syntax errors.
struct ThemeLines {
    private var places: [String: Int] = [:]

    init(_ text: String) {
        var section = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if trimmed.first == "[", let end = trimmed.firstIndex(of: "]") {
                section = ThemeLines.bare(trimmed[trimmed.index(after: trimmed.startIndex)..<end])
                record(section, index + 1)
            } else if let sign = trimmed.firstIndex(of: "="), trimmed.first != "#" {
                record(ThemeLines.path(section, ThemeLines.bare(trimmed[..<sign])), index + 1)
            }
        }
    }

    /// From 1; the section's own line when the key is nowhere, 0 when the section is missing too.
    func line(section: String, key: String) -> Int {
        places[ThemeLines.path(section, key)] ?? places[section] ?? 0
    }

    private mutating func record(_ path: String, _ line: Int) {
        if places[path] == nil { places[path] = line }
    }

    private static func path(_ section: String, _ key: String) -> String {
        section.isEmpty ? key : "\(section).\(key)"
    }

    private static func bare(_ text: Substring) -> String {
        text.filter { !" \t\r\"'".contains($0) }
    }
}
