import Domain
import Synchronization
import Wire

/// A simulated GSP that passes GSTN's wire through behind a login of its own, with a bearer token and headers beside
/// GSTN's (facts: gstn-taxpayer 12, after Adaequare). It reads the date of the list of notices as one day, and asks for
/// an OTP in place of GSTN's word for a dead session, as the facts allow both.
struct OAuthGspSystem: SandboxSystem {
    let name = "gsp-oauth"
    private let gstn: GstnSystem
    /// Bearer tokens that were given; they last as long as the process.
    private let tokens = GspTokens()
    private let requestIds = RequestIds()

    init(gstn: GstnSystem) {
        var gstn = gstn
        gstn.dateIsOneDay = true
        self.gstn = gstn
    }

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        if request.path == GspTokens.path { return authenticate(request) }
        guard tokens.admits(request) else { return Self.denied }
        guard let id = request.headers["requestid"], requestIds.spend(id) else {
            return GstnSystem.failure(GstnSystem.Refusal("RET11400", "Header missing or used before: requestid"))
        }
        guard request.headers["user_name"] == request.headers[Gstn.Header.username] else {
            return GstnSystem.failure(GstnSystem.Refusal("RET11400", "Header missing: user_name"))
        }
        if let session = request.headers[Gstn.Header.authToken], gstn.state.session(session) == nil {
            return GstnSystem.failure(GstnSystem.Refusal("RETOTPREQUEST", "Request an OTP to go on"))
        }
        var inner = request
        inner.headers.set(Gstn.Header.clientId, BridgeService.clientId)
        inner.headers.set(Gstn.Header.clientSecret, BridgeService.clientSecret)
        return await gstn.answer(inner, trace: trace)
    }

    private func authenticate(_ request: SandboxRequest) -> SandboxAnswer {
        guard request.method == "POST", request.query["grant_type"] == "token",
            let token = tokens.token(for: request)
        else { return Self.denied }
        let text = "{\"access_token\":\"\(token)\",\"token_type\":\"bearer\",\"expires_in\":86399}"
        return SandboxAnswer(status: 200, body: Array(text.utf8))
    }

    private static let denied = SandboxAnswer(status: 401, body: Array(#"{"error":"access_denied"}"#.utf8))

    func forgetToken(of request: SandboxRequest) { tokens.forgetToken(of: request) }

    func profileFiles(at address: String) -> [String: String] {
        let text = """
            # A simulated GSP with a login of its own in front of GSTN. Nothing in this file is secret.
            name = "sandbox-gsp-oauth"
            connector = "gsp"
            portals = ["gst"]
            simulated = true

            [urls]
            base = "\(address)"
            certificate = "gstn.pem"

            \(GspTokens.profile(at: address))

            [headers]
            \(Gstn.Header.userAddress) = "127.0.0.1"

            [call_headers]
            requestid = "{txn}"
            user_name = "{username}"

            # What the date means is not public: here the list is that of one day.
            [notices]
            date_means = "day"
            date_format = "YYYY-MM-DD"

            \(ProfileFolder.timeouts)

            [limits]
            concurrency = 8

            """
        return ["gsp-oauth.toml": text]
    }

    func accounts() -> [ProfileFolder.AccountLine] { [] }
}

/// Ids of requests, each good once.
private final class RequestIds: Sendable {
    private let spent = Mutex<Set<String>>([])
    func spend(_ id: String) -> Bool { spent.withLock { !id.isEmpty && $0.insert(id).inserted } }
}
