import Crypto
import Domain
import Wire

/// The simulated GSTN as a GSP passes it through: the same paths, headers and cryptography.
struct GstnSystem: SandboxSystem {
    /// A failure as GSTN tells it: HTTP 200 with a code.
    struct Refusal: Error {
        var code: String
        var message: String

        init(_ code: String, _ message: String) {
            self.code = code
            self.message = message
        }
    }

    /// Older clients still call the older versions.
    private static let loginPaths: Set<String> = [
        Gstn.Path.authenticate, "/taxpayerapi/v0.2/authenticate", "/taxpayerapi/v0.3/authenticate",
    ]

    let name = "gstn"
    let world: DemoWorld
    let outcome: @Sendable (DemoAccount) -> MagicOutcome
    let state: GstnState
    let keys: GstnCertificateFile
    let book: NoticeBook
    let now: @Sendable () -> Instant
    let usernames: [String: DemoAccount]
    /// How the list of notices takes its date: facts name the word alone, so both readings are played.
    var dateIsOneDay = false

    init(
        bridge: BridgeService, keys: GstnCertificateFile, sessionLife: Duration, accessWindow: Duration
    ) {
        let state = bridge.state
        world = state.world
        outcome = { state.played($0).outcome }
        self.state = GstnState(sessionLife: sessionLife, accessWindow: accessWindow, now: bridge.now)
        self.keys = keys
        book = bridge.book
        now = bridge.now
        usernames = Dictionary(
            world.accounts.filter { $0.identity.portal == .gst }.map { ($0.username.lowercased(), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        do throws(Refusal) {
            try checkClient(request)
            let isLogin = Self.loginPaths.contains(request.path)
            if isLogin, request.method == "GET" {
                try checkSigningOtp(request)
            } else if isLogin {
                return try authenticate(request)
            }
            guard isLogin || request.path == Gstn.Path.notices || request.path == Gstn.Path.returns else {
                throw Refusal("RET11403", "Invalid API request")
            }
            let (session, account) = try requireSession(request)
            var answer = try serve(request, session, account)
            answer.identity = session.gstin
            return answer
        } catch {
            return Self.failure(error)
        }
    }

    func serve(
        _ request: SandboxRequest, _ session: GstnState.Session, _ account: DemoAccount
    ) throws(Refusal) -> SandboxAnswer {
        let outcome = outcome(account)
        if let held = heldBack(account, outcome) { return held }
        switch request.query["action"] {
        case Gstn.Action.signingOtp where Self.loginPaths.contains(request.path):
            return try signingOtp(request, session)
        case Gstn.Action.preference where request.path.hasSuffix("/returns"):
            return try preference(session)
        case Gstn.Action.notices where request.path == Gstn.Path.notices:
            return try notices(request, session, account, outcome)
        case Gstn.Action.noticeDetail where request.path == Gstn.Path.notices:
            return try detail(request, session, account, outcome)
        case Gstn.Action.noticeDocument where request.path == Gstn.Path.notices:
            return try document(request, session, account, outcome)
        default: throw Refusal("AUTH4035", "Invalid request action")
        }
    }

    static func failure(_ refusal: Refusal) -> SandboxAnswer {
        var answer = GstnAnswer(status: "0")
        answer.error = GstnAnswer.Failure(message: refusal.message, code: refusal.code)
        return SandboxAnswer(200, answer)
    }

    private func checkClient(_ request: SandboxRequest) throws(Refusal) {
        guard let id = request.headers[Gstn.Header.clientId] else { throw Refusal("AUT4031", "Client id missing") }
        guard let secret = request.headers[Gstn.Header.clientSecret] else {
            throw Refusal("AUT4032", "Client secret missing")
        }
        guard id == BridgeService.clientId else { throw Refusal("AUT4033", "Invalid client id") }
        guard secret == BridgeService.clientSecret else { throw Refusal("AUT4034", "Invalid client secret") }
        for header in [Gstn.Header.stateCode, Gstn.Header.userAddress, Gstn.Header.transaction] {
            guard let value = request.headers[header], !value.isEmpty else {
                throw Refusal("RET11400", "Header missing: \(header)")
            }
        }
        guard let state = request.headers[Gstn.Header.stateCode], StateCode.names[state] != nil else {
            throw Refusal("AUTH4041", "Invalid state code")
        }
        let address = (request.headers[Gstn.Header.userAddress] ?? "").split(separator: ".")
        guard address.count == 4, address.allSatisfy({ UInt8($0) != nil }) else {
            throw Refusal("RET11420", "Header invalid: \(Gstn.Header.userAddress)")
        }
    }

    /// The session that a data call names, with everything about it checked.
    private func requireSession(
        _ request: SandboxRequest
    ) throws(Refusal) -> (GstnState.Session, DemoAccount) {
        let token = request.headers[Gstn.Header.authToken] ?? ""
        guard let session = state.session(token) else {
            throw state.wasKnown(token)
                ? Refusal("AUTH4038", "Session expired") : Refusal("AUTH4033", "Invalid session")
        }
        guard let account = usernames[(request.headers[Gstn.Header.username] ?? "").lowercased()],
            account.identity.text == session.gstin
        else { throw Refusal("RET11409", "Invalid user name") }
        guard request.headers[Gstn.Header.gstin] == session.gstin, request.query["gstin"] == session.gstin else {
            throw Refusal("RET11410", "Invalid GSTIN")
        }
        guard request.headers[Gstn.Header.stateCode] == String(session.gstin.prefix(2)) else {
            throw Refusal("AUTH4041", "Invalid state code")
        }
        guard state.spend(request.headers[Gstn.Header.transaction] ?? "", of: token) else {
            throw Refusal("RET11408", "Invalid transaction id")
        }
        return (session, account)
    }

    private func heldBack(_ account: DemoAccount, _ outcome: MagicOutcome) -> SandboxAnswer? {
        let isEarly: Bool
        switch outcome {
        case .unavailableTwice, .rateLimited: isEarly = state.count("held \(account.identity)") <= 2
        case .placeFailed: return Self.failure(Refusal("TEC4001", "Technical error"))
        default: return nil
        }
        guard isEarly else { return nil }
        var answer = refusal(outcome == .rateLimited ? .rateLimited : .unavailable, trace: "")
        if outcome == .rateLimited { answer.headers = [("Retry-After", "2")] }
        return answer
    }

    /// Sealed for the session, under a fresh key of its own.
    func sealed(_ json: [UInt8], _ session: GstnState.Session) throws(Refusal) -> SandboxAnswer {
        if session.isPlain {
            return SandboxAnswer(status: 200, body: Array("{\"status_cd\":\"1\",\"data\":".utf8) + json + [125])
        }
        let key = SymmetricKey(size: .bits256)
        var answer = GstnAnswer(status: "1")
        do {
            let sealed = try GstnSealed(json, key: key)
            answer.data = sealed.data
            answer.hmac = sealed.hmac
            answer.rek = try GstnKeys.sealed(key, under: session.sek)
        } catch {
            throw Refusal("TEC4001", "Technical error")
        }
        return SandboxAnswer(200, answer)
    }

    private func preference(_ session: GstnState.Session) throws(Refusal) -> SandboxAnswer {
        let quarters = ["Q1", "Q2", "Q3", "Q4"].map { #"{"quarter":"\#($0)","preference":"M"}"# }
        return try sealed(Array("{\"response\":[\(quarters.joined(separator: ","))]}".utf8), session)
    }
}
