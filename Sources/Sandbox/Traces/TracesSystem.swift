import Domain
import Wire

/// The server end of TRACES: the new portal's login and, behind it, the old application of the Act of 1961.
struct TracesSystem: SandboxSystem {
    static let cookie = "JSESSIONID"

    let state: TracesState
    let book: TracesBook
    let now: @Sendable () -> Instant

    var name: String { "traces" }

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        switch (request.method, request.path) {
        case ("GET", Traces.LoginPath.captcha): return await captcha()
        case ("POST", Traces.LoginPath.login): return await login(request)
        case ("GET", Traces.AppPath.login): return Self.page("Login", [])
        case ("GET", Traces.AppPath.bridge): return await bridge(request)
        default: return await answerInSession(request)
        }
    }

    private func answerInSession(_ request: SandboxRequest) async -> SandboxAnswer {
        guard request.path.hasPrefix("/app/") else { return SandboxAnswer(status: 404, page: "Not Found") }
        guard let cookie = request.cookie(Self.cookie) else { return Self.redirect("/app/login.xhtml") }
        guard let identity = await state.session(cookie), let account = await state.account(identity) else {
            return SandboxAnswer(status: 410, page: "Gone")
        }
        if account.outcome == .slow { try? await Task.sleep(for: .seconds(8)) }
        // The dashboard is no data: what dies in the middle dies between two lists.
        if account.outcome == .sessionExpiredMidway, request.path != Traces.AppPath.dashboard,
            await state.count("calls \(cookie)") == 3
        {
            return SandboxAnswer(status: 410, page: "Gone")
        }
        var answer = await data(request, account)
        answer.identity = identity.text
        return answer
    }

    private func data(_ request: SandboxRequest, _ account: DemoAccount) async -> SandboxAnswer {
        switch (request.method, request.path) {
        case ("GET", Traces.AppPath.dashboard): return Self.page("Dashboard", [])
        case ("GET", Traces.AppPath.outstandingDemand): return demands(account)
        case ("GET", Traces.AppPath.demandOfYear): return demandOfYear(request, account)
        case ("GET", Traces.AppPath.demandOfQuarter): return demandOfQuarter(request, account)
        case ("GET", Traces.AppPath.communications): return communications(account)
        case ("POST", Traces.AppPath.statementStatus): return statements(request, account)
        case ("GET", Traces.AppPath.requests): return await requests(request, account)
        case ("GET", Traces.AppPath.justificationReport), ("GET", Traces.AppPath.consoFile):
            return Self.page("Request", [])
        case ("POST", Traces.AppPath.justificationReport): return await ask(.justificationReport, request, account)
        case ("POST", Traces.AppPath.consoFile): return await ask(.consoFile, request, account)
        case ("POST", Traces.AppPath.download): return await download(request, account)
        case ("GET", _) where request.path.hasPrefix("/app/files/"): return await file(request, account)
        default: return SandboxAnswer(status: 404, page: "Not Found")
        }
    }

    static func page(_ title: String, _ parts: [String]) -> SandboxAnswer {
        SandboxAnswer(
            status: 200, body: XhtmlPage.page(title, parts), mediaType: "application/xhtml+xml; charset=utf-8")
    }

    static func redirect(_ place: String) -> SandboxAnswer {
        var answer = SandboxAnswer(status: 302, page: "Found")
        answer.headers.append(("Location", place))
        return answer
    }

    func call(_ request: SandboxRequest) -> String {
        let isFile = request.path.hasPrefix("/app/files/")
        return "\(request.method) /\(name)" + (isFile ? "/app/files/{id}" : request.path)
    }

    /// Somebody reads a captcha.
    func isBusy() async -> Bool { await state.hasOpenCaptcha() }

    func profileFiles(at address: String) -> [String: String] {
        let old = """
            # The application of the Income-tax Act, 1961.
            legacy = "\(address)"

            """
        return ["traces.toml": Self.profile(at: address, more: old)]
    }

    static let provider = "sandbox-traces"

    /// - Parameter more: further lines of `[urls]`.
    static func profile(at address: String, more: String = "") -> String {
        """
        # A simulated TRACES. Nothing in this file is secret.
        #
        # The services behind this connector are those that the portal's own web pages call. They are unofficial:
        # TRACES publishes no interface, they may change any day, and unattended use may conflict with the terms of
        # the portal. Each login needs a captcha that a person reads.
        name = "\(provider)"
        connector = "traces"
        portals = ["traces"]
        simulated = true

        [urls]
        # The login service of the new portal.
        base = "\(address)"
        \(more)\

        [paths]
        # Nobody has published where the inbox lies.
        communications = "\(Traces.AppPath.communications)"

        [pacing]
        call_ms = 0
        document_ms = 0
        start_most_ms = 0

        \(ProfileFolder.timeouts)

        [limits]
        concurrency = 2

        """
    }

    func accounts() -> [ProfileFolder.AccountLine] {
        state.world.accounts.filter { $0.identity.portal == .traces }.map { account in
            var account = state.played(account)
            // A captcha belongs to no deductor, so its text stands in the ledger instead.
            if account.outcome != .otpRequired { account.otp = "" }
            return ProfileFolder.AccountLine(system: name, account: account)
        }
    }
}
