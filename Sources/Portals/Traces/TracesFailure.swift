import Domain
import Secrets
import Transport
import Wire

/// From what TRACES answers to the desk's own vocabulary.
enum TracesFailure {
    /// An answer of the old application that is not what was asked for; nil when it may be.
    static func from(_ response: HTTPResponse) -> PortalFailure? {
        switch response.status {
        case 200...299:
            // The login page in place of the data, with a status that says all is well.
            guard showsLogin(response.body) else { return nil }
            return PortalFailure(.sessionExpired, "the portal shows its login page")
        case 300...399:
            let place = response.headers["Location"] ?? ""
            guard place.lowercased().contains("login") else {
                return unknown(response, "sends elsewhere")
            }
            return PortalFailure(.sessionExpired, "the portal sends back to its login page")
        case 401, 403, 410: return PortalFailure(.sessionExpired, "the portal answered \(response.status)")
        default: return unavailable(response) ?? unknown(response, "answered \(response.status)")
        }
    }

    /// Why a login was refused. The portal gives its reasons in words only.
    ///
    /// - Parameter secrets: what the answer must not repeat; one that does is not quoted.
    static func refusal(_ response: HTTPResponse, secrets: [SecretBytes]) -> PortalFailure {
        let said = try? WireJSON.decode(TracesRefusal.self, from: response.body).payload.message
        let isSafe = secrets.allSatisfy { !repeats($0, response.body) }
        let message = isSafe ? HarmlessText.line(said ?? "", limit: 300) : ""
        if let said, let cause = cause(of: said) {
            return PortalFailure(cause, message.isEmpty ? cause.title : message)
        }
        if var failure = unavailable(response) {
            failure.mayHaveBeenSent = true
            return failure
        }
        let words = message.isEmpty ? "" : ": \(message)"
        return PortalFailure(.portalChanged, "the login was refused with \(response.status)\(words)")
    }

    /// A lock is looked for before a wrong password, of which its message may speak too; a captcha last: whoever is
    /// told of both must not spend another attempt.
    static func cause(of message: String) -> Cause? {
        let text = message.lowercased()
        func has(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        if has("is locked", "been locked", "account locked") { return .locked }
        if has("otp", "one time password", "one-time password") { return .otpRequired }
        if has("password", "credential") { return .wrongPassword }
        if has("captcha", "verification code") { return .captchaRequired }
        if has("does not exist", "not registered", "not found") { return .notRegistered }
        if has("already logged in", "active session", "another session") { return .dualSession }
        if has("activated", "inactive", "blocked", "surrendered") { return .accountProblem }
        return nil
    }

    private static func unavailable(_ response: HTTPResponse) -> PortalFailure? {
        let cause: Cause
        switch response.status {
        case 408, 504: cause = .portalTimeout
        case 429: cause = .rateLimited
        case 500...599: cause = .portalDown
        default: return nil
        }
        return PortalFailure(cause, "the portal answered \(response.status)", retryAfter: response.retryAfter)
    }

    private static func unknown(_ response: HTTPResponse, _ what: String) -> PortalFailure {
        var failure = PortalFailure(.portalChanged, "the portal \(what): \(RawHead.line(response.body))")
        failure.rawAnswer = RawHead.block(response.body)
        return failure
    }

    private static func repeats(_ secret: SecretBytes, _ body: [UInt8]) -> Bool {
        secret.withBytes { !$0.isEmpty && find($0, in: body) }
    }

    /// Its form stands near the beginning; what is longer than that page is data.
    private static func showsLogin(_ body: [UInt8]) -> Bool {
        find(Array("j_security_check".utf8), in: Array(body.prefix(1 << 16)))
    }

    private static func find(_ wanted: some RandomAccessCollection<UInt8>, in body: [UInt8]) -> Bool {
        guard let first = wanted.first, body.count >= wanted.count else { return false }
        let last = body.count - wanted.count
        return (0...last).contains { start in
            body[start] == first && body[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
