import Domain
import Services

extension Workspace {
    /// A moment as tables for people show it, by the desk's clock; empty for none.
    func shown(_ instant: Instant?) -> String {
        instant.map { TimeText.full($0, offset: utcOffset(at: $0)) } ?? ""
    }
}
