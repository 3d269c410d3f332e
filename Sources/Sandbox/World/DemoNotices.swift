import Domain
import Wire

/// What the first fetch of an identity will bring, so that a demo can be filled as if it had been fetched before.
/// A later fetch of the same identity then finds the same notices, unchanged.
public struct DemoNotices: Sendable {
    private let book: NoticeBook

    public struct Entry: Sendable {
        /// With documents, as the bridge's detail has it.
        public var notice: BridgeNotice
        /// The bytes of its documents, in order.
        public var documents: [[UInt8]]
    }

    /// Fixes the state folder's base date, which the sandbox then keeps.
    public init(world: DemoWorld, stateFolder: String, now: Instant) throws(SandboxProblem) {
        try FileBytes.makeFolder(stateFolder)
        book = NoticeBook(seed: world.seed, baseDate: try BaseDate.fixed(in: stateFolder, now: now))
    }

    /// Notices of an identity whose fetches simply succeed; none for the others, whose play is for a live fetch.
    public func notices(of account: DemoAccount) -> [Entry] {
        guard account.outcome == .success else { return [] }
        return book.notices(of: account, ordinal: 1).map {
            Entry(notice: $0.detail, documents: $0.documents.map(\.bytes))
        }
    }
}
