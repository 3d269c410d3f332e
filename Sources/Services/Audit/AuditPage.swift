import Domain
import Store

/// One page of the trail, newest first, for a screen.
public struct AuditPage: Sendable, Hashable {
    public var rows: [AuditEvent]
    /// From 1.
    public var page: Int
    public var pageCount: Int
    public var total: Int
    public var firstSerial: Int
    /// Records and the size of the newest checkpoint, for the heading.
    public var size: Int64
    public var signed: Int64
    /// Of a history: where that comes from whose history it is.
    public var origin: AuditOrigin?

    public init(
        rows: [AuditEvent], page: Int, pageCount: Int, total: Int, firstSerial: Int, size: Int64, signed: Int64,
        origin: AuditOrigin? = nil
    ) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.size = size
        self.signed = signed
        self.origin = origin
    }
}

/// One record with all that a screen shows of it.
public struct AuditDossier: Sendable, Hashable {
    public var event: AuditEvent
    public var request: AuditService.BodyStanding
    public var answer: AuditService.BodyStanding
    /// Opened bodies as text, made harmless.
    public var requestText: String?
    public var answerText: String?

    /// Whether something sealed can be opened.
    public var isKept: Bool { request == .kept || answer == .kept }

    public init(
        event: AuditEvent, request: AuditService.BodyStanding = .none, answer: AuditService.BodyStanding = .none,
        requestText: String? = nil, answerText: String? = nil
    ) {
        self.event = event
        self.request = request
        self.answer = answer
        self.requestText = requestText
        self.answerText = answerText
    }
}

extension AuditService {
    /// - Parameter page: from 1; one past the end gives the last.
    public func page(_ query: AuditQuery, page: Int, perPage: Int) async throws(Complaint) -> AuditPage {
        let final = try await permitted(query)
        let origin = try await origin(of: query.thread)
        return try await workspace.read { reader in
            let total = try reader.auditCount(final, upTo: Self.counted)
            let pages = max(1, (total + perPage - 1) / perPage)
            let shown = min(max(page, 1), pages)
            let offset = (shown - 1) * perPage
            return AuditPage(
                rows: try reader.auditPage(final, offset: offset, limit: perPage), page: shown, pageCount: pages,
                total: total, firstSerial: offset + 1, size: try reader.auditHead()?.size ?? 0,
                signed: try reader.newestCheckpoint()?.size ?? 0, origin: origin)
        }
    }

    public func dossier(_ sequence: Int64) async throws(Complaint) -> AuditDossier {
        let event = try await event(sequence)
        return AuditDossier(
            event: event, request: try await standing(event, .request), answer: try await standing(event, .answer))
    }

    /// The record with what is kept of its bodies opened; each opening is on record.
    public func opened(_ sequence: Int64) async throws(Complaint) -> AuditDossier {
        var dossier = try await dossier(sequence)
        if dossier.request == .kept { dossier.requestText = Self.text(try await body(sequence, .request)) }
        if dossier.answer == .kept { dossier.answerText = Self.text(try await body(sequence, .answer)) }
        return dossier
    }

    private static func text(_ bytes: [UInt8]) -> String {
        HarmlessText.block(ReadableJson.lines(bytes).joined(separator: "\n"), limit: 1 << 18)
    }
}
