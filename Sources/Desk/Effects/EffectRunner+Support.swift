import Foundation
import Services

extension EffectRunner {
    /// Collects a support bundle and tells how far it is.
    func collect(_ request: SupportRequest, _ ticket: Ticket, _ undertaking: String) {
        collecting?.cancel()
        let workspace = workspace
        let tell = { @MainActor @Sendable [weak self] (percent: Int) in
            self?.deliver(.loaded(.collectingBundle(percent: percent), ticket))
        }
        collecting = start(ticket, undertaking) { () async throws(Complaint) in
            .supportBundle(
                try await workspace.support.prepare(
                    request, checkSettings: { DeskSettingsCheck.keys($0) },
                    progress: { percent in
                        DispatchQueue.main.async { MainActor.assumeIsolated { tell(percent) } }
                    }))
        }
    }
}
