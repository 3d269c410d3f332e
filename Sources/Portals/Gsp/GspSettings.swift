import Domain
import Secrets

extension ProviderProfile {
    /// How one GSP wants to be spoken to, beside its paths and its envelope; the usual values are those of GSTN itself
    /// (facts: gstn-taxpayer 1.4, 1.5, 7.1, 12).
    public struct Gsp: Sendable {
        /// Headers whose value changes with each call, with names of `CallValue` in braces. One that lacks a value in a
        /// call is left out of it.
        public var callHeaders: [String: String] = [:]
        public var computed: ComputedHeader?
        /// Where the token of the GSP's own login stands, and what stands before it.
        public var tokenHeader = "Authorization"
        public var tokenPrefix = "Bearer "
        public var refreshMode = RefreshMode.sessionKey
        /// How long an OTP is taken to live; its life is not published.
        public var otpLife = Duration.seconds(600)
        /// How long a session lasts whose end nobody told.
        public var sessionLife = Duration.seconds(360 * 60)
        /// What the list of notices does with its date; nil where nobody has found out.
        public var dateMeans: DateMeaning?
        public var dateFormat = DateFormat.dayDashes
        /// Notices are asked for so many days back; the portal itself shows about a year.
        public var daysBack = 366
        /// A notice that is no older must be in the list.
        public var daysShown = 330
        public init() {}
    }

    /// How the new app key goes out at REFRESHTOKEN; sources disagree (facts: gstn-taxpayer 1.4, 13).
    public enum RefreshMode: String, Sendable, CaseIterable {
        case sessionKey = "aes-sek"
        /// As at the login: for GSTN's certificate.
        case certificate = "rsa"
        /// Sessions are used to their end.
        case none
    }

    /// What `{date}` is for the list of notices. Facts name the word alone.
    public enum DateMeaning: String, Sendable, CaseIterable {
        /// The list begins with that day.
        case since
        /// The list is that of this one day, so that each day is asked for.
        case day
        /// The list does not care for it.
        case ignored
    }

    public enum DateFormat: String, Sendable, CaseIterable {
        case dayDashes = "DD-MM-YYYY"
        case daySlashes = "DD/MM/YYYY"
        case iso = "YYYY-MM-DD"
        case plain = "DDMMYYYY"

        public func text(_ date: LegalDate) -> String {
            let (day, month) = (Digits.padded(date.day, 2), Digits.padded(date.month, 2))
            return switch self {
            case .dayDashes: "\(day)-\(month)-\(date.year)"
            case .daySlashes: "\(day)/\(month)/\(date.year)"
            case .iso: "\(date.year)-\(month)-\(day)"
            case .plain: "\(day)\(month)\(date.year)"
            }
        }
    }

    /// What may stand in braces in a header that changes with each call.
    public enum CallValue: String, Sendable, CaseIterable {
        case transaction = "txn"
        case gstin, username, action
        /// The app key as it is sealed in the body; only calls of a login have one.
        case appKey = "app_key"
        /// India's time of the call: `20261121184205+0530`.
        case time
        /// One name for as long as the program runs.
        case session = "session_id"
    }

    /// A header that is made of others by a key that the GSP gave: a signature for each call, or a secret that travels
    /// sealed.
    public struct ComputedHeader: Sendable {
        public enum Method: String, Sendable, CaseIterable {
            case hmac = "hmac-sha256"
            case rsa = "rsa-sha256"
            /// AES-256 in ECB mode with PKCS#7 padding, as on GSTN's own wire.
            case aes = "aes-256-ecb"
        }

        public enum Encoding: String, Sendable, CaseIterable { case base64, hex }

        public var name: String
        /// What is signed or sealed: a text with `CallValue` names in braces.
        public var from: SecretBytes
        public var method: Method
        /// An RSA key is a PEM, or the base64 of its DER; an AES key 32 signs, or the base64 of 32 bytes.
        public var key: SecretBytes
        public var encoding = Encoding.base64

        public init(name: String, from: SecretBytes, method: Method, key: SecretBytes) {
            self.name = name
            self.from = from
            self.method = method
            self.key = key
        }
    }
}
