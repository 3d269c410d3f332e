import Crypto
import Domain
import Foundation
import Portals
import Secrets
import Store
import Synchronization
import Transport
import Vault

/// Puts every call to a provider or a portal on record: its intent is durable before a byte leaves, its end follows with
/// the next thing that is stored. A call whose end could not be stored stays on record as unknown.
final class CallRecords: CallWitness {
    private let workspace: Workspace
    /// Names the process among those whose calls are under way.
    let owner: String
    fileprivate let bodies: BodySealing
    private let state = Mutex(State())

    private struct Under: Sendable {
        var event: AuditEvent
        var family: CallFamily?
    }

    private struct State {
        var under: [Int64: Under] = [:]
        /// Ended, and not stored yet.
        var ended: [Ended] = []
        var isFlushing = false
        var isTrailSound = false
    }

    fileprivate struct Ended: Sendable {
        var call: OpenCall
        var bodies: [SealedBody]
    }

    /// After a request's own deadline its call is taken for abandoned by whoever tidies up.
    private static let grace = Duration.seconds(300)

    init(workspace: Workspace, owner: String) {
        self.workspace = workspace
        self.owner = owner
        bodies = BodySealing(workspace: workspace)
    }

    // MARK: Before

    func leaves(_ request: HTTPRequest) async throws(TransportFailure) -> Int64 {
        try await requireSoundTrail()
        let now = workspace.now
        let event = intent(request, at: now)
        let life = max(request.deadline - .now, .zero)
        let ends = takeEnded()
        let (owner, endsAt) = (owner, now + life + Self.grace)
        do {
            let (id, key) = try await workspace.store.write { [bodies] writer in
                let key = try Self.end(ends, writer, bodies, at: now)
                return (try writer.openCall(event, owner: owner, endsAt: endsAt), key)
            }
            bodies.noteKept(key)
            state.withLock { $0.under[id] = Under(event: event, family: CallContext.family) }
            return id
        } catch {
            putBack(ends)
            let why = Complaint(error, home: workspace.home.path)
            throw TransportFailure(.unrecorded, evidence: .notSent, detail: why.description)
        }
    }

    /// Before the first call of this process: nothing leaves while the trail is not the one that was signed.
    private func requireSoundTrail() async throws(TransportFailure) {
        guard !state.withLock({ $0.isTrailSound }) else { return }
        if let problem = await workspace.trailStanding().problem {
            throw TransportFailure(
                .unrecorded, evidence: .notSent, detail: Complaint.damagedTrail(problem).description)
        }
        state.withLock { $0.isTrailSound = true }
    }

    private func intent(_ request: HTTPRequest, at now: Instant) -> AuditEvent {
        let topic = CallContext.topic
        // What hands a password over is no read, in whatever turn it comes.
        let family = request.body.isSecret ? .authentication : CallContext.family ?? .reading
        var event = AuditEvent(
            at: now, actor: workspace.acting.actorName, action: "call.\(family.rawValue)",
            subject: topic?.subject ?? CallRedaction.host(request.url), outcome: "",
            detail: topic.map { $0.provider.isEmpty ? "" : AuditDetail.text(["provider": $0.provider]) } ?? "",
            session: workspace.acting.sessionName, correlation: topic?.correlation ?? "")
        event.call = AuditCall(
            method: request.method.rawValue, host: CallRedaction.host(request.url),
            route: CallRedaction.route(request.url),
            requestHash: hash(request.body, isSecret: isSecret(request.body), "req.body"),
            requestLength: request.body.byteCount, requestHeaders: CallRedaction.request(request.headers))
        event.call?.number = 0
        return event
    }

    /// A login's body holds a password or a code, its answer a token: neither is kept, nor a hash that could be guessed.
    private func isSecret(_ body: HTTPBody) -> Bool { CallContext.family == .authentication || body.isSecret }

    private func hash(_ body: HTTPBody, isSecret: Bool, _ field: String) -> String {
        switch body {
        case .none: ""
        case .bytes(let bytes): bytes.withUnsafeBytes { hash($0, isSecret: isSecret, field) }
        case .secret(let secret): secret.withBytes { hash($0, isSecret: true, field) }
        }
    }

    private func hash(_ bytes: UnsafeRawBufferPointer, isSecret: Bool, _ field: String) -> String {
        if bytes.isEmpty { return "" }
        guard isSecret else {
            var hasher = SHA256()
            hasher.update(bufferPointer: bytes)
            return hasher.finalize().map(Digits.hex).joined()
        }
        return workspace.auditFieldKey?.value(field, bytes) ?? "withheld"
    }

    // MARK: Behind

