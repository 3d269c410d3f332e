import Domain
import FoundationEssentials
import Wire

/// What the simulated TRACES remembers. Captchas and logins stand in the ledger; tokens and sessions live in memory only.
actor TracesState {
    enum CaptchaAnswer: Sendable { case right, wrong, unknown }

    struct Tokens: Sendable {
        var access: String
        var refresh: String
    }

    private struct Session {
        var identity: PortalIdentity
        var expiresAt: Instant
    }

    static let captchaLife = Duration.seconds(300)
    static let client = "traces"

    let configuration: SandboxConfiguration
    let world: DemoWorld
    private let file: LedgerFile
    private var captchas: [String: (text: String, expiresAt: Instant)] = [:]
    private var tokens: [String: (refresh: String, session: Session)] = [:]
    private var sessions: [String: Session] = [:]
    private var counters: [String: Int] = [:]
    private var lastLogin = 0
    private var asked: [PortalIdentity: [(number: String, asked: TracesAsked)]] = [:]

    init(configuration: SandboxConfiguration, world: DemoWorld) throws(SandboxProblem) {
        self.configuration = configuration
        self.world = world
        let opened = try LedgerFile.open(SandboxLedger.tracesPath(configuration.stateFolder))
        file = opened.file
        lastLogin = opened.events.count { $0.acceptance?.kind == "login" }
    }

    func account(_ identity: PortalIdentity) -> DemoAccount? { world.account(identity).map(played) }

    /// The account with what this sandbox was told to play.
    nonisolated func played(_ account: DemoAccount) -> DemoAccount {
        var account = account
        if let outcome = configuration.outcomes[account.identity] { account.outcome = outcome }
        return account
    }

    /// Counts up by name and returns the new number.
    func count(_ name: String) -> Int {
        counters[name, default: 0] += 1
        return counters[name, default: 0]
    }

    /// How many sessions a deductor has had since the start.
    func sessions(of identity: PortalIdentity) -> Int { counters["sessions \(identity)", default: 0] }

    // MARK: Requests of files

    func hasAsked(_ identity: PortalIdentity, _ kind: TdsRequest.Kind, _ token: String) -> Bool {
        asked[identity, default: []].contains { $0.asked.kind == kind && $0.asked.statement.token == token }
    }

    func ask(_ identity: PortalIdentity, _ request: TracesAsked) -> String {
        let number = "9\(Digits.padded(count("request"), 8))"
        asked[identity, default: []].append((number, request))
        return number
    }

    /// The latest first.
    func askedRows(_ identity: PortalIdentity, today: LegalDate) -> [TracesRequestRow] {
        asked[identity, default: []].reversed().map { $0.asked.row($0.number, today: today) }
    }

    // MARK: Captchas

    /// A captcha with its text, which leaves the sandbox only as a picture and through the ledger.
    func makeCaptcha() async -> (id: String, text: String) {
        var random = SystemRandomNumberGenerator()
        let text = String((0..<6).map { _ in CaptchaLetters.alphabet.randomElement(using: &random) ?? "A" })
        let id = Self.secret(words: 2)
        let now = configuration.now()
        captchas = captchas.filter { $0.value.expiresAt > now }
        captchas[id] = (text, now + Self.captchaLife)
        let facts = LedgerEvent.Acceptance(
            kind: "captcha", fingerprint: "", portal: Portal.traces.rawValue, identity: "")
        _ = await file.append(event(key: text, reference: id, facts))
        return (id, text)
    }

    /// Right or wrong, a captcha serves once.
    func use(captcha id: String, answer: String) -> CaptchaAnswer {
        guard let held = captchas.removeValue(forKey: id), held.expiresAt > configuration.now() else { return .unknown }
        return held.text == answer ? .right : .wrong
    }

    /// Takes a captcha that was answered rightly once more, for a login that goes on.
    func keepOpen(captcha id: String, answer: String) {
        captchas[id] = (answer, configuration.now() + Self.captchaLife)
    }

    func hasOpenCaptcha() -> Bool {
        let now = configuration.now()
        return captchas.values.contains { $0.expiresAt > now }
    }

    // MARK: Logins and sessions

    func noteLogin(_ identity: String, captcha: String, refusal: String?) async {
        lastLogin += 1
        let facts = LedgerEvent.Acceptance(
            kind: "login", fingerprint: "", portal: Portal.traces.rawValue, identity: identity, refusal: refusal)
        _ = await file.append(event(key: captcha, reference: "l_\(Digits.padded(lastLogin, 8))", facts))
    }

    private func event(key: String, reference: String, _ facts: LedgerEvent.Acceptance) -> LedgerEvent {
        LedgerEvent(
            event: .accepted, at: configuration.now().milliseconds, client: Self.client, key: key, reference: reference,
            acceptance: facts)
    }

    /// An access token in the shape of a JWT. Its signature is noise: nobody but this process checks it.
    func issueTokens(_ identity: PortalIdentity) -> Tokens {
        let expiresAt = configuration.now() + .seconds(configuration.tokenLife)
        let payload = #"{"sub":"\#(identity.text)","exp":\#(expiresAt.milliseconds / 1_000)}"#
        let parts = [#"{"alg":"HS256","typ":"JWT"}"#, payload].map(Self.base64url)
        let access = "\(parts.joined(separator: ".")).\(Self.secret(words: 4))"
        let refresh = Self.secret(words: 4)
        tokens[access] = (refresh, Session(identity: identity, expiresAt: expiresAt))
        return Tokens(access: access, refresh: refresh)
    }

    /// The deductor whose tokens these are; nil when either is wrong or too old.
    func identity(access: String, refresh: String) -> PortalIdentity? {
        guard let held = tokens[access], held.refresh == refresh, held.session.expiresAt > configuration.now() else {
            return nil
        }
        return held.session.identity
    }

    func openSession(_ identity: PortalIdentity) -> String {
        _ = count("sessions \(identity)")
        let cookie = Self.secret(words: 4)
        let expiresAt = configuration.now() + .seconds(configuration.tokenLife)
        sessions[cookie] = Session(identity: identity, expiresAt: expiresAt)
        return cookie
    }

    func session(_ cookie: String) -> PortalIdentity? {
        guard let session = sessions[cookie] else { return nil }
        guard session.expiresAt > configuration.now() else {
            sessions[cookie] = nil
            return nil
        }
        return session.identity
    }

    private static func secret(words: Int) -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<words).map { _ in String(random.next(), radix: 36) }.joined()
    }

    private static func base64url(_ text: String) -> String {
        var result = ""
        for character in Data(text.utf8).base64EncodedString() where character != "=" {
            result.append(character == "+" ? "-" : character == "/" ? "_" : character)
        }
        return result
    }
}
