import Crypto
import Domain
import FoundationEssentials

/// Every answer of an IRP, direct or through a reseller (facts: nic-einvoice-ewb 1.2, 1.5, 2.6). Read loosely: what is
/// documented differs from what is seen.
public struct NicAnswer: Sendable, Hashable {
    /// What stands around the data.
    public enum Style: String, Sendable, CaseIterable {
        /// `Status`, `Data`, `ErrorDetails`, `InfoDtls`.
        case nic
        /// `success`, `message`, `result`, `info`: a GSP that does the cryptography itself.
        case successResult = "success-result"
    }

    public var isSuccess: Bool
    /// Sealed text, or an object in clear at login; nil for null and blank.
    public var data: JSONValue?
    public var errors: [NicError]
    public var infos: [NicInfo]
    public var alert: String?

    /// - Throws: `Problem` when the bytes are no JSON object or do not say whether they are a success.
    public init(_ bytes: [UInt8], style: Style = .nic) throws(WireJSON.Problem) {
        let fields = try NicFields(bytes)
        switch style {
        case .nic:
            guard let status = fields.text("Status", "status_cd") else {
                throw WireJSON.Problem("field Status is missing")
            }
            isSuccess = status == "1" || status.lowercased() == "true"
            data = fields.value("Data")
            errors = NicError.all(in: fields.value("ErrorDetails", "error"))
            infos = NicInfo.all(in: fields.value("InfoDtls", "info"))
        case .successResult:
            guard let success = fields.text("success") else { throw WireJSON.Problem("field success is missing") }
            isSuccess = success.lowercased() == "true"
            let result = fields.value("result")
            data = isSuccess ? result : nil
            let message = fields.text("message")
            errors = isSuccess ? [] : message.map { [NicError(text: $0)] } ?? []
            // A refusal has its additions in the result, a success beside it.
            infos = NicInfo.all(in: isSuccess ? fields.value("info") : result ?? fields.value("info"))
        }
        if data.flatMap({ $0.text }) == "" { data = nil }
        alert = fields.text("Alert")
    }

    /// The JSON that the data holds.
    ///
    /// - Parameter sek: the key of the session; nil where somebody else does the cryptography, and a text is JSON itself.
    public func opened(under sek: SymmetricKey?) throws(NicKeys.Refused) -> [UInt8] {
        switch data {
        case .text(let text):
            guard let sek else { return Array(text.utf8) }
            return try NicKeys.opened(text, under: sek)
        case .object, .list: return data?.bytes ?? []
        default: throw NicKeys.Refused()
        }
    }
}

/// What a login gives: the same for IRP and EWB but for the spelling.
public struct NicToken: Sendable, Hashable {
    public var token: String
    /// Under the app key of this very login.
    public var sealedSek: String
    /// nil where the answer does not say: EWB's tokens live six hours.
    public var expiresAt: Instant?
    public var userName: String?

    /// - Throws: `Problem` when token or key are missing.
    public init(_ fields: NicFields) throws(WireJSON.Problem) {
        guard let token = fields.text("AuthToken", "auth_token") else {
            throw WireJSON.Problem("field AuthToken is missing")
        }
        guard let sek = fields.text("Sek") else { throw WireJSON.Problem("field Sek is missing") }
        self.token = token
        sealedSek = sek
        expiresAt = fields.instant("TokenExpiry")
        userName = fields.text("UserName")
    }

    /// From the answer of an IRP.
    public init(_ answer: NicAnswer) throws(WireJSON.Problem) {
        guard let fields = NicFields(answer.data) else { throw WireJSON.Problem("field Data is no object") }
        try self.init(fields)
    }

    public func sek(under appKey: SymmetricKey) throws(NicKeys.Refused) -> SymmetricKey {
        try NicKeys.open(sealedSek, under: appKey)
    }
}
