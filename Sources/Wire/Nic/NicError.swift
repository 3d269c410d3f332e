import FoundationEssentials

/// One refusal of an IRP, with its number.
public struct NicError: Sendable, Hashable {
    /// Four digits mostly (`2150`); empty where the text came without one.
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// From an array, an object, JSON in a text, base64 of JSON, or bare text such as `2150 : Duplicate IRN`.
    static func all(in value: JSONValue?) -> [NicError] {
        guard let value, value != .null else { return [] }
        switch NicFields.unfolded(value) {
        case .list(let list): return list.flatMap { all(in: $0) }
        case .text(let text): return text.isEmpty ? [] : [NicError(text: text)]
        case let other: return [NicFields(other).flatMap(NicError.init)].compactMap { $0 }
        }
    }

    private init?(_ fields: NicFields) {
        code = fields.text("ErrorCode", "error_code", "error_cd", "errorCodes", "code") ?? ""
        message = fields.text("ErrorMessage", "error_message", "ErrorMsg", "message", "desc") ?? ""
        if code.isEmpty, message.isEmpty { return nil }
        if code.isEmpty { self = NicError(text: message) }
    }

    /// Resellers put the number in front of the text.
    init(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        let front = parts.first?.split(separator: " ").joined(separator: " ") ?? ""
        let digits = front.hasPrefix("SYS_") ? front.dropFirst(4) : front[...]
        let isCode = (3...5).contains(digits.utf8.count) && digits.utf8.allSatisfy { (48...57).contains($0) }
        code = isCode ? front : ""
        message = isCode && parts.count == 2 ? parts[1].split(separator: " ").joined(separator: " ") : text
    }
}
