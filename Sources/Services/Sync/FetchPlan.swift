import Domain
import Store

extension SyncService {
    /// What fetching a whole portal, or all of them, would queue now, and which logins it would leave out, for a person to
    /// confirm.
    public struct FetchPlan: Hashable, Sendable {
        public var portal: Portal?
        public var queued: Int
        /// Logins whose fetch is queued or runs already.
        public var standing: Int
        /// Logins that the portal refused: the same password is not tried again.
        public var refused: Int
        /// Logins that need the taxpayer's written authority, of which none is recorded.
        public var withoutAuthority: Int

        public init(
            portal: Portal? = nil, queued: Int, standing: Int = 0, refused: Int = 0, withoutAuthority: Int = 0
        ) {
            self.portal = portal
            self.queued = queued
            self.standing = standing
            self.refused = refused
            self.withoutAuthority = withoutAuthority
        }

        /// `7 refused by the portal, 1 queued or running already`; empty where none is left out.
        public var leftOut: String {
            [
                (refused, "refused by the portal"), (withoutAuthority, "without written authority"),
                (standing, "queued or running already"),
            ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
        }
    }

    /// Queues nothing.
    public func planAll(_ portal: Portal?) async throws(Complaint) -> FetchPlan {
        try await workspace.permit(.fetch)
        let (filter, now) = (everything(of: portal), workspace.now)
        return try await workspace.write { writer in
            let count = try writer.countAll(filter, now: now)
            return FetchPlan(
                portal: portal, queued: count.new, standing: count.standing, refused: count.refused,
                withoutAuthority: try writer.reader.countWithoutAuthority(filter.needAuthority, portal: portal))
        }
    }

    /// Every configured account of a portal, or of all.
    func everything(of portal: Portal?) -> EnqueueFilter {
        EnqueueFilter(
            portals: portal.map { [$0] } ?? [], needAuthority: workspace.needingAuthority(),
            passwordless: workspace.passwordless())
    }
}
