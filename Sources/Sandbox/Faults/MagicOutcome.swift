/// What the sandbox plays for an identity. One table: name, what happens, where (docs/sandbox.md is held to it).
public enum MagicOutcome: String, CaseIterable, Sendable, Codable {
    case success
    case wrongPassword = "wrong_password"
    case locked
    case otpRequired = "otp_required"
    case captcha
    case dualSession = "dual_session"
    case notRegistered = "not_registered"
    case accountProblem = "account_problem"
    case slow
    case dropAfterHeaders = "drop_after_headers"
    case unavailableTwice = "unavailable_twice"
    case sessionExpiredMidway = "session_expired_midway"
    case emptyThenFull = "empty_then_full"
    case placeFailed = "place_failed"
    case pageTwo = "page_two"
    case unknownField = "unknown_field"
    case hostileText = "hostile_text"
    case withdrawn
    case rateLimited = "rate_limited"
    case portalChanged = "portal_changed"
    case cursorRepeats = "cursor_repeats"
    case wrongHash = "wrong_hash"
    case neverEnds = "never_ends"
    case noApiAccess = "no_api_access"
    case strayRecord = "stray_record"
    case vanished
    case taxYear = "tax_year"

    /// What a person who reads the accounts file or the manual is told.
    public var meaning: String {
        switch self {
        case .success: "logs in; every place is read"
        case .wrongPassword: "the demo stores a wrong password; the one in the accounts file verifies"
        case .locked: "the portal has locked the login (EF00152)"
        case .otpRequired: "the portal asks for an OTP; the accounts file has it"
        case .captcha: "the portal shows a captcha; the accounts file has its text"
        case .dualSession:
            "the first login after each start finds another session (EF00177); the next one succeeds, and so does one that is"
                + " told to end it"
        case .notRegistered: "the portal does not know the user name (EF00035)"
        case .accountProblem: "the PAN is inactive (EF00098)"
        case .slow: "each fetch takes a minute, whatever the pace"
        case .dropAfterHeaders: "the list of notices breaks off after its header, always"
        case .unavailableTwice: "the first two fetches are answered 503, the third is served"
        case .sessionExpiredMidway:
            "the first document of each fetch is answered 401 and the token is void; a new one works"
        case .emptyThenFull: "the document list of a notice is empty twice, then full"
        case .placeFailed: "one place always times out; the others are read"
        case .pageTwo: "120 notices in the first place, so the list has several pages"
        case .unknownField: "notices carry a field that nobody knows"
        case .hostileText: "descriptions with escape sequences, bidi controls and a line of 1 MB"
        case .withdrawn: "from the second fetch on the oldest notice is withdrawn"
        case .rateLimited: "the first two fetches are answered 429 with Retry-After 2"
        case .portalChanged: "the list of notices has an unknown shape"
        case .cursorRepeats: "pages of the list repeat their last row, as delivery at least once allows"
        case .wrongHash: "the bytes of the first document do not fit their hash"
        case .noApiAccess: "the taxpayer has not switched on API access (AUTH4037)"
        case .strayRecord: "the list of notices holds a record or a value that nobody understands"
        case .vanished: "a proceeding of the e-filing portal is closed and leaves its lists"
        case .taxYear: "notices of the e-filing portal under the Income-tax Act 2025"
        case .neverEnds: "a fetch stays running for good; for tests that kill a worker"
        }
    }
}
