import Domain
import Services
import TerminalKit

/// What an import refused is shown once, whatever somebody did while it ran.
extension DeskModel {
    /// Shows the page that waits when nothing is in its way any more.
    mutating func showUnseen() -> [Effect] {
        guard let page = unseenPage, lock == nil, overlay == nil, let top, top.screen.scope == .businesses,
            !top.screen.isTyping
        else { return [] }
        unseenPage = nil
        return push(page)
    }

    /// The screen that began the import is gone.
    mutating func told(_ summary: ImportSummary) -> [Effect] {
        var toast = BusinessesScreen.toast(for: summary)
        if !summary.refusals.isEmpty {
            unseenPage = .importRefusals(summary)
            let key = keys.labels(for: .goBusinesses, in: scope).first ?? ""
            toast.detail = "\(Counted.text(summary.refusals.count, "line")) refused; \(key) shows them"
        }
        return [show(toast)]
    }
}
