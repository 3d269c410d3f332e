import Crypto

/// Every answer of the EWB system (facts: nic-einvoice-ewb 1.6, 1.7). Names come in several spellings.
public struct EwbAnswer: Sendable, Hashable {
    public var isSuccess: Bool
    /// Sealed text under the SEK, or under the REK where there is one; an object where a GSP does the cryptography.
    public var data: JSONValue?
    public var rek: String?
    public var hmac: String?
    public var error: EwbError?
    /// `alert`, `alert2` and `info`, those that say something.
    public var remarks: [String]
    /// What a login gives; nil in every other answer.
    public var token: NicToken?

    /// - Throws: `Problem` when the bytes are no JSON object or do not say whether they are a success.
    public init(_ bytes: [UInt8]) throws(WireJSON.Problem) {
        let fields = try NicFields(bytes)
        guard let status = fields.text("status", "status_cd", "success") else {
            throw WireJSON.Problem("field status is missing")
        }
        isSuccess = status == "1" || status.lowercased() == "true"
        data = fields.value("data", "result")
        if data.flatMap({ $0.text }) == "" { data = nil }
        rek = fields.text("rek")
        hmac = fields.text("hmac")
        remarks = ["alert", "alert2", "info", "message"].compactMap { fields.text($0) }
        error = isSuccess ? nil : EwbError(fields.value("error", "errors", "message"))
        token = isSuccess && fields.text("authtoken") != nil ? try NicToken(fields) : nil
    }

    public struct Opened: Sendable, Hashable {
        public var json: [UInt8]
        /// nil where the answer has no HMAC. A wrong one is worth a warning beside a confirmation, not a refusal: its rule
        /// was never checked against NIC itself.
        public var isHmacRight: Bool?
    }

    /// The JSON that the data holds.
    ///
    /// - Parameter sek: the key of the session; nil where somebody else does the cryptography, and a text is JSON itself.
    public func opened(under sek: SymmetricKey?) throws(NicKeys.Refused) -> Opened {
        switch data {
        case .text(let text):
            guard let sek else { return Opened(json: Array(text.utf8), isHmacRight: nil) }
            guard let rek else { return Opened(json: try NicKeys.opened(text, under: sek), isHmacRight: nil) }
            let key = try NicKeys.open(rek, under: sek)
            let json = try NicKeys.opened(text, under: key)
            return Opened(json: json, isHmacRight: hmac.map { $0 == NicKeys.hmac(json, rek: key) })
        case .object, .list: return Opened(json: data?.bytes ?? [], isHmacRight: nil)
        default: throw NicKeys.Refused()
        }
    }
}
