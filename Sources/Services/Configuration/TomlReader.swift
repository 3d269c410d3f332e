import TOMLKit
import Toml

/// Reads one TOML file key by key, collecting what is wrong with line numbers instead of stopping at the first.
///
/// The parser gives line numbers for syntax errors only, so those of keys are found by reading the text.
struct TomlReader {
    let file: String
    private let root: TOMLTable
    private let lines: TomlLines
    private var known: Set<String> = []
    private(set) var problems: [ConfigurationProblem] = []
    /// Keys whose value could not be read: that was said, and nothing more is known of them.
    private var unread: Set<String> = []

    /// Values of no kind at all that are read past; a text with more of them is no settings file.
    private static let mostOddValues = 100

    /// - Throws: `ConfigurationProblems` holding the one syntax error, behind the values of no kind before it.
    init(file: String, text: String) throws(ConfigurationProblems) {
        self.file = file
        lines = TomlLines(text)
        var bytes = Array(text.utf8)
        var problems: [ConfigurationProblem] = []
        while let trap = TomlTrap(in: String(decoding: bytes, as: UTF8.self)) {
            let key = trap.value == nil ? "" : lines.key(at: trap.line)
            problems.append(ConfigurationProblem(file: file, line: trap.line, key: key, message: trap.problem))
            guard let value = trap.value, problems.count < Self.mostOddValues else {
                throw ConfigurationProblems(problems: problems)
            }
            // Anything in its place lets the rest be read; nobody is told the number.
            bytes.replaceSubrange(value, with: "0".utf8)
            unread.insert(key)
        }
        do {
            root = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
        } catch {
            let parsing = error as? TOMLParseError
            let message = "is no valid TOML" + (parsing.map { ": \($0.description)" } ?? "")
            let line = parsing.map { Int($0.source.begin.line) } ?? 0
            throw ConfigurationProblems(
                problems: problems + [ConfigurationProblem(file: file, line: line, key: "", message: message)])
        }
        self.problems = problems
    }

    /// One complaint about a value that cannot be read is enough.
    mutating func complain(_ key: String, _ message: String) {
        guard !isUnread(key) else { return }
        problems.append(problem(key, message))
    }

    func problem(_ key: String, _ message: String) -> ConfigurationProblem {
        ConfigurationProblem(file: file, line: lines.number(of: key), key: key, message: message)
    }

    /// Whether something stands there that could not be read.
    func isUnread(_ key: String) -> Bool { unread.contains { key == $0 || key.hasPrefix($0 + ".") } }

    /// Complains about a value of which nothing is known then.
    private mutating func refuse(_ key: String, _ message: String) {
        complain(key, message)
        unread.insert(key)
    }

    func line(of key: String) -> Int { lines.number(of: key) }

    /// Every text of the file with its key, in no order.
    func allTexts() -> [(key: String, text: String)] { Self.texts(in: root, prefix: "") }

    private static func texts(in table: TOMLTable, prefix: String) -> [(key: String, text: String)] {
        table.keys.flatMap { name -> [(key: String, text: String)] in
            if let text = table[name]?.string { return [(prefix + name, text)] }
            if let inner = table[name]?.table { return texts(in: inner, prefix: "\(prefix)\(name).") }
            return table[name]?.array?.compactMap { item in item.string.map { (prefix + name, $0) } } ?? []
        }
    }

    /// Whether a key or section stands in the file, whatever it holds.
    func holds(_ path: String) -> Bool {
        var table = root
        let parts = path.split(separator: ".").map(String.init)
        for part in parts.dropLast() {
            guard let inner = table[part]?.table else { return false }
            table = inner
        }
        return parts.last.map { table[$0] != nil } ?? false
    }

    mutating func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else {
            refuse(key, "must be a text in quotes")
            return nil
        }
        return text
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = string(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        refuse(key, "must be one of \(Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))")
        return nil
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.int else {
            refuse(key, "must be a whole number")
            return nil
        }
        guard range.contains(number) else {
            refuse(key, "must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func bool(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.bool else {
            refuse(key, "must be true or false")
            return nil
        }
        return flag
    }

    mutating func strings(_ key: String) -> [String]? {
        guard let value = value(key) else { return nil }
        let texts = value.array.map { array in array.map { $0.string } }
        guard let texts, texts.allSatisfy({ $0 != nil }) else {
            refuse(key, "must be a list of texts, such as [\"a\", \"b\"]")
            return nil
        }
        return texts.compactMap { $0 }
    }

    mutating func integers(_ key: String, in range: ClosedRange<Int>) -> [Int]? {
        guard let value = value(key) else { return nil }
        let numbers = value.array.map { array in array.map { $0.int } }
        guard let numbers, numbers.allSatisfy({ $0.map(range.contains) == true }) else {
            refuse(key, "must be a list of whole numbers from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return numbers.compactMap { $0 }
    }

    /// All entries of a table whose values are texts, such as `[keys]`.
    mutating func texts(in section: String) -> [String: String] {
        guard let value = value(section) else { return [:] }
        guard let table = value.table else {
            refuse(section, "must be a section: [\(section)]")
            return [:]
        }
        var result: [String: String] = [:]
        // Not by path: a key in quotes may hold a dot.
        for key in table.keys {
            known.insert("\(section).\(key)")
            if let text = table[key]?.string {
                result[key] = text
            } else {
                refuse("\(section).\(key)", "must be a text in quotes")
            }
        }
        return result
    }

    /// Complaints so far, and one for each key that nobody asked for.
    mutating func finish() throws(ConfigurationProblems) {
        reportUnknown(in: root, prefix: "")
        if !problems.isEmpty { throw ConfigurationProblems(problems: problems.sorted { $0.line < $1.line }) }
    }

    private mutating func reportUnknown(in table: TOMLTable, prefix: String) {
        for key in table.keys {
            let path = prefix + key
            if known.contains(path) { continue }
            let isSection = known.contains { $0.hasPrefix(path + ".") }
            if isSection, let inner = table[key]?.table {
                reportUnknown(in: inner, prefix: path + ".")
            } else if isSection {
                complain(path, "must be a section: [\(path)]")
            } else {
                complain(path, "is no setting that this version knows")
            }
        }
    }

    /// The value at a dotted path; asking makes the key known.
    private mutating func value(_ path: String) -> (any TOMLValueConvertible)? {
        known.insert(path)
        if isUnread(path) { return nil }
        var table = root
        let parts = path.split(separator: ".").map(String.init)
        for (index, part) in parts.dropLast().enumerated() {
            guard let next = table[part] else { return nil }
            guard let inner = next.table else {
                let section = parts[...index].joined(separator: ".")
                refuse(section, "must be a section: [\(section)]")
                return nil
            }
            table = inner
        }
        return parts.last.flatMap { table[$0] }
    }
}