    func ended(
        _ mark: Int64, _ request: HTTPRequest, _ end: Result<HTTPResponse, TransportFailure>, took: Duration
    ) {
        guard var under = state.withLock({ $0.under.removeValue(forKey: mark) }) else { return }
        under.event.microseconds = took.microseconds
        var sealed: [SealedBody] = []
        switch end {
        case .success(let response):
            under.event.outcome = AuditCallOutcome.answered.rawValue
            let isSecret = under.family == .authentication
            under.event.call?.answer = AuditCall.Answer(
                status: response.status,
                hash: response.body.withUnsafeBytes { hash($0, isSecret: isSecret, "resp.body") },
                length: response.body.count, headers: CallRedaction.answer(response.headers))
            if !isSecret { sealed = kept(request, response, under.event.call) }
        case .failure(let failure):
            let isOurs = failure.evidence == .notSent
            under.event.outcome = (isOurs ? AuditCallOutcome.notSent : .lost).rawValue
            under.event.detail = AuditDetail.adding(
                ["why": failure.kind.rawValue, "status": failure.status.map { "\($0)" }], to: under.event.detail)
        }
        let ended = Ended(call: OpenCall(id: mark, event: under.event), bodies: sealed)
        let mustFlush = state.withLock { state -> Bool in
            state.ended.append(ended)
            defer { state.isFlushing = true }
            return !state.isFlushing
        }
        if mustFlush { Task { await self.flush() } }
    }

    private func kept(_ request: HTTPRequest, _ response: HTTPResponse, _ call: AuditCall?) -> [SealedBody] {
        var sealed: [SealedBody] = []
        if case .bytes(let bytes) = request.body {
            bodies.seal(bytes, .request, call?.requestHash ?? "").map { sealed.append($0) }
        }
        bodies.seal(response.body, .answer, call?.answer?.hash ?? "").map { sealed.append($0) }
        return sealed
    }

    fileprivate static func end(
        _ ends: [Ended], _ writer: StoreWriter, _ bodies: BodySealing, at now: Instant
    ) throws -> Set<String> {
        let names: Set<String>?
        do {
            names = try bodies.keepKeys(of: ends.flatMap(\.bodies), writer, at: now)
        } catch  where error is Complaint || error is VaultProblem {
            // The vault takes nothing now. What was done goes on record all the same, with the hashes alone.
            names = nil
        }
        for end in ends { try writer.endCall(end.call, bodies: names == nil ? [] : end.bodies) }
        return names ?? []
    }

    /// Stores what has ended, in company if there is some.
    private func flush() async {
        state.withLock { $0.isFlushing = false }
        await drain(isPatient: true)
    }

    /// Stores what has ended now: at the end of a job, an action or the program. What cannot be stored goes with the next
    /// call's intent; of a program that ends so, the call stays unknown.
    func drain(isPatient: Bool = false) async {
        let (ends, now) = (takeEnded(), workspace.now)
        guard !ends.isEmpty else { return }
        do {
            let key = try await workspace.store.write(isPatient: isPatient) { [bodies] writer in
                try Self.end(ends, writer, bodies, at: now)
            }
            bodies.noteKept(key)
        } catch {
            putBack(ends)
        }
    }

    /// What has ended, to be stored by whoever stores what the calls were made for: in one transaction with it.
    func taken() -> CallEnds { CallEnds(ends: takeEnded(), records: self) }

    private func takeEnded() -> [Ended] {
        state.withLock { state in
            defer { state.ended = [] }
            return state.ended
        }
    }

    fileprivate func putBack(_ ends: [Ended]) { state.withLock { $0.ended.insert(contentsOf: ends, at: 0) } }
}

/// Ends of calls that wait for a transaction.
struct CallEnds: Sendable {
    fileprivate let ends: [CallRecords.Ended]
    fileprivate let records: CallRecords

    /// May be run again, as bodies of transactions are.
    func keep(in writer: StoreWriter, at now: Instant) throws {
        guard !ends.isEmpty else { return }
        _ = try CallRecords.end(ends, writer, records.bodies, at: now)
    }

    /// The transaction did not come about.
    func putBack() { if !ends.isEmpty { records.putBack(ends) } }
}

extension Duration {
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}

extension AuditDetail {
    /// The same facts with more; nil adds nothing.
    static func adding(_ more: [String: String?], to text: String) -> String {
        self.text(facts(text).merging(more.compactMapValues(\.self)) { $1 })
    }
}

extension Acting {
    /// Who acts, as the trail names them.
    var actorName: String {
        switch current {
        case .nobody: "nobody"
        case .person(let name, _): name
        case .program(let name): name
        }
    }

    var sessionName: String {
        if case .person(_, let session) = current { return session }
        return ""
    }
}

extension Workspace {
    /// The key that makes secret values of the trail recognisable; nil while the vault is locked here.
    var auditFieldKey: AuditFieldKey? { keyring.newest?.auditFieldKey }
}
