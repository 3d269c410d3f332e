import Domain
import Transport
import Wire

/// Reads the detail of one notice and downloads its documents.
struct BridgeDetailReader: Sendable {
    private static let tries = 3
    private static let largestDocument = 32 << 20

    struct Result: Sendable {
        var facts: NoticeFacts
        /// What of it could not be had.
        var problems: [PortalFailure] = []
        /// What came and could not be read.
        var unread: [String]
        /// The head of a detail that is not understood.
        var rawDetail: [UInt8]?
    }

    let caller: BridgeCaller
    let request: FetchRequest
    let reporter: any FetchReporter

    func read(_ item: BridgeNotice, place: Place) async -> Result {
        var reading = NoticeReading(item, place: place)
        var result = Result(facts: reading.facts, unread: reading.problems)
        guard item.documentCount != 0 else { return result }
        do throws(PortalFailure) {
            let detail = try await detail(of: item)
            reading.tell(detail: detail)
            result.facts.particulars = reading.facts.particulars
            result.facts.unread = reading.facts.unread
            result.unread = reading.problems
            for document in detail.documents ?? [] { await take(document, &result) }
        } catch  where error.cause == .portalChanged && !error.rawAnswer.isEmpty {
            // Asked again it would be the same: the list's own words stay, and the detail is there for support.
            result.unread.append(error.message)
            result.rawDetail = Array(error.rawAnswer.utf8)
        } catch {
            result.problems.append(error)
            await reporter.log(
                .error, "notice", "\(reading.facts.reference): \(error.message)", detail: error.rawAnswer)
        }
        return result
    }

    /// Portals answer with an empty list while they still prepare the files, so fewer than promised is asked again.
    private func detail(of item: BridgeNotice) async throws(PortalFailure) -> BridgeNotice {
        let call = BridgeCaller.Call(method: .get, path: Bridge.Path.notice(item.id), deadline: request.deadline)
        var random = caller.client.random
        for attempt in 1...Self.tries {
            let detail = try await caller.decode(BridgeNotice.self, call).payload
            guard detail.id == item.id, detail.identity == item.identity else {
                throw PortalFailure(.portalChanged, "the provider answered with another notice")
            }
            if (detail.documents ?? []).count >= item.documentCount ?? 0 { return detail }
            let wait = BackOff.call.fullJitter(failures: attempt, using: &random)
            do { try await caller.client.pause(wait) } catch { throw PortalFailure(.internal, "cancelled") }
        }
        throw PortalFailure(.placeFailed, "the documents of a notice are not ready yet")
    }

    private func take(_ document: BridgeDocument, _ result: inout Result) async {
        var kept = NoticeDocument(document)
        do throws(PortalFailure) {
            kept.sha256 = try await store(document, &kept)
        } catch {
            result.problems.append(error)
            await reporter.log(.error, "document", "\(kept.name): \(error.message)")
        }
        result.facts.documents.append(kept)
    }

    /// Content hash of the stored bytes.
    private func store(_ document: BridgeDocument, _ kept: inout NoticeDocument) async throws(PortalFailure) -> String {
        let promised = document.sha256?.lowercased()
        if let promised, Self.isHash(promised), await reporter.hasDocument(sha256: promised) { return promised }
        guard document.size <= Self.largestDocument else {
            throw PortalFailure(
                .placeFailed, "the document has \(document.size) bytes, more than \(Self.largestDocument)")
        }
        let bytes = try await download(document, promised)
        let hash = ContentHash.sha256(bytes)
        kept.byteCount = bytes.count
        kept.sha256 = hash
        do {
            try await reporter.store(document: kept, bytes: bytes)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("the document could not be stored: \(error)"))
        }
        return hash
    }

    private func download(_ document: BridgeDocument, _ promised: String?) async throws(PortalFailure) -> [UInt8] {
        let call = BridgeCaller.Call(
            method: .get, path: Bridge.Path.document(document.id), deadline: request.deadline,
            maxResponseBytes: Self.largestDocument)
        for _ in 0..<Self.tries {
            let response = try await caller.send(call)
            // A body that ends with its connection may be cut; then only a hash can tell that it is whole.
            guard let expected = promised ?? Self.entityTag(response) else {
                if response.framing == .delimited { return response.body }
                continue
            }
            if ContentHash.sha256(response.body) == expected { return response.body }
        }
        throw PortalFailure(.placeFailed, "the document's bytes do not fit the hash that the provider names")
    }

    private static func entityTag(_ response: HTTPResponse) -> String? {
        let tag = response.headers[Bridge.Header.entityTag]?.filter { $0 != "\"" }.lowercased()
        return tag.flatMap { isHash($0) ? $0 : nil }
    }

    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}

extension NoticeDocument {
    /// What the wire says of a document, made harmless; its hash comes when the bytes are stored.
    init(_ document: BridgeDocument) {
        self.init(
            externalId: HarmlessText.line(document.id, limit: 300), name: Self.safeName(document.name),
            mediaType: HarmlessText.line(document.mediaType, limit: 100), byteCount: max(document.size, 0))
    }

    /// A name for people and for a file: one line, no path.
    static func safeName(_ text: String) -> String {
        // The path goes first: what dangerous characters are written as holds a backslash of our own.
        let last = text.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last.map { String($0) } ?? ""
        let name = HarmlessText.line(last, limit: 120)
        return name.allSatisfy { $0 == "." || $0 == " " } ? "document" : name
    }
}
