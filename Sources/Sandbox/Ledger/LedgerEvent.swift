/// One line of the ledger's file.
struct LedgerEvent: Codable, Sendable, Hashable {
    enum Kind: String, Codable, Sendable {
        case accepted, repeated
        case challengeAnswered = "challenge_answered"
        case cancelled
    }

    var event: Kind
    /// Milliseconds since 1970.
    var at: Int64
    var client = ""
    var key = ""
    var reference = ""
    var acceptance: Acceptance?

    /// What was accepted, whole: a restarted sandbox goes on from it.
    struct Acceptance: Codable, Sendable, Hashable {
        /// `fetch`, `verify` or `tds_request`.
        var kind: String
        /// SHA-256 of method, path and body.
        var fingerprint: String
        var portal: String
        var identity: String
        var places: [String] = []
        /// Counts the fetches of this identity, from 1; 0 for anything else.
        var ordinal = 0
        var outcome: MagicOutcome = .success
        /// Error code that the login met, when it was refused.
        var refusal: String?
        /// Kind, form, year and quarter of a TDS request.
        var detail: [String] = []
    }
}

/// What the simulated portals hold, as `sandbox ledger` prints it.
public struct LedgerRow: Sendable, Hashable, Codable {
    public var system: String
    public var kind: String
    public var key: String
    public var reference: String
    /// RFC 3339 in UTC with milliseconds.
    public var acceptedAt: String
    /// How often the same request came, the first time included.
    public var calls: Int

    enum CodingKeys: String, CodingKey {
        case system, kind, key, reference, calls
        case acceptedAt = "accepted_at"
    }
}
