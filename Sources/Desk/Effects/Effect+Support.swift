import Domain
import Services

/// What is asked for a support bundle.
public enum SupportWish: Hashable, Sendable {
    case prepare(SupportRequest)
    /// Ends the collecting.
    case stop
    case write(SupportBundle, Set<SupportPart>, String)
    /// What masks stand for.
    case lookUp([String])

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        switch self {
        case .prepare(let request):
            return .supportBundle(
                try await workspace.support.prepare(request, checkSettings: { DeskSettingsCheck.keys($0) }))
        case .stop: return .done("")
        case .write(let bundle, let left, let path):
            return .supportWritten(
                try await workspace.support.write(bundle, without: left, to: workspace.path(typed: path)))
        case .lookUp(let masks): return .supportText(SupportText(try await workspace.support.lookUp(masks)))
        }
    }
}
