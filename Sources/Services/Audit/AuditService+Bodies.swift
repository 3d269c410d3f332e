import Domain
import Store
import Vault
import Wire

extension AuditService {
    /// What a body of a call is, as far as it can be told without opening it.
    public enum BodyStanding: Sendable, Hashable {
        case kept
        /// There was none.
        case none
        /// It held a password, a code or a token.
        case withheld
        /// Larger than the settings keep, in bytes.
        case tooLarge(limit: Int)
        /// Its time was over; the days that bodies are kept, where the record of it says so.
        case deleted(Instant, days: Int?)
        /// It was kept, and nothing on record says why it is not here: somebody took it out of the database.
        case taken
        /// None was kept, and nothing tells why: the vault was locked, nothing was to be kept, or an older program let it go.
        case gone
    }

    public func standing(_ event: AuditEvent, _ side: AuditBodySide) async throws(Complaint) -> BodyStanding {
        guard let call = event.call else { return .none }
        let hash = side == .request ? call.requestHash : call.answer?.hash ?? ""
        if hash.isEmpty { return .none }
        if hash.hasPrefix("hmac:") || hash == "withheld" { return .withheld }
        let sequence = event.sequence
        let wasKept = side == .request ? call.isRequestKept : call.answer?.isKept ?? false
        let (isKept, isTaken, deletion) = try await workspace.read { reader -> (Bool, Bool, AuditEvent?) in
            if try reader.auditBody(sequence, side) != nil { return (true, false, nil) }
            guard let key = try reader.auditBodyKey(sequence, side) else { return (false, wasKept, nil) }
            let deletions = try reader.auditEvents(
                AuditQuery(subject: "audit", action: "audit.retention", after: sequence))
            let deletion = deletions.first { Self.keys($0).contains(key) }
            return (false, deletion == nil, deletion)
        }
        if isKept { return .kept }
        if let deletion { return .deleted(deletion.at, days: deletion.detailFacts["days"].flatMap { Int($0) }) }
        if isTaken { return .taken }
        let length = side == .request ? call.requestLength : call.answer?.length ?? 0
        let limit = workspace.settings.audit.largestBody
        return length > limit ? .tooLarge(limit: limit) : .gone
    }

    private static func keys(_ deletion: AuditEvent) -> [String] {
        (deletion.detailFacts["keys"] ?? "").split(separator: " ").map(String.init)
    }

    /// Opens a sealed body of a call. What came of it is on record before anything is shown.
    ///
    /// - Throws: a `Complaint`: 77 without the grant or with the vault locked, 65 for a body that is not kept or does not
    ///   have the hash on record.
    public func body(_ sequence: Int64, _ side: AuditBodySide) async throws(Complaint) -> [UInt8] {
        let event = try await event(sequence)
        let doer = try await workspace.permit(.openBodies, on: "audit/\(sequence)")
        let hash = side == .request ? event.call?.requestHash : event.call?.answer?.hash
        guard let hash, let kept = try await workspace.read({ try $0.auditBody(sequence, side) }) else {
            let standing = try await standing(event, side)
            let why = AuditWords.standing(standing) { TimeText.full($0, offset: workspace.utcOffset(at: $0)) }
            throw Complaint(
                "there is no \(side) of row \(sequence) to open", why: why, status: .badData)
        }
        do throws(Complaint) {
            let bytes = try await opened(kept, sequence, side, hash)
            try await record(sequence, side, by: doer)
            return bytes
        } catch {
            // A locked vault is no attempt that failed.
            if error.status == .badData { try await record(sequence, side, by: doer, failure: error) }
            throw error
        }
    }

    private func opened(
        _ kept: SealedBody, _ sequence: Int64, _ side: AuditBodySide, _ hash: String
    ) async throws(Complaint) -> [UInt8] {
        guard let secret = try await workspace.secret(.auditBodies, of: kept.key) else {
            throw Complaint(
                "the kept \(side) of row \(sequence) does not open", why: "the key that sealed it is gone",
                status: .badData)
        }
        let key = BodyKey(name: kept.key, secret: secret)
        guard let bytes = try? key.open(kept.bytes, at: BodySealing.place(side, hash)),
            ContentHash.sha256(bytes) == hash
        else {
            throw Complaint(
                "the kept \(side) of row \(sequence) does not open", why: "it was changed outside of PortalDesk",
                remedy: "The row itself is checked by `portaldesk audit verify`", status: .badData)
        }
        return bytes
    }

    private func record(
        _ sequence: Int64, _ side: AuditBodySide, by doer: Doer, failure: Complaint? = nil
    ) async throws(Complaint) {
        var facts = ["side": "\(side)"]
        facts["why"] = failure?.why
        let (detail, now) = (AuditDetail.text(facts), workspace.now)
        try await workspace.write { writer in
            try writer.recordEvent(
                doer.event(
                    "audit.open", "audit/\(sequence)", outcome: failure == nil ? "done" : "failed", detail: detail,
                    at: now))
        }
    }
}
