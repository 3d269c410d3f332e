import Domain
import Wire

/// What the simulated NIC holds: invoices of both IRPs and e-way bills. All of it comes from the ledger, which is on disk
/// before anybody is told.
actor NicBook {
    nonisolated let configuration: SandboxConfiguration
    nonisolated let world: DemoWorld
    nonisolated let signer: DocumentSigner
    private let file: LedgerFile
    private(set) var held = NicHoldings()
    /// Taxpayers that were fetched anew from the GST portal, as long as the process lives.
    private(set) var synced: Set<String> = []
    /// Documents whose bill is on its way to the disk.
    var inProgress: Set<String> = []
    /// Counts acceptances; those that are on their way to the disk; who waits for which to arrive.
    private var begun = 0
    private var underway: Set<Int> = []
    private var waiting: [(number: Int, continuation: CheckedContinuation<Void, Never>)] = []

    nonisolated var play: NicPlay { configuration.nic }
    nonisolated var now: Instant { configuration.now() }
    nonisolated var today: LegalDate { LegalDate.inIndia(now) }

    init(configuration: SandboxConfiguration, world: DemoWorld, signer: DocumentSigner) throws(SandboxProblem) {
        self.configuration = configuration
        self.world = world
        self.signer = signer
        let opened = try LedgerFile.open(SandboxLedger.nicPath(configuration.stateFolder))
        file = opened.file
        for event in opened.events { held.apply(event) }
    }

    /// A taxpayer as the portal knows it.
    ///
    /// - Parameter anew: whether it is fetched from the GST portal before.
    func taxpayer(_ gstin: String, anew: Bool) throws(NicRefusal) -> Outcome {
        if anew { synced.insert(gstin) }
        return Outcome(result: try NicMaster(world: world, synced: synced).details(gstin))
    }

    /// One acceptance before it is written.
    struct Entry: Sendable {
        var kind: NicHoldings.Kind
        /// `irp`, `irp2` or `ewb`.
        var system: String
        var key: String
        var reference: String
        var gstin: String
        var detail: [String]
    }

    /// Accepts for good: what follows in memory first, so that nobody else gets in between, then the disk.
    func accept(_ entries: [Entry]) async throws(NicRefusal) {
        var events: [LedgerEvent] = []
        for entry in entries {
            let acceptance = LedgerEvent.Acceptance(
                kind: entry.kind.rawValue, fingerprint: ContentHash.sha256(Array(entry.detail.joined().utf8)),
                portal: Portal.gst.rawValue, identity: entry.gstin, detail: entry.detail)
            let event = LedgerEvent(
                event: .accepted, at: now.milliseconds, client: entry.system, key: entry.key,
                reference: entry.reference, acceptance: acceptance)
            held.apply(event)
            events.append(event)
        }
        begun += 1
        let number = begun
        underway.insert(number)
        var isDurable = true
        for event in events where !(await file.append(event)) { isDurable = false }
        underway.remove(number)
        let oldest = underway.min() ?? .max
        let ready = waiting.filter { $0.number < oldest }
        waiting.removeAll { $0.number < oldest }
        for waiter in ready { waiter.continuation.resume() }
        if !isDurable { throw NicRefusal("5001", "Application error") }
    }

    /// Returns when all that was accepted so far is on disk. Every answer waits for it: none may tell of what a crash could
    /// still undo.
    func settle() async {
        guard !underway.isEmpty else { return }
        let number = begun
        await withCheckedContinuation { waiting.append((number, $0)) }
    }

    /// Counts that the same came again.
    func noteRepeat(_ kind: NicHoldings.Kind, system: String, key: String) async {
        let acceptance = LedgerEvent.Acceptance(kind: kind.rawValue, fingerprint: "", portal: "", identity: "")
        await file.note(
            LedgerEvent(
                event: .repeated, at: now.milliseconds, client: system, key: key, acceptance: acceptance))
    }
}
