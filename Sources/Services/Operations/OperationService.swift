import Domain
import Portals
import Store
import Wire

/// Actions at authorities: asked for once, carried out once, followed to their end.
public struct OperationService: Sendable {
    let workspace: Workspace

    /// What is asked for, before it has an id.
    public struct Request: Sendable {
        public var kind: OperationKind
        public var gstin: Gstin
        public var businessKey: String
        public var provider: String
        /// The JSON that goes to the authority.
        public var payload: [UInt8]
        public var expectedReference: String?
        public var title: String
        public var total: Rupees?
        /// Whether the provider was named, so that no other one takes its place.
        public var isPinned: Bool
        /// How the bill stands that is to be extended.
        public var before: BillEnd?

        public init(
            kind: OperationKind, gstin: Gstin, businessKey: String, provider: String, payload: [UInt8],
            expectedReference: String? = nil, title: String = "", total: Rupees? = nil, isPinned: Bool = false,
            before: BillEnd? = nil
        ) {
            self.kind = kind
            self.gstin = gstin
            self.businessKey = businessKey
            self.provider = provider
            self.payload = payload
            self.expectedReference = expectedReference
            self.title = title
            self.total = total
            self.isPinned = isPinned
            self.before = before
        }

        /// What a second submit is compared by.
        var fingerprint: String { OperationService.fingerprint(kind, payload) }
    }

    /// Queues an action. The same asked for again gives the one that stands; the same number with other content is
    /// refused.
    ///
    /// - Parameter startsWorker: false for one of many: whoever submits them starts it once.
    /// - Throws: a `Complaint`: 65 for other content under the same number or a missing API user, 77 not permitted.
    public func submit(_ request: Request, startsWorker: Bool = true) async throws(Complaint) -> PortalOperation {
        let doer = try await workspace.permit(.act, on: "gst/\(request.gstin)")
        if let finding = try workspace.trailFinding() { throw Complaint.damagedTrail(finding.words) }
        let file = try workspace.providerSecrets.existing(request.provider)
        guard file.profile.connector.rawValue == request.kind.system.rawValue else {
            throw Complaint(
                "\(request.provider) does not do this", why: "it takes \(request.kind.system.title)'s wire no further",
                remedy: "Name a provider whose connector is \(request.kind.system.rawValue)", status: .badData)
        }
        try requirePaths(request)
        try requireUser(request.provider, request.gstin)
        let (now, drawing) = (workspace.now, workspace.surroundings.random)
        let operation = PortalOperation(
            id: OperationId(at: now, random: drawing.bytes(10)), kind: request.kind, gstin: request.gstin,
            businessKey: request.businessKey, provider: request.provider, state: .draft,
            fingerprint: request.fingerprint,
            expectedReference: request.expectedReference, title: request.title, total: request.total, createdAt: now,
            createdBy: doer.name, updatedAt: now, isPinned: request.isPinned)
        let new = NewOperation(
            operation: operation, idempotencyKey: OperationId(at: now, random: drawing.bytes(10)).text,
            payload: request.payload, before: request.before)
        let killPoint = workspace.killPoint
        let outcome = try await workspace.write { writer in
            let outcome = try writer.submit(new, at: now)
            if case .created(let created) = outcome {
                let detail = AuditDetail.text(["operation": created.id.text, "request": created.fingerprint])
                try writer.recordEvent(
                    doer.event(
                        "operation.\(created.kind.rawValue)", "gst/\(created.gstin)", outcome: "queued", detail: detail,
                        correlation: created.id.text, at: now))
            }
            killPoint?.strike(.sealing)
            return outcome
        }
        killPoint?.strike(.sealed)
        if case .other(let standing) = outcome {
            throw Complaint.otherContent(request.title, standing)
        }
        if startsWorker, !outcome.operation.state.isFinished { try workspace.sync.startWorker() }
        return outcome.operation
    }

    /// SHA-256 over what is done and the payload's bytes, hexadecimal.
    static func fingerprint(_ kind: OperationKind, _ payload: [UInt8]) -> String {
        ContentHash.sha256(Array("operation/v1\n\(kind.rawValue)\n".utf8) + payload)
    }

