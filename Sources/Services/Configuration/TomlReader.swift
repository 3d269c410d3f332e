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

    /// - Throws: `ConfigurationProblems` holding the one syntax error.
    init(file: String, text: String) throws(ConfigurationProblems) {
        self.file = file
        lines = TomlLines(text)
        if let trap = TomlTrap(in: text) {
            throw ConfigurationProblems(problems: [
                ConfigurationProblem(
                    file: file, line: trap.line, key: "", message: trap.problem)
            ])
        }
        do {
            root = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let line = error.source.begin.line
            throw ConfigurationProblems(problems: [
                ConfigurationProblem(file: file, line: line, key: "", message: "is no valid TOML: \(error.description)")
            ])
        } catch {
            throw ConfigurationProblems(problems: [
                ConfigurationProblem(file: file, line: 0, key: "", message: "is no valid TOML")
            ])
        }
    }

    mutating func complain(_ key: String, _ message: String) {
        problems.append(ConfigurationProblem(file: file, line: lines.number(of: key), key: key, message: message))
    }

    func line(of key: String) -> Int { lines.number(of: key) }

    mutating func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else {
            complain(key, "must be a text in quotes")
            return nil
        }
        return text
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = string(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        complain(key, "must be one of \(Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))")
        return nil
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.int else {
            complain(key, "must be a whole number")
            return nil
        }
        guard range.contains(number) else {
            complain(key, "must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func bool(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.bool else {
            complain(key, "must be true or false")
            return nil
        }
        return flag
    }

    mutating func strings(_ key: String) -> [String]? {
        guard let value = value(key) else { return nil }
        let texts = value.array.map { array in array.map { $0.string } }
        guard let texts, texts.allSatisfy({ $0 != nil }) else {
            complain(key, "must be a list of texts, such as [\"a\", \"b\"]")
            return nil
        }
        return texts.compactMap { $0 }
    }

    /// All entries of a table whose values are texts, such as `[keys]`.
    mutating func texts(in section: String) -> [String: String] {
        guard let value = value(section) else { return [:] }
        guard let table = value.table else {
            complain(section, "must be a table")
            return [:]
        }
        var result: [String: String] = [:]
        // Not by path: a key in quotes may hold a dot.
        for key in table.keys {
            known.insert("\(section).\(key)")
            if let text = table[key]?.string {
                result[key] = text
            } else {
                complain("\(section).\(key)", "must be a text in quotes")
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
        var table = root
        let parts = path.split(separator: ".").map(String.init)
        for part in parts.dropLast() {
            guard let inner = table[part]?.table else { return nil }
            table = inner
        }
        return parts.last.flatMap { table[$0] }
    }
}
