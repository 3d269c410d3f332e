import Dispatch
import Domain
import FlyingFox
import FlyingSocks
import Glibc

/// The simulated portals: one HTTP server on 127.0.0.1 that speaks "Portal Bridge 1" for all three, and below `/NAME` the
/// wire of each further system.
public actor SandboxServer {
    public nonisolated let configuration: SandboxConfiguration
    public nonisolated let world: DemoWorld
    private var http: HTTPServer?
    private var serving: Task<Void, Never>?
    private var ending: Task<Void, Never>?
    private var lock: StateLock?
    private var log: AccessLog?
    private var watch: Task<Void, Never>?
    private var signals: [any DispatchSourceSignal] = []

    public init(_ configuration: SandboxConfiguration) {
        world = DemoWorld(seed: configuration.seed, businesses: configuration.businesses)
        self.configuration = Self.withPlayedFaults(configuration, in: world)
    }

    /// Faults that name an identity change what the world plays for it.
    private static func withPlayedFaults(_ given: SandboxConfiguration, in world: DemoWorld) -> SandboxConfiguration {
        var configuration = given
        if let percent = given.faultPercent {
            for account in world.accounts {
                configuration.outcomes[account.identity] = FaultPlan.outcome(
                    of: account.identity, percent: percent, seed: given.seed)
            }
        }
        for fault in given.faults {
            guard case .identity(let text, let outcome) = fault.effect else { continue }
            for portal in Portal.allCases {
                let identity = PortalIdentity(stored: portal, text)
                guard world.account(identity) != nil else { continue }
                configuration.outcomes[identity] = outcome
                if outcome == .wrongPassword { configuration.refusesRightPassword.insert(identity) }
            }
        }
        return configuration
    }

    /// Serves until it is stopped, idle for long enough, told to by a signal, or its task is cancelled.
    ///
    /// - Parameter ready: called once, when requests are answered.
    /// - Throws: `SandboxProblem` when it cannot start.
    public func run(ready: @Sendable (SandboxReady) -> Void) async throws(SandboxProblem) {
        ready(try await start())
        await waitUntilStopped()
    }

    /// Returns when requests are answered.
    public func start() async throws(SandboxProblem) -> SandboxReady {
        guard http == nil else { throw SandboxProblem("this sandbox is started already", isRunning: true) }
        let folder = configuration.stateFolder
        try FileBytes.makeFolder(folder)
        lock = try StateLock(folder)
        // One that was killed left its address, and nobody is to knock there.
        unlink("\(folder)/ready.json")
        let faults = FaultBoard(configuration.faults)
        try await KeptKey.prepare(in: folder, isOwn: configuration.hasOwnKey)
        let systems = try makeSystems(faults)
        let keeps = configuration.keepsAccess || configuration.accessFile != nil
        // It is written at the end; a file that cannot be written is told of now.
        if let file = configuration.accessFile { try FileBytes.replace(path: file, with: []) }
        let log = AccessLog(now: configuration.now(), isKept: keeps)
        self.log = log
        let handler = SandboxHandler(systems: systems, faults: faults, log: log, configuration: configuration)
        let port = try await listen(handler, faults)
        let profiles = ProfileFolder(folder: configuration.profileFolder ?? "\(folder)/profiles")
        do throws(SandboxProblem) {
            try profiles.write(systems, port: port)
            let addresses = systems.all.map { ($0.name, SandboxSystems.address(of: $0, port: port)) }
            let ready = SandboxReady(
                port: Int(port), systems: Dictionary(uniqueKeysWithValues: addresses), profileFolder: profiles.folder,
                accountsFile: profiles.accountsFile)
            try FileBytes.replace(path: "\(folder)/ready.json", with: Array(ready.line.utf8))
            watchSignals()
            watchIdleness(systems)
            return ready
        } catch {
            await stop()
            throw error
        }
    }

    /// Returns when nothing is answered any more and all that is to be written is written.
    public func waitUntilStopped() async {
        let task = serving
        await withTaskCancellationHandler {
            await task?.value
        } onCancel: {
            Task { await self.stop() }
        }
        await ending?.value
    }

    /// Lets requests in flight finish for up to a second, then closes. Safe to call again.
    public func stop() async {
        guard let http else {
            await ending?.value
            return
        }
        self.http = nil
        let task = Task { await end(http) }
        ending = task
        await task.value
    }

    private func end(_ http: HTTPServer) async {
        watch?.cancel()
        signals.forEach { $0.cancel() }
        signals = []
        for _ in 0..<50 where (log?.open ?? 0) > 0 { try? await Task.sleep(for: .milliseconds(20)) }
        await http.stop(timeout: 0)
        await serving?.value
        unlink("\(configuration.stateFolder)/ready.json")
        if let file = configuration.accessFile, let log {
            try? FileBytes.replace(path: file, with: AccessRecord.lines(log.records))
        }
        lock = nil
    }

    /// Requests so far, by call: `POST /v1/jobs`.
    public func calls() -> [String: Int] { log?.calls ?? [:] }

    /// Every request so far, in order; empty unless the configuration keeps them.
    public func access() -> [AccessRecord] { log?.records ?? [] }

    private func makeSystems(_ faults: FaultBoard) throws(SandboxProblem) -> SandboxSystems {
        let baseDate = try BaseDate.fixed(in: configuration.stateFolder, now: configuration.now())
        let book = NoticeBook(
            seed: configuration.seed, baseDate: baseDate, fewest: configuration.fewestNotices)
        let bridge = BridgeService(
            state: try BridgeState(configuration: configuration, world: world), book: book,
            timeline: JobTimeline(
                pace: max(configuration.pace, 0), slowPlace: faults.slowPlace, seed: configuration.seed),
            now: configuration.now)
        let today = LegalDate.inIndia(configuration.now())
        let gstn = GstnSystem(
            bridge: bridge,
            keys: try GstnCertificateFile.kept(
                in: configuration.stateFolder, today: today),
            sessionLife: configuration.gstnSessionLife, accessWindow: configuration.gstnAccessWindow)
        let eFiling = EFilingSystem(
            configuration: configuration, world: world, book: book, slowPlace: faults.slowPlace)
        let traces = TracesSystem(
            state: try TracesState(configuration: configuration, world: world),
            book: TracesBook(seed: configuration.seed, baseDate: baseDate), now: configuration.now)
        return SandboxSystems(
            bridge: bridge,
            others: [gstn, EnrichedGspSystem(gstn: gstn), OAuthGspSystem(gstn: gstn), eFiling, traces]
                + (try makeNic()))
    }

    /// Both registration portals, both sites of the e-way bill system and a GSP before them, over one book.
    private func makeNic() throws(SandboxProblem) -> [any SandboxSystem] {
        let keys = try NicKeyRing.kept(in: configuration.stateFolder)
        let book = try NicBook(configuration: configuration, world: world, signer: keys.signer)
        let access = NicAccess(
            users: NicUsers(world: world), sessions: NicSessions(now: configuration.now), configuration: configuration)
        let irp = IrpSystem(name: "irp", book: book, keys: keys, access: access)
        let ewb = EwbSystem(name: "ewb", book: book, keys: keys, access: access)
        return [
            irp, IrpSystem(name: "irp2", book: book, keys: keys, access: access), ewb,
            EwbSystem(name: "ewb2", book: book, keys: keys, access: access), EnrichedNicSystem(irp: irp, ewb: ewb),
        ]
    }

    private func listen(_ handler: SandboxHandler, _ faults: FaultBoard) async throws(SandboxProblem) -> UInt16 {
        do {
            let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: configuration.port)
            let pool = NoDelayPool(base: HTTPServer.defaultPool(), resetsOnClose: faults.resetsConnections)
            // The time-out is a sleeping task per request that stays until it is over: short enough for memory, long
            // enough for a machine that is busy with other things.
            let timeout = 30 + Double(faults.longestLatency) / 1_000
            let http = HTTPServer(address: address, timeout: timeout, pool: pool, logger: .disabled, handler: handler)
            self.http = http
            serving = Task { try? await http.run() }
            try await http.waitUntilListening(timeout: 60)
            guard case .ip4(_, let port) = await http.listeningAddress else { throw SandboxProblem("no port") }
            return port
        } catch {
            http = nil
            throw SandboxProblem("cannot listen on 127.0.0.1:\(configuration.port): the port may be in use")
        }
    }

    private func watchSignals() {
        guard configuration.handlesSignals else { return }
        for number in [SIGTERM, SIGINT] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // Sendable, or it would be taken for the actor's own code, which Dispatch's queue may not run.
            source.setEventHandler { @Sendable in Task { await self.stop() } }
            source.resume()
            signals.append(source)
        }
    }

    private func watchIdleness(_ systems: SandboxSystems) {
        guard let idleExit = configuration.idleExit, let log else { return }
        let now = configuration.now
        watch = Task { [weak self] in
            while !Task.isCancelled {
                let idle = now().since(log.lastAt)
                let wait = idleExit - idle
                if wait <= .zero, log.open == 0, await !systems.isBusy() { break }
                try? await Task.sleep(for: max(wait, .milliseconds(200)))
            }
            // In a task of its own: stopping cancels this one.
            if !Task.isCancelled { Task { [weak self] in await self?.stop() } }
        }
    }
}
