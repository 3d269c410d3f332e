import Domain
import Transport
import Wire

/// What GSTN's error codes mean for us (facts: gstn-taxpayer 10). Some depend on the call they answer.
enum GstnCode {
    /// The client's copy of the public key is out of date: read it anew, then try once more.
    static let staleCertificate = "TEC4002"
    /// Refusals that ask for the same call again and leave the OTP as it is: a technical error, too many sessions.
    static let repeatable: Set<String> = ["TEC4001", "AUTH403"]
    static let wrongOtp: Set<String> = ["AUTH4033", "AUTH4034"]
    private static let noRecord: Set<String> = ["RET13508", "RET13510", "RET11416", "RET11417"]
    /// "No record" of one service and a locked account of another: sources disagree, so its words decide
    /// (facts: gstn-taxpayer 8).
    private static let ambiguous = "SWEB_9035"

    private static let session: Set<String> = [
        "AUTH4033", "AUTH4036", "AUTH4038", "AUTH158", "RET11401", "RET11402", "RET11407", "RT-R1R3BAV-1007",
        "OTP0008", "OTP0009", "OTP0011", "RET2B1010",
    ]
    private static let logins: Set<String> = [Gstn.Action.otpRequest, Gstn.Action.authToken]
    private static let passing: Set<String> = [
        "TEC4001", "RET12501", "RET12502", "RET12503", "RET12504", "RET13504", "RET13505", "OTP0007", "RTN_24",
        "RTN_32", "GSPGSTDOWN", "GSPERR300", "GSP102",
    ]

    /// Whether an answer says that there is nothing, which is no failure. Words that nobody knows say no such thing: an
    /// empty list would be taken for the truth.
    static func isNoRecord(_ code: String, saying message: String) -> Bool {
        if code != ambiguous { return noRecord.contains(code) }
        let words = message.lowercased()
        // "Service is not available" is an outage, and a lock is a lock.
        guard !["lock", "service", "server", "temporar", "try again"].contains(where: { words.contains($0) }) else {
            return false
        }
        return ["no record", "no data", "no detail", "no notice", "not found", "not available"].contains {
            words.contains($0)
        }
    }

    /// - Parameters:
    ///   - action: the call that was answered: a wrong OTP and a dead session share a code.
    ///   - response: what a code that nobody published came with; its HTTP status says then what it means.
    static func cause(
        _ code: String, saying message: String = "", action: String, in response: HTTPResponse
    ) -> Cause {
        if code == ambiguous, message.lowercased().contains("lock") { return .locked }
        if let known = cause(code, action: action) { return known }
        return response.isSuccess ? .portalChanged : BridgeFailure.cause(ofStatus: response.status)
    }

    /// nil for a code that is not on our list.
    static func cause(_ code: String, action: String) -> Cause? {
        if action == Gstn.Action.authToken, wrongOtp.contains(code) { return .otpRequired }
        if session.contains(code) { return .sessionExpired }
        if passing.contains(code) || code.hasPrefix("GSP0") { return .portalDown }
        switch code {
        case "AUTH4032", "RET11409", "AUTH_9036": return .notRegistered
        case "AUTH4037", "AUTH002": return .noApiAccess
        case "AUTH403": return .dualSession
        case "AUT4031", "AUT4032", "AUT4033", "AUT4034", "AUTH153": return .providerAuth
        case "SWEB9002", "AUTH_9002": return .wrongPassword
        case "SWEB9033", "AUTH_9033", "RET11410", "FO8000", "OTP0006", "OTP0010": return .accountProblem
        case "SWEB9035", "AUTH_9035": return .locked
        // The GSP wants another login: of a session that is its end (facts: gstn-taxpayer 10, class S).
        case "RETOTPREQUEST", "EVCREQUEST": return logins.contains(action) ? .otpRequired : .sessionExpired
        default: return nil
        }
    }
}
