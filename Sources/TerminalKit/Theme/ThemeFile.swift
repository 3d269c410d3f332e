import TOMLKit
import Toml

/// Reads a theme from TOML text and says where something is wrong.
///
/// ```
/// name = "dark"
/// [roles]
/// text = { rgb = "#d0d0d0", ansi = "default", mono = [] }
/// [surfaces]
/// selection = { rgb = "#3a3a3a", ansi = "cyan", ansi_text = "black", mono = ["reverse"] }
/// ```
struct ThemeFile {
    private let file: String
    private let lines: ThemeLines
    private(set) var problems: [ThemeProblem] = []
    private(set) var theme: Theme?

    init(text: String, file: String) {
        self.file = file
        lines = ThemeLines(text)
        if let trap = TomlTrap(in: text) {
            problems.append(ThemeProblem(file: file, line: trap.line, key: "", message: trap.problem))
            return
        }
        do {
            read(try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            let line = Int(error.source.begin.line)
            problems.append(ThemeProblem(file: file, line: line, key: "", message: "not TOML: \(error.description)"))
        } catch {
            problems.append(ThemeProblem(file: file, line: 0, key: "", message: "not TOML"))
        }
    }

    private mutating func read(_ table: TOMLTable) {
        for key in table.keys where !["name", "roles", "surfaces"].contains(key) {
            report(section: "", key, "unknown key; expected name, roles or surfaces")
        }
        let name = table["name"]?.string ?? ""
        if name.isEmpty { report(section: "", "name", "a theme needs a name in quotes") }
        let roles = paints(table, section: "roles", names: Role.allCases.map(\.name), allowsText: false)
        let surfaces = paints(table, section: "surfaces", names: Surface.themed.map(\.name), allowsText: true)
        guard !problems.contains(where: { $0.severity == .error }) else { return }
        let read = Theme(
            name: name,
            roles: Dictionary(
                uniqueKeysWithValues: Role.allCases.compactMap { role in roles[role.name].map { (role, $0) } }),
            surfaces: Dictionary(
                uniqueKeysWithValues: Surface.themed.compactMap { surface in
                    surfaces[surface.name].map { (surface, $0) }
                }))
        theme = read
        for pair in read.lowContrasts() {
            let ratio = (pair.ratio * 10).rounded(.down) / 10
            report(
                section: "roles", pair.role.name,
                "contrast on \(pair.surface.name) is \(ratio) where \(pair.needed) is needed", .warning)
        }
    }

    private mutating func paints(
        _ table: TOMLTable, section: String, names: [String], allowsText: Bool
    ) -> [String: Theme.Paint] {
        guard let entries = table[section]?.table else {
            report(section: "", section, "the section [\(section)] is missing")
            return [:]
        }
        for key in entries.keys.sorted() where !names.contains(key) {
            report(section: section, key, "unknown name; expected one of \(names.joined(separator: ", "))")
        }
        var result: [String: Theme.Paint] = [:]
        for name in names {
            if let entry = entries[name] {
                result[name] = paint(entry.table, section: section, name, allowsText: allowsText)
            } else {
                report(section: "", section, "\(name) is missing; the terminal's own colour is used", .warning)
            }
        }
        return result
    }

    private mutating func paint(
        _ table: TOMLTable?, section: String, _ name: String, allowsText: Bool
    ) -> Theme.Paint? {
        guard let table else {
            report(section: section, name, "expected { rgb = \"#rrggbb\", ansi = \"cyan\", mono = [\"bold\"] }")
            return nil
        }
        let known = allowsText ? ["rgb", "ansi", "ansi_text", "mono"] : ["rgb", "ansi", "mono"]
        for key in table.keys.sorted() where !known.contains(key) {
            report(section: section, name, "unknown key \(key); expected \(known.joined(separator: ", "))", part: key)
        }
        var result = Theme.Paint(rgb: nil, ansi: nil)
        if let text = required(table, "rgb", section, name), text != "default" {
            result.rgb = Rgb(text: text)
            if result.rgb == nil {
                report(section: section, name, "\"\(text)\" is no colour; write #rrggbb or default", part: "rgb")
            }
        }
        if let text = required(table, "ansi", section, name) { result.ansi = ansi(text, section, name, "ansi") }
        if allowsText, table["ansi_text"] != nil, let text = required(table, "ansi_text", section, name) {
            result.ansiText = ansi(text, section, name, "ansi_text")
        }
        result.mono = traits(table, section, name)
        return result
    }

    private mutating func required(_ table: TOMLTable, _ key: String, _ section: String, _ name: String) -> String? {
        guard let text = table[key]?.string else {
            report(section: section, name, "\(key) is missing or not in quotes", part: key)
            return nil
        }
        return text
    }

    private mutating func ansi(_ text: String, _ section: String, _ name: String, _ part: String) -> AnsiColour? {
        if text == "default" { return nil }
        if let colour = AnsiColour(name: text) { return colour }
        let names = AnsiColour.allCases.map(\.name).joined(separator: ", ")
        report(section: section, name, "\"\(text)\" is none of default, \(names)", part: part)
        return nil
    }

    private mutating func traits(_ table: TOMLTable, _ section: String, _ name: String) -> Traits {
        guard let value = table["mono"] else { return [] }
        guard let list = value.array else {
            report(section: section, name, "expected a list such as [\"bold\"]", part: "mono")
            return []
        }
        return list.reduce(into: Traits()) { traits, entry in
            let word = entry.string ?? ""
            if let trait = Traits(word: word) {
                traits.insert(trait)
            } else {
                let known = Traits.words.map(\.word).joined(separator: ", ")
                report(section: section, name, "\"\(word)\" is none of \(known)", part: "mono")
            }
        }
    }

    private mutating func report(
        section: String, _ key: String, _ message: String, _ severity: ThemeProblem.Severity = .error, part: String = ""
    ) {
        let path = [section, key, part].filter { !$0.isEmpty }.joined(separator: ".")
        let line = lines.line(section: section, key: key)
        problems.append(ThemeProblem(file: file, line: line, key: path, message: message, severity: severity))
    }
}

extension Traits {
    static let words: [(word: String, trait: Traits)] = [
        ("bold", .bold), ("underline", .underline), ("reverse", .reverse), ("dim", .dim), ("italic", .italic),
    ]

    init?(word: String) {
        guard let found = Traits.words.first(where: { $0.word == word }) else { return nil }
        self = found.trait
    }
}
