import Foundation

/// How a run of the program ended and what it printed.
struct Run: Sendable {
    let status: Int32
    let bytes: [UInt8]
    let errors: String

    var output: String { String(decoding: bytes, as: UTF8.self) }
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

    /// Each line of standard output as a JSON object.
    func rows() throws -> [Row] { try lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) } }
}

/// One row of `--json` output.
struct Row: Decodable, Sendable, Equatable {
    let values: [String: Json]

    init(from decoder: any Decoder) throws { values = try decoder.singleValueContainer().decode([String: Json].self) }

    var keys: Set<String> { Set(values.keys) }
    subscript(key: String) -> Json { values[key] ?? .missing }
}

/// Any JSON value.
enum Json: Decodable, Sendable, Equatable {
    case text(String), number(Double), flag(Bool), list([Json]), object([String: Json]), null, missing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([Json].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: Json].self))
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var integer: Int? { if case .number(let number) = self { Int(number) } else { nil } }
}
