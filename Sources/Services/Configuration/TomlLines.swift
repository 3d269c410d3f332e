/// Where keys stand in a TOML text.
struct TomlLines {
    private var numbers: [String: Int] = [:]

    init(_ text: String) {
        var section = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if trimmed.hasPrefix("["), let end = trimmed.firstIndex(of: "]") {
                section = String(trimmed[trimmed.index(after: trimmed.startIndex)..<end]) + "."
                remember(String(section.dropLast()), at: index + 1)
            } else if let equals = trimmed.firstIndex(of: "="), !trimmed.hasPrefix("#") {
                let key = trimmed[..<equals].filter { $0 != " " && $0 != "\t" && $0 != "\"" }
                remember(section + key, at: index + 1)
            }
        }
    }

    private mutating func remember(_ key: String, at line: Int) {
        if numbers[key] == nil { numbers[key] = line }
    }

    /// The line of a key; of its section for a key that is missing; 0 when neither stands.
    func number(of key: String) -> Int {
        var path = Substring(key)
        while true {
            if let number = numbers[String(path)] { return number }
            guard let dot = path.lastIndex(of: ".") else { return 0 }
            path = path[..<dot]
        }
    }
}
