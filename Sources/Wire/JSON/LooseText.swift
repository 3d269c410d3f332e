/// A text that some answers write as a number or a truth value.
public struct LooseText: Codable, Sendable, Hashable {
    public var text: String

    public init(_ text: String) { self.text = text }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        if let text = try? box.decode(String.self) {
            self.text = text
        } else if let number = try? box.decode(Int64.self) {
            text = String(number)
        } else if let flag = try? box.decode(Bool.self) {
            text = flag ? "true" : "false"
        } else {
            text = String(try box.decode(Double.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(text)
    }
}
