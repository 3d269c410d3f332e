import Domain
import Foundation
import Secrets
import Services
import Store

/// The measured workspace: built through the product's own services, or one that stands already.
struct BenchHome: Sendable {
    let home: Home
    private let isTemporary: Bool

    /// - Parameter folder: a workspace to reuse, or to build when nothing stands there; nil for a temporary one.
    static func open(folder: String?, jobs: Int) async throws -> BenchHome {
        let temporary = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
        let home = Home(path: folder ?? temporary.path)
        let surroundings = Surroundings.live(version: "bench")
        if !home.exists {
            let spent = try await ContinuousClock().measure { try await build(home, jobs: jobs, surroundings) }
            Report.note("built \(home.path): 15,000 identities, \(jobs) jobs, in \(Int(spent.inMilliseconds)) ms")
        }
        try await logIn(home, surroundings)
        return BenchHome(home: home, isTemporary: folder == nil)
    }

    /// The measured desk opens in a session, as it does for a person.
    private static func logIn(_ home: Home, _ surroundings: Surroundings) async throws {
        let workspace = try Workspace.open(home, surroundings)
        defer { workspace.close() }
        _ = try await workspace.login.login("bench", SecretBytes(utf8: "bench"))
    }

    private static func build(_ home: Home, jobs: Int, _ surroundings: Surroundings) async throws {
        let data = try BenchData(jobs: jobs, now: surroundings.clock())
        let admin = SetupService.Admin(
            name: "bench", email: "bench@portaldesk.example", password: SecretBytes(utf8: "bench"))
        let workspace = try await SetupService(home: home, surroundings: surroundings, isDemo: true)
            .create(admin, providers: [("bridge.toml", provider)]).workspace
        let population = Population(workspace: workspace)
        try await population.add(businesses: data.drafts)
        let logins = data.identities.map {
            Population.Login(
                identity: $0, username: "user", password: SecretBytes(utf8: "secret"), isVerified: true, reason: nil)
        }
        try await population.add(logins: logins, checkedAt: data.now)
        try await population.add(jobs: jobs, progress: { _ in }, data.job)
        try await population.noteProviders(Portal.allCases, at: data.now)
        workspace.close()
    }

    private static let provider = """
        name = "bench"
        connector = "bridge"
        portals = ["gst", "income_tax", "traces"]
        default = true
        simulated = true

        [urls]
        base = "sandbox:"

        """

    func remove() {
        if isTemporary { try? FileManager.default.removeItem(atPath: home.path) }
    }
}

/// The workspace's store, opened by the measuring process itself.
struct BenchStore: Sendable {
    let store: DeskStore
    let now: Instant
    /// For files beside the store, on the same disk.
    let folder: String

    init(_ home: Home) throws {
        let clock = Surroundings.live(version: "bench").clock
        store = try DeskStore(
            file: home.database, lockFile: home.storeLock, wakeFile: home.wake, access: .readWrite, clock: clock)
        now = clock()
        folder = home.run
    }

    /// Accounts in the order of their identities.
    func accounts() throws -> [AccountId] {
        try store.readNow { try $0.accounts(AccountQuery(perPage: nil)).rows.map(\.id) }
    }
}
