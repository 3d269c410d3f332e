import FoundationEssentials
import Wire

/// JSON that keeps the order of its members and the text of its numbers: NIC signs what the sender wrote
/// (facts: nic-einvoice-ewb 5).
indirect enum JsonTree: Sendable, Hashable {
    case null
    case flag(Bool)
    /// As it was written: `600.0`.
    case number(String)
    case text(String)
    case list([JsonTree])
    case object([Member])

    struct Member: Sendable, Hashable {
        var name: String
        var value: JsonTree
    }

    /// The first member of that name, in any case.
    subscript(name: String) -> JsonTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// What stands at the end of a way of names; null counts as nothing.
    subscript(way: [Substring]) -> JsonTree? {
        var value: JsonTree? = self
        for name in way { value = value?[String(name)] }
        return value == .null ? nil : value
    }

    /// By a dotted way such as `DocDtls.No`.
    func at(_ way: String) -> JsonTree? { self[way.split(separator: ".")] }

    var items: [JsonTree] { if case .list(let list) = self { list } else { [] } }

    /// Text, or a number's own text; nil for blank.
    var string: String? {
        switch self {
        case .text(let text), .number(let text): text.isEmpty ? nil : text
        default: nil
        }
    }

    /// A number, or text that is one; blanks around it are forgiven.
    var decimal: Decimal? {
        guard let text = string?.split(separator: " ").joined(), !text.isEmpty,
            text.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) })
        else { return nil }
        return Decimal(string: text)
    }

    /// A whole number, however many zeros follow its point.
    var integer: Int? { decimal.flatMap { Int($0.description) } }

    func text(_ way: String) -> String? { at(way)?.string }
    func decimal(_ way: String) -> Decimal { at(way)?.decimal ?? 0 }
    func integer(_ way: String) -> Int? { at(way)?.integer }
    func items(_ way: String) -> [JsonTree] { at(way)?.items ?? [] }

    // MARK: Making

    static func made(_ members: KeyValuePairs<String, JsonTree?>) -> JsonTree {
        .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    static func optional(_ text: String?) -> JsonTree { text.map { .text($0) } ?? .null }
    static func number(_ number: Int) -> JsonTree { .number(String(number)) }

    /// With every name that `names` has in its spelling there, however the sender wrote it.
    func spelled(_ names: [String: String]) -> JsonTree {
        switch self {
        case .list(let list): .list(list.map { $0.spelled(names) })
        case .object(let members):
            .object(
                members.map { Member(name: names[$0.name.lowercased()] ?? $0.name, value: $0.value.spelled(names)) })
        default: self
        }
    }

    /// With a member replaced, or added at the end.
    func setting(_ name: String, _ value: JsonTree) -> JsonTree {
        guard case .object(var members) = self else { return self }
        if let index = members.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) {
            members[index].value = value
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }

    // MARK: Writing

    /// Compact.
    var bytes: [UInt8] {
        var result: [UInt8] = []
        write(to: &result)
        return result
    }

    var json: String { String(decoding: bytes, as: UTF8.self) }

    private func write(to result: inout [UInt8]) {
        switch self {
        case .null: result += Array("null".utf8)
        case .flag(let flag): result += Array((flag ? "true" : "false").utf8)
        case .number(let text): result += Array(text.utf8)
        case .text(let text): JSONText.append(quoted: text.utf8, to: &result)
        case .list(let list):
            result.append(UInt8(ascii: "["))
            for (index, value) in list.enumerated() {
                if index > 0 { result.append(UInt8(ascii: ",")) }
                value.write(to: &result)
            }
            result.append(UInt8(ascii: "]"))
        case .object(let members):
            result.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { result.append(UInt8(ascii: ",")) }
                JSONText.append(quoted: member.name.utf8, to: &result)
                result.append(UInt8(ascii: ":"))
                member.value.write(to: &result)
            }
            result.append(UInt8(ascii: "}"))
        }
    }
}
