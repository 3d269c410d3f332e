import Domain
import Foundation
import Services
import Synchronization

extension EffectRunner {
    /// Reads the trail from end to end and tells how far it is.
    func readTrail(_ wish: AuditWish, _ ticket: Ticket, _ undertaking: String) {
        let workspace = workspace
        let shown = Mutex(Int64(-1))
        let tell = { @MainActor @Sendable [weak self] (done: Int64, total: Int64) in
            self?.deliver(.loaded(.readingTrail(done: done, total: total), ticket))
        }
        start(ticket, undertaking) { () async throws(Complaint) in
            try await wish.loaded(from: workspace) { done, total in
                // A frame for each block of records would cost more than it tells.
                let percent = total > 0 ? done * 100 / total : 0
                let isNews = shown.withLock { last in
                    defer { last = max(last, percent) }
                    return percent > last && percent < 100
                }
                guard isNews else { return }
                DispatchQueue.main.async { MainActor.assumeIsolated { tell(done, total) } }
            }
        }
    }
}