    public func list(_ query: OperationQuery) async throws(Complaint) -> OperationPage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.operations(query) }
    }

    /// An operation with everything that is known of it.
    public struct Dossier: Sendable, Hashable {
        public var operation: PortalOperation
        public var attempts: [OperationAttempt]
        public var request: [UInt8]
        public var result: [UInt8]?
        /// What came back, whole, by the attempt's number; those without an answer are left out.
        public var answers: [Int: [UInt8]]

        public init(
            operation: PortalOperation, attempts: [OperationAttempt], request: [UInt8], result: [UInt8]? = nil,
            answers: [Int: [UInt8]] = [:]
        ) {
            self.operation = operation
            self.attempts = attempts
            self.request = request
            self.result = result
            self.answers = answers
        }
    }

    /// - Throws: a `Complaint`: 65 for an unknown id.
    public func dossier(_ id: OperationId) async throws(Complaint) -> Dossier {
        try await workspace.permit(.see)
        let found = try await workspace.read { reader -> Dossier? in
            guard let operation = try reader.operation(id), let payload = try reader.payload(of: id) else { return nil }
            return Dossier(
                operation: operation, attempts: try reader.attempts(of: id), request: payload.request,
                result: payload.result, answers: try reader.answers(of: id))
        }
        guard let found else { throw Self.unknown(id) }
        return found
    }

    /// An operation as somebody reads it: every attempt, and what came to one of them.
    public struct Evidence: Sendable, Hashable {
        public var dossier: Dossier
        /// Bytes that came to each attempt; those without an answer are left out.
        public var lengths: [Int: Int]
        /// The attempt whose answer is in the dossier; nil when nothing came to any.
        public var open: Int?

        public init(dossier: Dossier, lengths: [Int: Int] = [:], open: Int? = nil) {
            (self.dossier, self.lengths, self.open) = (dossier, lengths, open)
        }

        /// What tells whether it has changed.
        public var mark: Mark { Mark(operation: dossier.operation, attempts: dossier.attempts, open: open) }

        public struct Mark: Sendable, Hashable {
            var operation: PortalOperation
            var attempts: [OperationAttempt]
            var open: Int?
        }
    }

    /// - Parameters:
    ///   - attempt: whose answer is wanted; nil for the last one that has any.
    ///   - known: what is shown already.
    /// - Returns: nil where that holds still; then no payload and no answer is read.
    /// - Throws: a `Complaint`: 65 for an unknown id.
    public func evidence(
        _ id: OperationId, attempt: Int? = nil, unless known: Evidence.Mark? = nil
    ) async throws(Complaint) -> Evidence? {
        try await workspace.permit(.see)
        let found = try await workspace.read { reader -> (Evidence?, isKnown: Bool) in
            guard let operation = try reader.operation(id) else { return (nil, false) }
            let attempts = try reader.attempts(of: id)
            let lengths = try reader.answerLengths(of: id)
            let open = attempt.flatMap { lengths[$0] == nil ? nil : $0 } ?? lengths.keys.max()
            if let known, known == Evidence.Mark(operation: operation, attempts: attempts, open: open) {
                return (nil, true)
            }
            guard let payload = try reader.payload(of: id) else { return (nil, false) }
            var dossier = Dossier(
                operation: operation, attempts: attempts, request: payload.request, result: payload.result)
            if let open { dossier.answers[open] = try reader.answer(of: id, attempt: open) }
            return (Evidence(dossier: dossier, lengths: lengths, open: open), false)
        }
        guard found.0 != nil || found.isKnown else { throw Self.unknown(id) }
        return found.0
    }

    /// Waits until an operation goes no further by itself for now: finished, in doubt with a later look, waiting for its
    /// next try, or for a person.
    ///
    /// - Throws: a `Complaint`: 65 for an unknown id, 75 when no worker stays; then it is kept and goes on later.
    public func wait(for id: OperationId) async throws(Complaint) -> PortalOperation {
        guard let operation = try await wait(for: [id], onChange: { _ in }).first else { throw Self.unknown(id) }
        return operation
    }

    public func standing() async throws(Complaint) -> OperationStanding {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.operationStanding() }
    }

    /// Lets the worker look at it now.
    ///
    /// - Throws: a `Complaint`: 65 for an unknown id or one that is finished, 75 while a worker holds it.
    public func reconcile(_ id: OperationId) async throws(Complaint) -> PortalOperation {
        let doer = try await workspace.permit(.act, on: "operation/\(id)", correlation: id.text)
        let now = workspace.now
        return try await workspace.write { writer in
            guard let operation = try writer.reader.operation(id) else { throw Self.unknown(id) }
            guard !operation.state.isFinished else {
                throw Complaint(
                    "operation \(id) is finished", why: operation.state.meaning, status: .badData)
            }
            guard try writer.hurry(id, at: now) else {
                throw Complaint(
                    "operation \(id) is being worked on", remedy: "Look again in a moment", status: .tryLater)
            }
            try writer.recordEvent(
                doer.event("operation.reconcile", "gst/\(operation.gstin)", correlation: id.text, at: now))
            return try writer.reader.operation(id) ?? operation
        }
    }

    static func unknown(_ id: OperationId) -> Complaint {
        Complaint(
            "there is no operation \(id)", remedy: "`portaldesk operation list` shows them", status: .badData)
    }
}

extension Workspace {
    public var operations: OperationService { OperationService(workspace: self) }
}
