import Domain
import Foundation

/// Ends this process with SIGKILL at a named moment of an action, once: the proof that nothing is lost there.
///
/// It is asked for by `PORTALDESK_KILL_POINT=MOMENT:MICROSECONDS:FILE`, and heeded only in a workspace all of whose
/// providers are simulated. `FILE` is made on the spot before the end; where it stands already nothing is done, so that
/// processes that inherit the variable live.
struct KillPoint: Sendable {
    enum Moment: String, Sendable, CaseIterable {
        /// The operation is written and not committed.
        case sealing
        /// It is committed, and nobody was told.
        case sealed
        /// The worker is told; whoever asked begins to wait.
        case queued
        case claimed
        /// The attempt is durable, and no byte has left.
        case intent
        /// The answer is read and not stored.
        case answered
        /// The evidence is written, in the transaction that moves the operation.
        case evidence
        /// That transaction is committed.
        case outcome
        /// The worker has not taken notice yet that it is done with the operation.
        case completion
        /// The lease's new end is written and not committed.
        case renewal
        /// A checkpoint of the audit trail is about to be signed.
        case checkpoint
        /// It is signed and committed, and no place outside was told.
        case checkpointKept = "checkpoint_kept"
        /// The places outside know it.
        case checkpointTold = "checkpoint_told"
    }

    static let variable = "PORTALDESK_KILL_POINT"

    let moment: Moment
    /// From reaching the moment to the end, in which the other threads go on.
    let delay: UInt32
    let file: String

    /// nil where none is asked for, and in every workspace that could reach a real authority.
    init?(_ environment: [String: String], providers: () -> ProviderCatalog) {
        guard let parts = environment[Self.variable]?.split(separator: ":", maxSplits: 2), parts.count == 3,
            let moment = Moment(rawValue: String(parts[0])), let delay = UInt32(parts[1])
        else { return nil }
        let catalog = providers()
        guard catalog.broken.isEmpty, !catalog.files.isEmpty,
            catalog.files.allSatisfy({ $0.isSimulated || $0.startsSandbox })
        else { return nil }
        (self.moment, self.delay, file) = (moment, delay, String(parts[2]))
    }

    func strike(_ here: Moment) {
        guard here == moment, mark() else { return }
        if delay > 0 { usleep(delay) }
        kill(getpid(), SIGKILL)
    }

    private func mark() -> Bool {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }
}
