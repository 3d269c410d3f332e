import Domain
import Foundation
import Sandbox
import Secrets
import Services

/// Builds a demo workspace: invented businesses, their logins at the simulated portals, and a history of jobs.
struct DemoBuilder: Sendable {
    let home: Home
    let size: DemoSize
    let surroundings: Surroundings

    /// Builds the demo unless it stands already, and logs its user in.
    ///
    /// - Parameter report: told now and then how many of its jobs are made.
    func prepare(_ report: @escaping @Sendable (Int, Int) -> Void) async throws(Complaint) {
        if DemoMark.load(home)?.isComplete == true {
            try await logIn()
        } else {
            try await build(report)
        }
    }

    private func build(_ report: @escaping @Sendable (Int, Int) -> Void) async throws(Complaint) {
        try clear()
        try home.create()
        try DemoMark(size: size, isComplete: false).write(home)
        let world = DemoWorld(seed: size.seed, businesses: size.businesses)
        let setup = SetupService(home: home, surroundings: surroundings, isDemo: true)
        let admin = SetupService.Admin(
            name: Self.user, email: "demo@portaldesk.example", password: SecretBytes(utf8: Self.password))
        let providers = try await providers(world)
        let created = try await setup.create(
            admin, providers: [("bridge.toml", Self.provider(world))] + providers.files,
            settings: Settings.demoTemplate)
        let workspace = created.workspace
        let population = Population(workspace: workspace)
        let now = workspace.now
        try await population.add(businesses: Self.drafts(world))
        try await population.add(logins: Self.logins(world), checkedAt: now - .seconds(86_400))
        try await population.add(apiLogins: Self.apiLogins(providers))
        if let choice = Self.filesOfTraces(world, now) { try await population.add(choices: [choice]) }
        let history = DemoHistory(world: world, count: size.jobs, now: now)
        let story = DemoStory(history: history)
        try await population.add(
            fetched: try fetched(world, story, now), seenBefore: LegalDate.inIndia(now).adding(days: -2))
        try await population.add(hours: story.hours(of: Self.bridge, until: now))
        let count = history.count
        try await population.add(jobs: count) { done in
            report(done, count)
        } _: {
            history.job($0)
        }
        try await population.linkNotices()
        if count > 0 { try await population.noteProviders([.gst, .incomeTax], at: now) }
        workspace.close()
        try DemoSamples(home: home, day: LegalDate.inIndia(now)).write(world)
        try DemoMark(size: size, isComplete: true).write(home)
    }

    private static let bridge = "sandbox-bridge"
    static let user = "demo"
    static let password = "demo"

    /// The demo's user is logged in by `demo` itself. Whoever gave that user another password logs in by hand.
    private func logIn() async throws(Complaint) {
        let workspace = try Workspace.open(home, surroundings)
        defer { workspace.close() }
        if try workspace.login.resumeNow() != nil { return }
        do throws(Complaint) {
            _ = try await workspace.login.login(Self.user, SecretBytes(utf8: Self.password))
        } catch  where error.status == .notPermitted {
            return
        }
    }

    private func providers(_ world: DemoWorld) async throws(Complaint) -> DemoProviders {
        do throws(SandboxProblem) {
            return try await DemoProviders.make(
                world, stateFolder: home.sandbox, address: ProviderFile.sandboxAddress,
                today: LegalDate.inIndia(surroundings.clock()))
        } catch {
            throw Complaint("the demo's keys cannot be made", why: error.message, status: .inputOutput)
        }
    }

    /// The last deductor enters TRACES without a bridge, so that files can be asked for.
    private static func filesOfTraces(_ world: DemoWorld, _ now: Instant) -> Population.Choice? {
        world.accounts.last { $0.identity.portal == .traces && $0.outcome == .success }.map {
            Population.Choice(
                identity: $0.identity, provider: DemoProviders.traces,
                authorityOn: LegalDate.inIndia(now).adding(days: -30))
        }
    }

    private static func apiLogins(_ providers: DemoProviders) -> [Population.ApiLogin] {
        providers.users.compactMap { user in
            (try? Gstin(user.gstin)).map {
                Population.ApiLogin(
                    gstin: $0, provider: user.provider, name: user.name, password: SecretBytes(utf8: user.password))
            }
        }
    }

    /// What the fetches have brought so far; notices of the first hundred businesses only, to keep it quick. A history that is
    /// too short to hold their jobs begins after them.
    private func fetched(
        _ world: DemoWorld, _ story: DemoStory, _ now: Instant
    ) throws(Complaint) -> [Population.Fetched] {
        let notices: DemoNotices
        do {
            notices = try DemoNotices(world: world, stateFolder: home.sandbox, now: now)
        } catch {
            throw Complaint("the demo's notices cannot be made", why: error.message, status: .inputOutput)
        }
        return world.accounts.compactMap { account in
            let hasNotices = account.isVerifiedAtFirst && account.outcome == .success && account.businessIndex < 100
            let before = hasNotices ? Population.Reading(at: story.history.start) : nil
            guard let reading = story.reading(of: account.identity) ?? before else { return nil }
            let entries = hasNotices ? notices.notices(of: account) : []
            return Population.Fetched(
                identity: account.identity, reading: reading, notices: entries.map(\.notice),
                documents: entries.map(\.documents))
        }
    }

    /// A demo whose building was cut off is built anew; anything else that stands there is refused.
    private func clear() throws(Complaint) {
        let contents = (try? FileManager.default.contentsOfDirectory(atPath: home.path)) ?? []
        if contents.isEmpty { return }
        guard DemoMark.load(home)?.isComplete == false else {
            throw Complaint(
                "\(home.path) is not a demo",
                why: home.exists ? "it holds a workspace of its own" : "it holds other files",
                remedy: "Name another folder with --home", status: .badData)
        }
        for name in contents { try? FileManager.default.removeItem(atPath: "\(home.path)/\(name)") }
    }

    private static func provider(_ world: DemoWorld) -> String {
        """
        # The demo's portals are simulated by PortalDesk itself; the process starts when it is needed.
        name = "\(bridge)"
        connector = "bridge"
        portals = ["gst", "income_tax", "traces"]
        default = true
        simulated = true

        [urls]
        base = "sandbox:"

        [auth]
        client_id = "\(DemoWorld.clientId)"
        client_secret = "\(DemoWorld.clientSecret)"   # protects nothing: the sandbox is public

        """
    }

    private static func drafts(_ world: DemoWorld) -> [BusinessDraft] {
        world.businesses.map { business in
            let pan = try? Pan(business.pan)
            let gstin = try? Gstin(business.gstin)
            let tan = business.tan.flatMap { try? Tan($0) }
            let accounts = world.accounts.filter { $0.businessIndex == business.index }
            func username(_ portal: Portal) -> String? { accounts.first { $0.identity.portal == portal }?.username }
            var draft = BusinessDraft(name: business.name, group: business.group)
            // Not every firm hands over its Income Tax login: those businesses have no such account.
            draft.formedOn = business.formedOn
            draft.pan = username(.incomeTax) == nil ? nil : pan
            draft.gstin = gstin
            draft.tan = tan
            draft.gstUsername = username(.gst)
            draft.incomeTaxUsername = username(.incomeTax)
            draft.tracesUsername = username(.traces)
            return draft
        }
    }

    private static func logins(_ world: DemoWorld) -> [Population.Login] {
        world.accounts.map { account in
            Population.Login(
                identity: account.identity, username: account.username,
                password: SecretBytes(utf8: account.storedPassword),
                isVerified: account.isVerifiedAtFirst, reason: account.reason)
        }
    }
}
