import Domain

/// How a sandbox is to run.
public struct SandboxConfiguration: Sendable {
    /// 0 picks a free port. It listens on 127.0.0.1 only.
    public var port: UInt16 = 0
    public var seed: UInt64 = DemoWorld.defaultSeed
    public var businesses: Int = DemoWorld.defaultBusinessCount
    /// Holds the ledger and what must survive a restart. Made when missing, 0700.
    public var stateFolder: String
    /// Gets `bridge.toml`, `traces.toml` and `accounts.jsonl`; nil for `profiles` inside the state folder.
    public var profileFolder: String?
    public var faults: [SandboxFault] = []
    /// Scales the time that simulated fetches take; 1 lets people watch, 0 is instant.
    public var pace: Double = 1
    /// Ends the server this long after the last request, when no job is open; nil serves until it is stopped.
    public var idleExit: Duration?
    /// Life of a bearer token and of a session in seconds, at most 86,400.
    public var tokenLife = 3_600
    /// Whether the simulated portals have keys that no other sandbox of this process has.
    public var hasOwnKey = false
    /// Life of a session with the simulated GSTN, and how long the taxpayer lets software in.
    public var gstnSessionLife = Duration.seconds(21_600)
    public var gstnAccessWindow = Duration.seconds(30 * 86_400)
    /// What is uncertain about NIC's portals, or differs between them.
    public var nic = NicPlay()
    /// How long the e-filing portal wants between user check and password; a sooner password is refused.
    public var eFilingLoginWait: Duration = .zero
    /// Replaces what the world would play for an identity.
    public var outcomes: [PortalIdentity: MagicOutcome] = [:]
    /// Identities whose right password is refused too (`--fault wrong_password:IDENTITY`).
    public var refusesRightPassword: Set<PortalIdentity> = []
    /// Each kind of trouble is played by this percentage of the accounts that can meet it; nil plays the world's own.
    public var faultPercent: Int?
    /// Every login has at least so many notices in the first place of its portal.
    public var fewestNotices = 0
    /// Gets a JSON line for each request when the server stops; nil keeps none.
    public var accessFile: String?
    /// Whether every request is kept in memory for `SandboxServer.access`.
    public var keepsAccess = false
    /// Whether SIGTERM and SIGINT stop the server. Off in tests, where the process is not its own.
    public var handlesSignals = false
    public var now: @Sendable () -> Instant

    public init(stateFolder: String, now: @escaping @Sendable () -> Instant) {
        self.stateFolder = stateFolder
        self.now = now
    }
}

/// Why a sandbox cannot start or a fault cannot be read.
public struct SandboxProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String
    /// Another sandbox already serves this state folder.
    public var isRunning: Bool

    public init(_ message: String, isRunning: Bool = false) {
        self.message = message
        self.isRunning = isRunning
    }

    public var description: String { message }
}
