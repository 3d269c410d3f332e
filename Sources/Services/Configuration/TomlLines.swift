/// Where keys stand in a TOML text.
struct TomlLines {
    private var numbers: [String: Int] = [:]
    /// Lines at which a key or section begins, in order.
    private var keys: [(line: Int, key: String)] = []

    init(_ text: String) {
        var section: [String] = []
        // Of Windows the two signs of a line's end are one character.
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (index, line) in lines.enumerated() {
            var scan = TomlKeyScan(line)
            if scan.skips("[") {
                _ = scan.skips("[")
                guard let path = scan.path(), scan.skips("]") else { continue }
                section = path
                remember(path, at: index + 1)
            } else if let path = scan.path(), scan.skips("=") {
                remember(section + path, at: index + 1)
            }
        }
    }

    private mutating func remember(_ path: [String], at line: Int) {
        let key = path.joined(separator: ".")
        keys.append((line, key))
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

    /// The key whose value stands in a line, which may have begun in one before; empty when there is none.
    func key(at line: Int) -> String { keys.last { $0.line <= line }?.key ?? "" }
}

/// Reads the names before a `=` or in a section's header, bare or in quotes.
private struct TomlKeyScan {
    private var rest: Substring

    init(_ line: Substring) { rest = line }

    /// Whether a sign comes next, which is then behind.
    mutating func skips(_ sign: Character) -> Bool {
        skipBlanks()
        guard rest.first == sign else { return false }
        rest.removeFirst()
        return true
    }

    /// `a`, `a.b`, `"a b".'c'`; nil when there is no name.
    mutating func path() -> [String]? {
        var path: [String] = []
        repeat {
            skipBlanks()
            guard let name = name() else { return nil }
            path.append(name)
        } while skips(".")
        return path
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }

    private mutating func name() -> String? {
        if let quote = rest.first, quote == "\"" || quote == "'" { return quoted(quote) }
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        rest = rest[name.endIndex...]
        return name.isEmpty ? nil : String(name)
    }

    private mutating func quoted(_ quote: Character) -> String? {
        rest.removeFirst()
        var name = ""
        while let sign = rest.popFirst() {
            if sign == quote { return name }
            // Names with other escapes are found by their section's line.
            name.append(sign == "\\" && quote == "\"" ? rest.popFirst() ?? sign : sign)
        }
        return nil
    }
}
