import Domain
import Secrets

extension RevealService {
    /// What somebody who asked for a reveal has to answer.
    public struct Challenge: Sendable, Hashable {
        public enum Way: Hashable, Sendable {
            /// To this address, most of it hidden.
            case mail(String)
            case authenticator
        }

        public var id: String
        public var identity: PortalIdentity
        public var way: Way
        public var expiresAt: Instant
        /// When another code may be asked for.
        public var resendAt: Instant
        /// Set when it is unknown whether the message left.
        public var doubt: String?

        /// An app's code is not sent, so no other one can be.
        public var isMailed: Bool { if case .mail = way { true } else { false } }

        public init(
            id: String, identity: PortalIdentity, way: Way, expiresAt: Instant, resendAt: Instant, doubt: String? = nil
        ) {
            self.id = id
            self.identity = identity
            self.way = way
            self.expiresAt = expiresAt
            self.resendAt = resendAt
            self.doubt = doubt
        }
    }

    /// A password that may be shown until a moment, and is wiped then.
    public struct Revealed: Sendable, Hashable {
        public var password: SecretBytes
        public var until: Instant

        public init(password: SecretBytes, until: Instant) {
            self.password = password
            self.until = until
        }
    }
}
