import Domain
import Foundation
import Services
import Synchronization

extension EffectRunner {
    /// Checks files off the main thread and tells how far it is. What was stopped is not heard of again.
    func check(_ paths: [String], _ ticket: Ticket) {
        survey?.cancel()
        busy += 1
        let workspace = workspace
        let shown = Mutex(-1)
        let tell = { @MainActor @Sendable [weak self] (done: Int, total: Int) in
            self?.deliver(.loaded(.surveying(done: done, total: total), ticket))
        }
        survey = Task.detached(executorPreference: WorkQueue.shared) { [weak self] in
            let loaded: Loaded
            do throws(Complaint) {
                loaded = try await EInvoiceWish.survey(paths, workspace) { done, total in
                    // A frame for each file would cost more than the check.
                    let percent = total > 0 ? done * 100 / total : 0
                    let isNews = shown.withLock { last in
                        defer { last = max(last, percent) }
                        return percent > last
                    }
                    guard isNews else { return }
                    DispatchQueue.main.async { MainActor.assumeIsolated { tell(done, total) } }
                }
            } catch {
                loaded = .failed(error)
            }
            await self?.checked(Task.isCancelled ? nil : loaded, ticket)
        }
    }

    private func checked(_ loaded: Loaded?, _ ticket: Ticket) {
        if case .failed(let complaint) = loaded, complaint.endsSession {
            deliver(.sessionEnded)
        } else if let loaded {
            deliver(.loaded(loaded, ticket))
        }
        busy -= 1
    }
}
