import Domain
import Wire

/// Where a page of notices ended. Opaque to clients: it also pins the fetch, so that the list stays stable.
struct NoticeCursor {
    var ordinal: Int
    var updatedAt: Instant
    var id: String

    init(ordinal: Int, updatedAt: Instant, id: String) {
        self.ordinal = ordinal
        self.updatedAt = updatedAt
        self.id = id
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "c1", let ordinal = Int(parts[1]), let updated = Int64(parts[2]) else {
            return nil
        }
        self.init(ordinal: ordinal, updatedAt: Instant(milliseconds: updated), id: String(parts[3]))
    }

    var text: String { "c1.\(ordinal).\(updatedAt.milliseconds).\(id)" }

    func isBefore(_ notice: SandboxNotice) -> Bool { (updatedAt, id) < (notice.updatedAt, notice.notice.id) }
}
