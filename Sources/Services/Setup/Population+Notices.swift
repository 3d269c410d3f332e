import Domain
import Portals
import Store
import Wire

extension Population {
    /// How the places of a login stand.
    public struct Reading: Sendable {
        /// One that could not be read.
        public struct Failure: Sendable {
            public var place: Place
            public var error: String
            /// When it was read before; nil for never.
            public var lastReadAt: Instant?

            public init(place: Place, error: String, lastReadAt: Instant?) {
                self.place = place
                self.error = error
                self.lastReadAt = lastReadAt
            }
        }

        /// When they were read last.
        public var at: Instant
        public var failure: Failure?

        public init(at: Instant, failure: Failure? = nil) {
            self.at = at
            self.failure = failure
        }
    }

    /// What one identity's fetches brought, as the bridge tells it.
    public struct Fetched: Sendable {
        public var identity: PortalIdentity
        public var reading: Reading
        public var notices: [BridgeNotice]
        /// Bytes of the documents of each notice, in order.
        public var documents: [[[UInt8]]]

        public init(
            identity: PortalIdentity, reading: Reading, notices: [BridgeNotice] = [], documents: [[[UInt8]]] = []
        ) {
            self.identity = identity
            self.reading = reading
            self.notices = notices
            self.documents = documents
        }
    }

    /// Stores notices, documents and coverage as fetches would have. Notices issued before `seenBefore` count as looked at.
    public func add(fetched: [Fetched], seenBefore: LegalDate) async throws(Complaint) {
        let folder = workspace.documents
        var ready: [(part: Fetched, facts: [NoticeFacts])] = []
        for part in fetched {
            var facts: [NoticeFacts] = []
            for (notice, documents) in zip(part.notices, part.documents) {
                guard var one = notice.facts, part.reading.hasRead(one.place) else { continue }
                for (index, bytes) in documents.enumerated() where one.documents.indices.contains(index) {
                    one.documents[index].sha256 = try await folder.store(bytes)
                    one.documents[index].byteCount = bytes.count
                }
                facts.append(one)
            }
            ready.append((part, facts))
        }
        for start in stride(from: 0, to: ready.count, by: 500) {
            let parts = Array(ready[start..<min(start + 500, ready.count)])
            try await workspace.write { writer in
                for (part, facts) in parts {
                    try Self.store(facts, of: part.identity, part.reading, seenBefore: seenBefore, writer)
                }
            }
        }
    }

    private static func store(
        _ facts: [NoticeFacts], of identity: PortalIdentity, _ reading: Reading, seenBefore: LegalDate,
        _ writer: StoreWriter
    ) throws {
        let instant = reading.at
        guard let account = try writer.reader.account(identity) else { return }
        _ = try writer.upsert(account.id, facts, now: instant)
        for document in facts.flatMap(\.documents) where document.sha256 != nil {
            try writer.linkDocument(document, account: account.id, at: instant)
        }
        for place in identity.portal.places {
            let count = facts.count { $0.place == place }
            let failure = reading.failure.flatMap { $0.place == place ? $0 : nil }
            if reading.hasRead(place) {
                try writer.recordReading(
                    account.id, place, outcome: count > 0 ? .read : .empty, count: count, error: "",
                    at: failure?.lastReadAt ?? instant)
            }
            guard let failure else { continue }
            try writer.recordReading(account.id, place, outcome: .failed, count: 0, error: failure.error, at: instant)
        }
        if facts.isEmpty { return }
        let stored = try writer.reader.notices(NoticeQuery(identity: identity, perPage: nil)).rows
        let old = stored.filter { $0.facts.issuedOn.map { $0 < seenBefore } ?? true }
        try writer.markSeen(old.map(\.id), at: instant)
    }
}

extension Population.Reading {
    fileprivate func hasRead(_ place: Place) -> Bool { failure?.place != place || failure?.lastReadAt != nil }
}
