import Domain
import TerminalKit

extension Pager {
    /// `▼ 12 more`, for the foot of a page; empty where the text ends within the window.
    func moreNote(_ state: PagerState, in rect: Rect) -> Line {
        let below = linesBelow(state, in: rect.size)
        return below > 0 ? Line("▼ \(below.grouped) more", .muted) : .empty
    }
}
