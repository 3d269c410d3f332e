import FoundationEssentials

/// Why the EWB system refused: numbers and whatever else stood there (facts: nic-einvoice-ewb 1.7, 7.4).
public struct EwbError: Sendable, Hashable {
    /// Known numbers, in the order of the text, each once.
    public var codes: [String]
    /// The text as it came, out of its base64.
    public var text: String

    public init(codes: [String], text: String) {
        self.codes = codes
        self.text = text
    }

    /// From base64 of `{"errorCodes":"…"}`, that object in clear, or text.
    init?(_ value: JSONValue?) {
        guard let value, value != .null else { return nil }
        let unfolded = NicFields.unfolded(value)
        if let fields = NicFields(unfolded.list?.first ?? unfolded) {
            let found = [fields.text("errorCodes", "errorCode", "error_cd"), fields.text("message", "errorMessage")]
            text = found.compactMap { $0 }.joined(separator: ": ")
            if text.isEmpty { text = String(decoding: unfolded.bytes, as: UTF8.self) }
        } else {
            guard let bare = NicFields.text(unfolded) else { return nil }
            // Base64 of bare text; three digits alone would pass for base64 of something.
            let inner = Base64.bytes(bare).map { String(decoding: $0, as: UTF8.self) }
            let isText = inner.map { $0.utf8.allSatisfy { (32...126).contains($0) } && !$0.isEmpty } ?? false
            text = isText ? inner ?? bare : bare
        }
        codes = Self.codes(in: text)
    }

    /// Runs of just three digits that the list of errors has. A bill's number or a PIN is no code.
    static func codes(in text: String) -> [String] {
        var found: [String] = []
        for run in text.split(whereSeparator: { !($0.isASCII && $0.isNumber) }) {
            guard run.utf8.count == 3, let number = Int(run), known.contains(where: { $0.contains(number) }),
                !found.contains(String(run))
            else { continue }
            found.append(String(run))
        }
        return found
    }

    private static let known: [ClosedRange<Int>] = [
        100...118, 201...240, 251...256, 278...283, 301...363, 368...414, 416...418, 421...421, 436...437,
        444...452, 604...655, 658...659, 700...729, 801...823,
    ]
}
