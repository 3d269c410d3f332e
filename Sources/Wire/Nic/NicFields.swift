import Domain
import FoundationEssentials

/// An object as NIC's services and their resellers write it: names in any case, numbers that may be text, null or blank
/// for "none" (facts: nic-einvoice-ewb 1.5 to 1.7).
public struct NicFields: Sendable, Hashable {
    private let values: [String: JSONValue]
    /// Names that stand there with null.
    private let nulls: Set<String>

    /// nil for anything but an object.
    public init?(_ value: JSONValue?) {
        guard case .object(let object)? = value else { return nil }
        var values: [String: JSONValue] = [:]
        // Sorted, so that of names that differ in case alone the same one is always taken.
        var nulls: Set<String> = []
        for (name, value) in object.sorted(by: { $0.key < $1.key }) {
            let name = name.lowercased()
            if value == .null { nulls.insert(name) } else if values[name] == nil { values[name] = value }
        }
        self.values = values
        self.nulls = nulls.subtracting(values.keys)
    }

    /// - Throws: `Problem` when the bytes are no JSON object.
    public init(_ bytes: [UInt8]) throws(WireJSON.Problem) {
        guard let fields = NicFields(try JSONValue(bytes)) else { throw WireJSON.Problem("it is no JSON object") }
        self = fields
    }

    /// The first of the names that stands there with a value.
    public func value(_ names: String...) -> JSONValue? { find(names) }

    /// Whether it is said that there is none, which is more than nothing being said.
    public func isNull(_ name: String) -> Bool { nulls.contains(name.lowercased()) }

    /// Text, or a number's digits; nil for none and for blank.
    public func text(_ names: String...) -> String? { find(names).flatMap(Self.text) }

    public func number(_ names: String...) -> Int? { find(names).flatMap(Self.text).flatMap { Int($0) } }

    /// An amount, exactly as it stands in the JSON.
    public func amount(_ names: String...) -> Decimal? { find(names).flatMap(Self.amount) }

    public func instant(_ names: String...) -> Instant? {
        find(names).flatMap(Self.text).flatMap { NicTime.instant($0) }
    }

    public func date(_ names: String...) -> LegalDate? {
        // What comes with a time of day is the day in front of it.
        find(names).flatMap(Self.text).flatMap { NicTime.date($0.prefix { $0 != " " }) }
    }

    public func fields(_ names: String...) -> NicFields? { NicFields(find(names)) }

    /// Objects of a list; what is no object is left out.
    public func list(_ names: String...) -> [NicFields] { (find(names)?.list ?? []).compactMap { NicFields($0) } }

    private func find(_ names: [String]) -> JSONValue? {
        for name in names { if let value = values[name.lowercased()] { return value } }
        return nil
    }

    static func text(_ value: JSONValue) -> String? {
        let text: String
        switch value {
        case .text(let found): text = found.split(separator: " ").joined(separator: " ")
        case .integer(let number): text = String(number)
        case .number(let number): text = number.description
        case .flag(let flag): text = flag ? "true" : "false"
        case .null, .list, .object: return nil
        }
        return text.isEmpty ? nil : text
    }

    private static func amount(_ value: JSONValue) -> Decimal? {
        switch value {
        case .integer(let number): Decimal(number)
        case .number(let number): number
        case .text(let text):
            text.utf8.allSatisfy { (45...57).contains($0) && $0 != 47 } ? Decimal(string: text) : nil
        default: nil
        }
    }

    /// A value that may be JSON itself, JSON in a text, or JSON in base64 in a text.
    static func unfolded(_ value: JSONValue) -> JSONValue {
        guard case .text(let text) = value else { return value }
        if let inner = structure(Array(text.utf8)) { return inner }
        return Base64.bytes(text).flatMap(structure) ?? value
    }

    private static func structure(_ bytes: [UInt8]) -> JSONValue? {
        guard let first = bytes.first(where: { ![9, 10, 13, 32].contains($0) }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        return try? JSONValue(bytes)
    }
}
