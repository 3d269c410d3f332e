import Domain
import Wire

/// The server end of the e-filing portal's front-end services, as far as notices are concerned. Unofficial shapes: see
/// `EFiling`.
struct EFilingSystem: SandboxSystem {
    let name = "efiling"
    let configuration: SandboxConfiguration
    let world: DemoWorld
    let book: NoticeBook
    let sessions: EFilingSessions
    private let shelves = RecentlyMade<EFilingShelf.Name, EFilingShelf>()
    /// Milliseconds that every list takes, when a fault says so.
    let slowPlace: Int?

    init(configuration: SandboxConfiguration, world: DemoWorld, book: NoticeBook, slowPlace: Int?) {
        self.configuration = configuration
        self.world = world
        self.book = book
        self.slowPlace = slowPlace
        sessions = EFilingSessions(loginWait: configuration.eFilingLoginWait, now: configuration.now)
    }

    /// One call of somebody who is logged in.
    struct Caller {
        var token: String
        var ordinal: Int
        var shelf: EFilingShelf
        var account: DemoAccount { shelf.account }
    }

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        if let refusal = Self.refusal(of: request) { return refusal }
        if request.path == EFiling.Path.login.standard, request.method == "POST" { return login(request) }
        guard let token = request.cookie(EFiling.cookie), let user = sessions.user(token),
            let account = account(user.name)
        else { return Self.sessionOver }
        let caller = Caller(token: token, ordinal: user.ordinal, shelf: shelf(of: account, ordinal: user.ordinal))
        var answer = await serve(request, caller)
        answer.identity = account.identity.text
        return answer
    }

    /// What every call of the portal's own page bears (facts: income-tax-traces 3.1). How the portal answers a call without
    /// it is not known; here it is refused, so that no client forgets it. The front page bears none of it.
    private static func refusal(of request: SandboxRequest) -> SandboxAnswer? {
        guard request.path.hasPrefix("/iec/") else { return nil }
        guard let origin = request.headers["Origin"], origin.hasPrefix("http"),
            request.headers["Referer"]?.hasPrefix(origin) == true
        else { return SandboxAnswer(status: 403, page: "Forbidden") }
        let (service, said) = (request.asked?.serviceName, request.headers[EFiling.serviceHeader])
        let isNamed = said != nil && (said == "NA" || service == nil || said == service)
        return isNamed ? nil : SandboxAnswer(status: 403, page: "Forbidden")
    }

    /// Services that share a path are told apart by the form too, and say whose lists they want.
    private static func isComplete(_ asked: EFilingRequest, _ service: EFiling.Service?) -> Bool {
        switch service {
        case .proceedings, .notices: asked.header?.formName == EFiling.Form.proceedings && asked.pan?.isEmpty == false
        case .replies, .demands: asked.pan?.isEmpty == false
        case .returns: asked.header?.formName == EFiling.Form.returns && asked.entityNum?.isEmpty == false
        case .letter, .closure: asked.loggedInUserId?.isEmpty == false
        default: true
        }
    }

    private func shelf(of account: DemoAccount, ordinal: Int) -> EFilingShelf {
        let name = EFilingShelf.Name(identity: account.identity, outcome: account.outcome, ordinal: ordinal)
        return shelves.value(of: name) { EFilingShelf(account, book: book, ordinal: ordinal) }
    }

    private func serve(_ request: SandboxRequest, _ caller: Caller) async -> SandboxAnswer {
        let document = EFiling.Path.document.standard
        if request.method == "GET", request.path.hasPrefix(document) {
            return file(String(request.path.dropFirst(document.count)), caller)
        }
        guard request.method == "POST", let path = EFiling.Path.allCases.first(where: { $0.standard == request.path })
        else { return SandboxAnswer(status: 404, page: "Not Found") }
        guard let asked = request.asked else {
            return SandboxAnswer(status: 400, page: "Bad Request")
        }
        let service = asked.serviceName.flatMap(EFiling.Service.init(rawValue:))
        guard Self.isComplete(asked, service) else { return SandboxAnswer(status: 400, page: "Bad Request") }
        switch (path, service) {
        case (.extendSession, _): return Self.json(EFilingMessages([.init(.success, type: "INFO", desc: "OK")]))
        case (.proceedings, .proceedings): return await listProceedings(asked, caller)
        case (.proceedings, .notices): return listNotices(asked, caller)
        case (.proceedings, .replies): return listReplies(asked, caller)
        case (.proceedings, .closure): return closure(asked, caller)
        case (.letters, .letter): return letter(asked, caller)
        case (.services, .demands): return await listDemands(caller)
        case (.services, .returns): return await listReturns(caller)
        case (.order, _): return order(asked, caller)
        case (.intimation, _): return caller.shelf.intimation(asked.refno)?.answer ?? Self.notFound
        default: return SandboxAnswer(status: 400, page: "Bad Request")
        }
    }

    func account(_ user: String) -> DemoAccount? {
        guard var account = world.account(PortalIdentity(stored: .incomeTax, user)) else { return nil }
        if let outcome = configuration.outcomes[account.identity] { account.outcome = outcome }
        return account
    }

    // MARK: Answers

    static let sessionOver = SandboxAnswer(status: 401, page: "Session expired")
    static let notFound = SandboxAnswer(status: 404, page: "Not Found")

    static func json(_ payload: some WirePayload) -> SandboxAnswer {
        SandboxAnswer(status: 200, body: (try? WireJSON.encode(payload)) ?? [])
    }

    func understand(_ request: inout SandboxRequest) {
        if request.method == "POST" {
            request.asked = try? WireJSON.decode(EFilingRequest.self, from: request.body).payload
        }
    }

    /// The path with the service's name, for services share paths.
    func call(_ request: SandboxRequest) -> String {
        let document = EFiling.Path.document.standard
        if request.method == "GET", request.path.hasPrefix(document) { return "GET /\(name)\(document){id}" }
        let known = request.asked?.serviceName.flatMap(EFiling.Service.init(rawValue:)).map { " \($0.rawValue)" } ?? ""
        return "\(request.method) /\(name)\(request.path)\(known)"
    }

    func profileFiles(at address: String) -> [String: String] {
        let text = """
            # The simulated e-filing portal. Its front-end services are unofficial: nobody has published or promised them.
            # Without a pause between the login's steps; the real portal needs some seconds (5 when the line is missing).
            name = "sandbox-efiling"
            connector = "efiling"
            portals = ["income_tax"]
            simulated = true

            [urls]
            base = "\(address)"

            [services]
            # A guess, at real providers as well: set-offs under section 245 stand in the demand list.
            set_offs = "\(EFiling.Service.demands.rawValue)"

            [policy]
            dual_session = "ask"

            [pacing]
            login_step_ms = 0
            call_ms = 0
            document_ms = 0
            start_most_ms = 0

            \(ProfileFolder.timeouts)

            [limits]
            concurrency = 4

            """
        return ["efiling.toml": text]
    }

    func accounts() -> [ProfileFolder.AccountLine] {
        world.accounts.filter { $0.identity.portal == .incomeTax }.map { account in
            ProfileFolder.AccountLine(system: name, account: self.account(account.identity.text) ?? account)
        }
    }
}
