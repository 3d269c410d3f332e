import Domain
import Foundation
import Wire

/// A JSON document with one value changed, for every value and several changes of it.
struct JSONChange: CustomStringConvertible {
    var description: String
    var document: JSONValue

    /// Every one-value change of a document, in a fixed order.
    static func all(of document: JSONValue) -> [JSONChange] {
        places(document).flatMap { place, value in
            others(than: value).map { name, other in
                JSONChange(
                    description: "\(place.joined(separator: ".")) \(name)",
                    document: replaced(document, at: place[...], with: other))
            }
        }
    }

    /// The document with a text at a place, for numbers that must be new each time.
    static func setting(_ text: String, at place: [String], in document: JSONValue) -> JSONValue {
        replaced(document, at: place[...], with: .text(text))
    }

    private static func places(_ value: JSONValue) -> [(place: [String], value: JSONValue)] {
        switch value {
        case .object(let object):
            object.sorted { $0.key < $1.key }.flatMap { name, inner in
                places(inner).map { ([name] + $0.place, $0.value) }
            }
        case .list(let list):
            list.enumerated().flatMap { index, inner in places(inner).map { (["\(index)"] + $0.place, $0.value) } }
        default: [([], value)]
        }
    }

    /// nil takes the value away.
    private static func others(than value: JSONValue) -> [(name: String, value: JSONValue?)] {
        let amount: Decimal
        switch value {
        case .integer(let number): amount = Decimal(number)
        case .number(let number): amount = number
        default:
            let texts = ["", "x", "00", "URP", "96", "ABCDEFGH", "29AAACB1234F1Z0", "Y"]
            return [("missing", nil)] + texts.map { ("= \"\($0)\"", .text($0)) }
        }
        let numbers: [Decimal] = [
            0, -1, 1, amount + Decimal(1) / 2, amount + 4, amount * 2, 999_999, Decimal(1) / 1_000,
        ]
        return [("missing", nil), ("as text", .text(amount.description))]
            + numbers.map { ("= \($0)", .number($0)) }
    }

    private static func replaced(_ value: JSONValue, at place: ArraySlice<String>, with other: JSONValue?) -> JSONValue
    {
        guard let name = place.first else { return other ?? .null }
        let rest = place.dropFirst()
        switch value {
        case .object(var object):
            if rest.isEmpty {
                object[name] = other
            } else {
                object[name] = object[name].map { replaced($0, at: rest, with: other) }
            }
            return .object(object)
        case .list(var list):
            guard let index = Int(name), list.indices.contains(index) else { return value }
            list[index] = replaced(list[index], at: rest, with: other)
            return .list(list)
        default: return value
        }
    }
}
