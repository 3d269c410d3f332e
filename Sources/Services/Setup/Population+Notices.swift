import Domain
import Portals
import Store
import Wire

extension Population {
    /// What one identity's fetch brought, as the bridge tells it.
    public struct Fetched: Sendable {
        public var identity: PortalIdentity
        public var notices: [BridgeNotice]
        /// Bytes of the documents of each notice, in order.
        public var documents: [[[UInt8]]]

        public init(identity: PortalIdentity, notices: [BridgeNotice], documents: [[[UInt8]]]) {
            self.identity = identity
            self.notices = notices
            self.documents = documents
        }
    }

    /// Stores notices, documents and coverage as fetches at `at` would have. Notices issued before `seenBefore` count as
    /// looked at.
    public func add(fetched: [Fetched], at instant: Instant, seenBefore: LegalDate) async throws(Complaint) {
        let folder = workspace.documents
        var ready: [(identity: PortalIdentity, facts: [NoticeFacts])] = []
        for part in fetched {
            var facts: [NoticeFacts] = []
            for (notice, documents) in zip(part.notices, part.documents) {
                guard var one = notice.facts else { continue }
                for (index, bytes) in documents.enumerated() where one.documents.indices.contains(index) {
                    one.documents[index].sha256 = try await folder.store(bytes)
                    one.documents[index].byteCount = bytes.count
                }
                facts.append(one)
            }
            ready.append((part.identity, facts))
        }
        let all = ready
        try await workspace.write { writer in
            for part in all {
                try Self.store(part.facts, of: part.identity, at: instant, seenBefore: seenBefore, writer)
            }
        }
    }

    private static func store(
        _ facts: [NoticeFacts], of identity: PortalIdentity, at instant: Instant, seenBefore: LegalDate,
        _ writer: StoreWriter
    ) throws {
        guard let account = try writer.reader.account(identity) else { return }
        _ = try writer.upsert(account.id, facts, now: instant)
        for document in facts.flatMap(\.documents) where document.sha256 != nil {
            try writer.linkDocument(document, account: account.id, at: instant)
        }
        for place in identity.portal.places {
            let count = facts.count { $0.place == place }
            try writer.recordReading(
                account.id, place, outcome: count > 0 ? .read : .empty, count: count, error: "", at: instant)
        }
        let stored = try writer.reader.notices(NoticeQuery(identity: identity, perPage: nil)).rows
        let old = stored.filter { $0.facts.issuedOn.map { $0 < seenBefore } ?? true }
        try writer.markSeen(old.map(\.id), at: instant)
    }
}
