import Domain

/// "Portal Bridge 1": the contract between the desk and whatever reaches a portal on its behalf (an aggregator, or a
/// firm's own service). HTTPS, JSON in UTF-8, times RFC 3339 with offset, money as decimal strings in rupees.
/// Source of every name below: facts, income-tax-traces section 12.
public enum Bridge {
    /// What a provider is told that shall end a session which somebody else has open.
    public static let endsOtherSession = "continue"

    public enum Header {
        public static let requestId = "X-Request-Id"
        public static let traceId = "X-Trace-Id"
        public static let idempotencyKey = "Idempotency-Key"
        public static let idempotencyExpires = "Idempotency-Key-Expires"
        public static let authorization = "Authorization"
        public static let retryAfter = "Retry-After"
        public static let entityTag = "ETag"
        /// Names a recipe for the password of a locked file; never the password.
        public static let passwordRecipe = "X-Password-Recipe"
        /// Present on every answer of a provider that is no real portal.
        public static let simulated = "X-Simulated"
    }

    public enum Path {
        public static let token = "/v1/token"
        public static let health = "/v1/health"
        public static let capabilities = "/v1/capabilities"
        public static let jobs = "/v1/jobs"
        public static let notices = "/v1/notices"
        public static let tdsRequests = "/v1/tds-requests"

        public static func credentials(_ identity: PortalIdentity) -> String {
            "/v1/credentials/\(identity.portal.rawValue)/\(PercentEscape.text(identity.text))"
        }

        public static func verify(_ identity: PortalIdentity) -> String { credentials(identity) + "/verify" }
        public static func job(_ id: String) -> String { "\(jobs)/\(PercentEscape.text(id))" }
        public static func challenge(_ job: String) -> String { "\(self.job(job))/challenge" }
        public static func cancel(_ job: String) -> String { "\(self.job(job))/cancel" }
        public static func notice(_ id: String) -> String { "\(notices)/\(PercentEscape.text(id))" }
        public static func document(_ id: String) -> String { "/v1/documents/\(PercentEscape.text(id))" }

        /// One page of notices, `limit` 1 to 200; the first page has no cursor.
        public static func notices(of identity: PortalIdentity, cursor: String?, limit: Int) -> String {
            let base =
                "\(notices)?portal=\(identity.portal.rawValue)&identity=\(PercentEscape.text(identity.text))&limit=\(limit)"
            return cursor.map { "\(base)&cursor=\(PercentEscape.text($0))" } ?? base
        }
    }

    public enum Limit {
        /// Most rows of one page, and what a request without a limit gets.
        public static let page = 200
        public static let defaultPage = 50
        /// Longest life of a token in seconds.
        public static let tokenLife = 86_400
    }
}
