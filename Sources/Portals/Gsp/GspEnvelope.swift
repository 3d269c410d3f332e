import Domain
import Wire

extension ProviderProfile {
    /// How a GSP answers that keeps GSTN's keys itself and hands data over in clear. Each name is a path of members,
    /// `data.status_cd`; what stands here fits those who kept GSTN's own names (facts: gstn-taxpayer 12).
    public struct Envelope: Sendable, Hashable {
        public var success = "status_cd"
        public var successValue = "1"
        public var data = "data"
        public var errorCode = "error.error_cd"
        public var errorMessage = "error.message"
        /// What names the session in later calls.
        public var token = "auth_token"
        public var expiry = "expiry"
        public var expiryIsSeconds = false
        /// Where the GSP says that the session is over.
        public var sessionOver: Set<String> = ["AUTH4033", "AUTH4038", "1005"]
        public init() {}
    }
}

/// An answer in the envelope of a GSP that keeps the keys.
struct GspEnvelope: Sendable {
    let shape: ProviderProfile.Envelope
    let value: JSONValue

    init?(_ bytes: [UInt8], _ shape: ProviderProfile.Envelope) {
        guard let value = try? JSONValue(bytes), case .object = value else { return nil }
        self.value = value
        self.shape = shape
    }

    var isSuccess: Bool { word(shape.success) == shape.successValue }
    var token: String? { word(shape.token) }
    var errorCode: String? { word(shape.errorCode) }
    var errorMessage: String? { word(shape.errorMessage) }

    /// Minutes.
    var expiry: Int? {
        word(shape.expiry).flatMap { Int($0) }.map { shape.expiryIsSeconds ? $0 / 60 : $0 }
    }

    /// The data, as JSON.
    var data: [UInt8]? {
        switch at(shape.data) {
        case nil, .null?: nil
        // Some hand JSON over as text inside JSON.
        case .text(let text)?: Array(text.utf8)
        case let value?: value.bytes
        }
    }

    private func word(_ path: String) -> String? { Self.word(path, in: value) }

    /// The text or number at a path of members.
    static func word(_ path: String, in value: JSONValue) -> String? {
        switch at(path, in: value) {
        case .text(let text)?: text
        case .integer(let number)?: String(number)
        case .number(let number)?: "\(number)"
        case .flag(let flag)?: flag ? "true" : "false"
        default: nil
        }
    }

    private func at(_ path: String) -> JSONValue? { Self.at(path, in: value) }

    private static func at(_ path: String, in value: JSONValue) -> JSONValue? {
        path.split(separator: ".").reduce(value as JSONValue?) { $0?[String($1)] }
    }
}
