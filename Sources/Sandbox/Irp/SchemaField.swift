import Domain
import FoundationEssentials
import Wire

/// One field of a schema: where it stands and what may stand in it.
struct SchemaField: Sendable {
    let way: [Substring]
    let kind: Substring
    let low: Decimal
    let high: Decimal
    let isRequired: Bool

    var name: String { way.last.map(String.init) ?? "" }

    /// `way kind low-high M`.
    init?(_ line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 4 else { return nil }
        way = words[0].split(separator: ".")
        kind = words[1]
        isRequired = words[3] == "M"
        // A range may begin below zero.
        let dash = words[2].dropFirst().firstIndex(of: "-")
        low = dash.flatMap { Decimal(string: String(words[2][..<$0])) } ?? 0
        high = dash.flatMap { Decimal(string: String(words[2][words[2].index(after: $0)...])) } ?? 0
    }

    /// The objects that the field belongs in, each with the text that names it; a section that is absent has none.
    func places(in whole: JsonTree) -> [(path: String, parent: JsonTree)] {
        var places: [(path: String, parent: JsonTree)] = [("", whole)]
        for name in way.dropLast() {
            places = places.flatMap { place -> [(path: String, parent: JsonTree)] in
                switch place.parent[String(name)] {
                case .object(let members)?: return [("\(place.path)\(name).", .object(members))]
                case .list(let list)?:
                    return list.enumerated().map { ("\(place.path)\(name)[\($0.offset)].", $0.element) }
                default: return []
                }
            }
        }
        return places
    }

    /// What is wrong with a value; nil for nothing.
    func problem(_ value: JsonTree) -> String? {
        switch kind {
        case "section":
            if case .object = value { return nil }
            return "is no object"
        case "list":
            guard case .list(let list) = value else { return "is no array" }
            return Decimal(list.count) < low || Decimal(list.count) > high ? "has \(list.count) elements" : nil
        case "n0", "n2", "n3": return numberProblem(value)
        default:
            guard case .text(let text) = value else { return "is no text" }
            let count = Decimal(text.unicodeScalars.count)
            if count < low || count > high { return "must have \(low) to \(high) characters" }
            return Self.fits(text, kind) ? nil : "has a value that is not allowed"
        }
    }

    private func numberProblem(_ value: JsonTree) -> String? {
        guard case .number(let text) = value, let number = Decimal(string: text) else { return "is no number" }
        if number < low || number > high { return "must be \(low) to \(high)" }
        let places = kind == "n0" ? 0 : kind == "n2" ? 2 : 3
        // Zeros at the end do not count: 10.500 has one decimal.
        let fraction = text.split(separator: ".").dropFirst().first.map { Array($0.utf8) } ?? []
        return fraction.dropFirst(places).contains { $0 != 48 } ? "has more than \(places) decimals" : nil
    }

    private static func fits(_ text: String, _ kind: Substring) -> Bool {
        let bytes = Array(text.utf8)
        switch kind {
        case "text": return !bytes.contains(34) && !bytes.contains(92)
        case "digits": return bytes.allSatisfy { (48...57).contains($0) }
        case "state", "code": return bytes.allSatisfy { (48...57).contains($0) } && bytes.contains { $0 != 48 }
        case "gstin": return isGstin(bytes)
        case "party": return text.uppercased() == "URP" || isGstin(bytes)
        case "date": return NicTime.date(text) != nil && bytes.count == 10 && bytes[2] == 47 && bytes[5] == 47
        case "document":
            guard let first = bytes.first, first != 48, first != 45, first != 47 else { return false }
            return bytes.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 47
            }
        default: return kind.dropFirst().split(separator: ",").contains { $0 == text.uppercased() }
        }
    }

    private static func isGstin(_ bytes: [UInt8]) -> Bool {
        bytes.count == 15 && bytes.prefix(2).allSatisfy { (48...57).contains($0) }
            && bytes.dropFirst(2).allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}
