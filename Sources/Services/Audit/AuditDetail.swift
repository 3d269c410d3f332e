import Foundation

/// Further facts of an audit row: a flat JSON object, its keys in order.
enum AuditDetail {
    static func text(_ facts: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(facts)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Empty for what is no such object. Some rows hold numbers.
    static func facts(_ text: String) -> [String: String] {
        let found = try? JSONDecoder().decode([String: Value].self, from: Data(text.utf8))
        return found?.mapValues(\.text) ?? [:]
    }

    private struct Value: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            text = try (try? value.decode(String.self)) ?? String(try value.decode(Int64.self))
        }
    }
}
