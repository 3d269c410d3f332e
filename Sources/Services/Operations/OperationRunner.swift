import Domain
import Foundation
import Logging
import Portals
import Store
import Wire

/// Carries one claimed operation as far as it goes now: sends it, or asks the authority whether it was done.
///
/// The order is the promise: what is about to leave is durable before a byte does, and what came back is durable
/// before anything is decided by it (facts: reliability 5.5).
struct OperationRunner: Sendable {
    let workspace: Workspace
    let owner: String
    let connections: ActionConnections
    let log: Logger

    /// - Parameter control: as long as nothing has left, it ends the run; what has left is carried to its end.
    func run(_ held: HeldOperation, _ control: ActionControl) async {
        let operation = held.operation
        let connection: ActionConnections.Connection
        do {
            connection = try await connections.connection(operation.provider)
        } catch {
            return await unreached(held, error)
        }
        guard let past = past(held) else { return await postpone(held, Self.unreadable) }
        let isSending = operation.state == .queued
        let retried = past.retried(isSending ? .send : .look, held)
        if let retried, !mayRetry(after: retried, isSending, connection) {
            return await leaveAlone(held, connection, past)
        }
        let topic = CallTopic(
            subject: "gst/\(operation.gstin)", correlation: operation.id.text, provider: operation.provider)
        // What goes well at a second try earns no further one.
        await CallContext.$isRepeat.withValue(retried != nil) {
            await CallContext.$key.withValue(operation.gstin.text) {
                await CallContext.$topic.withValue(topic) {
                    switch operation.state {
                    case .queued: await send(held, connection, past, control)
                    case .unknown, .attention, .conflict: await look(held, connection, past)
                    default: await postpone(held, "this version cannot go on with it from here")
                    }
                }
            }
        }
    }

    /// Retries of actions are paid for like those of fetches (facts: reliability 1.4). Where an open circuit keeps a
    /// request here anyway, it costs nothing.
    private func mayRetry(
        after failure: OperationAttempt, _ isSending: Bool, _ connection: ActionConnections.Connection
    ) -> Bool {
        let gate = connections.gate(connection.profile)
        return isSending && gate.filingWaits() != nil || gate.mayRetry(after: failure.cause)
    }

    private func leaveAlone(
        _ held: HeldOperation, _ connection: ActionConnections.Connection, _ past: [OperationAttempt]
    ) async {
        let why = "the provider fails so often that nothing is asked again there for a while"
        var random = workspace.surroundings.random.drawing()
        let wait = BackOff.job.equalJitter(failures: 3, using: &random)
        guard held.operation.state == .queued else { return await postpone(held, why, until: wait) }
        var failure = PortalFailure(.portalDown, why)
        failure.notBefore = workspace.now + wait
        var verdict = verdict(held, connection, past)
        await move(held, verdict.unsent(failure))
    }

    // MARK: Sending

    private func send(
        _ held: HeldOperation, _ connection: ActionConnections.Connection, _ past: [OperationAttempt],
        _ control: ActionControl
    ) async {
        let operation = held.operation
        let order: ActionOrder
        let asked = workspace.now
        do throws(PortalFailure) {
            order = try await self.order(held, connection, past)
            try await connection.connector.prepare(order)
            try await probe(order, connection)
        } catch {
            var verdict = verdict(held, connection, past)
            if Task.isCancelled {
                let tried = login(
                    error.login, code: error.portalCode, message: error.message, held, connection, asked)
                return await postpone(held, Self.stopped, until: .zero, login: tried)
            }
            let login = login(error.login, code: error.portalCode, message: error.message, held, connection, asked)
            return await move(held, verdict.unsent(error), login: login)
        }
        // Both clocks are read together: what is stored says until when the request could be on its way.
        let (began, life) = (workspace.now, connection.profile.timeouts.request)
        var timely = order
        timely.deadline = .now + life
        timely.mayAskOn = { control.mayAskOn() }
        let deadline = began + life
        guard control.leaves(until: deadline) else {
            return await postpone(held, Self.stopped, until: .zero)
        }
        guard let attempt = await begin(held, connection, .send, at: began, deadline: deadline) else { return }
        workspace.killPoint?.strike(.intent)
        let answer = await connection.connector.send(timely)
        workspace.killPoint?.strike(.answered)
        log.info(
            "action answered", metadata: ["operation": "\(operation.id)", "event": "\(answer.event.rawValue)"])
        var verdict = verdict(held, connection, past)
        let login = login(answer.login, code: answer.code, message: answer.message, held, connection, began)
        await conclude(held, attempt, answer, verdict.sent(answer, deadline: deadline), login: login)
    }

    /// An open circuit of actions is tried by questions, never by an action (facts: reliability 1.5).
    private func probe(
        _ order: ActionOrder, _ connection: ActionConnections.Connection
    ) async throws(PortalFailure) {
        let gate = connections.gate(connection.profile)
        for _ in 0..<CircuitBreaker.successesToClose where gate.wantsProbeForFiling {
            await connection.connector.probe(order)
        }
        guard let until = gate.filingWaits() else { return }
        var failure = PortalFailure(.portalDown, "the provider failed too often; no action goes there for a while")
        failure.notBefore = until
        throw failure
    }

    // MARK: Looking

    private func look(
        _ held: HeldOperation, _ connection: ActionConnections.Connection, _ past: [OperationAttempt]
    ) async {
        var order: ActionOrder
        do throws(PortalFailure) {
            order = try await self.order(held, connection, past)
            if held.operation.kind.isSeenInItsTrace || held.operation.kind == .ewaybillGenerate {
                order.before = try knownBefore(held)
            }
        } catch {
            let isMissing = error.cause == .accountProblem
            return isMissing ? await leaveToPerson(held, error) : await postpone(held, error.message)
        }
        let (began, life) = (workspace.now, connection.profile.timeouts.request)
        guard let attempt = await begin(held, connection, .look, at: began, deadline: began + life) else { return }
        let answer = await connection.connector.look(order)
        log.info(
            "looked for an action",
            metadata: ["operation": "\(held.operation.id)", "event": "\(answer.event.rawValue)"])
        var verdict = verdict(held, connection, past)
        let login = login(answer.login, code: answer.code, message: answer.message, held, connection, began)
        await conclude(held, attempt, answer, verdict.looked(answer), login: login)
    }

    /// In doubt it goes to a person; where it is with one already, it stays there.
    private func leaveToPerson(_ held: HeldOperation, _ why: PortalFailure) async {
        guard held.operation.state == .unknown else { return await postpone(held, why.message, until: nil) }
        var step = OperationStep(.giveUp, message: why.message)
        (step.code, step.cause) = (held.operation.code, why.cause)
        await move(held, [step])
    }

    // MARK: Parts

    private func order(
        _ held: HeldOperation, _ connection: ActionConnections.Connection, _ past: [OperationAttempt]
    ) async throws(PortalFailure) -> ActionOrder {
        let operation = held.operation
        let user: ApiUser?
        let earlier: [String]
        do throws(Complaint) {
            user = try await workspace.apiUsers.open(operation.gstin, provider: operation.provider)
            earlier =
                operation.kind.mayStandAgain
                ? try workspace.lookUp { try $0.earlierReferences(than: operation) } : []
        } catch {
            throw PortalFailure(.internal, error.description)
        }
        guard let user else {
            throw PortalFailure(
                .accountProblem, "no API user of \(operation.gstin) is kept for \(operation.provider)")
        }
        var order = ActionOrder(
            kind: operation.kind, gstin: operation.gstin, user: user, payload: held.payload,
            expectedReference: operation.expectedReference,
            deadline: .now + connection.profile.timeouts.request)
        (order.askedAt, order.earlier) = (operation.createdAt, Set(earlier))
        let requests = past.filter { $0.purpose == .send && $0.provider == operation.provider }
        order.told = Set(requests.flatMap(\.codes))
        return order
    }

    /// What stood before an action that is seen only in what it changed.
    private func knownBefore(_ held: HeldOperation) throws(PortalFailure) -> ActionOrder.Before {
        let operation = held.operation
        // Keys of such actions end in their count.
        let prefix = operation.businessKey.lastIndex(of: "/").map { String(operation.businessKey[...$0]) } ?? ""
        let number = (try? NicFields(held.payload))?.text("ewbNo") ?? ""
        do throws(Complaint) {
            return try workspace.lookUp { reader in
                let sent = try reader.attempts(of: operation.id).filter { $0.purpose == .send && $0.event != .notSent }
                let done = try reader.filedOperations(keyPrefix: prefix, kind: operation.kind)
                var before = ActionOrder.Before(references: Set(done.compactMap(\.reference)), count: done.count)
                if let first = sent.map(\.beganAt).min(), let last = sent.map(\.deadline).max(), first <= last {
                    before.asked = first...last
                }
                // What is known now may be what this very action has made of the bill.
                if let stood = try reader.endBefore(operation.id) {
                    (before.validUntil, before.count) = (stood.validUntil, stood.extensions)
                } else {
                    before.validUntil = try reader.bill(number)?.validUntil
                }
                return before
            }
        } catch {
            throw PortalFailure(.internal, error.description)
        }
    }

    private static let stopped = "the worker was stopped before it was sent"
    private static let unreadable = "what was sent before could not be read; nothing was done"

    /// What was tried so far; nil when it cannot be read, and then nothing may be decided.
    private func past(_ held: HeldOperation) -> [OperationAttempt]? {
        try? workspace.lookUp { try $0.attempts(of: held.operation.id) }
    }

    /// - Parameter past: the attempts before the one that the verdict is about.
    private func verdict(
        _ held: HeldOperation, _ connection: ActionConnections.Connection, _ past: [OperationAttempt]
    ) -> OperationVerdict {
        let (operation, routes) = (held.operation, workspace.actionRoutes)
        var verdict = OperationVerdict(
            held: held, nic: connection.nic, now: workspace.now, random: workspace.surroundings.random.drawing())
        verdict.history = OperationHistory(past)
        // No earlier request of it can have left.
        if verdict.history.sends == 0 {
            verdict.other = routes.other(than: operation.provider, for: operation)
        }
        verdict.holder = { routes.holder($0, than: operation.provider, for: operation) }
        return verdict
    }

    /// The provider's file, its secrets or its sandbox are not in order.
    private func unreached(_ held: HeldOperation, _ error: any Error) async {
        let local = error as? LocalRefusal
        let why = local?.message ?? Complaint(error, home: workspace.home.path).description
        guard held.operation.state == .queued else { return await postpone(held, why) }
        var verdict = OperationVerdict(
            held: held, nic: NicProfile(), now: workspace.now, random: workspace.surroundings.random.drawing())
        await move(held, verdict.unreached(PortalFailure(local?.cause ?? .internal, why)))
    }

    /// - Returns: the attempt's number; nil when it must not be made.
    private func begin(
        _ held: HeldOperation, _ connection: ActionConnections.Connection, _ purpose: OperationAttempt.Purpose,
        at began: Instant, deadline: Instant
    ) async -> Int? {
        let attempt = OperationAttempt(
            number: 0, purpose: purpose, provider: held.operation.provider,
            call: connection.connector.call(held.operation.kind, purpose), beganAt: began, deadline: deadline,
            requestHash: purpose == .send ? ContentHash.sha256(held.payload) : "")
        let owner = owner
        do {
            let number = try await workspace.store.write { writer in
                let number = try writer.beginAttempt(held, owner: owner, attempt)
                if let number, purpose == .send {
                    try writer.recordEvent(Self.event(held, "intent", number, at: began))
                }
                return number
            }
            if number == nil { log.warning("an operation was lost", metadata: ["operation": "\(held.operation.id)"]) }
            return number
        } catch {
            // Nothing has left, and nothing will. Should this not be stored either, the lease is taken back at its end.
            log.error("an attempt could not be stored", metadata: ["operation": "\(held.operation.id)"])
            await postpone(held, "the attempt could not be stored; nothing was sent")
            return nil
        }
    }

    private func conclude(
        _ held: HeldOperation, _ attempt: Int, _ answer: ActionAnswer, _ steps: [OperationStep],
        login: OperationAttempt?
    ) async {
        let now = workspace.now
        let evidence = OperationEvidence(
            endedAt: now, event: answer.event, status: answer.status, code: answer.code, message: answer.message,
            answerHash: answer.body.map { ContentHash.sha256($0) }, wireHash: answer.wireHash, answer: answer.body)
        let (operation, killPoint) = (held.operation, workspace.killPoint)
        let facts = BillFacts.all(
            operation.kind, request: held.payload, result: steps.last?.result, reference: steps.last?.reference)
        // Others are to know when nothing goes to this provider for a while: they would wait for it.
        let (news, calls) = (connections.takeNews(), connections.takeCalls())
        await stored(held, calls) { writer in
            try writer.keepEvidence(operation.id, attempt: attempt, evidence)
            if let login { try writer.keepLogin(operation.id, login) }
            killPoint?.strike(.evidence)
            try news.forEach { try $0.keep(in: writer) }
            let state = try writer.move(held, owner: owner, steps, now: now)
            if state == .filed { for bill in facts { try writer.note(bill, by: operation.id) } }
            var event = Self.event(
                held, state?.rawValue ?? "late", attempt, answerHash: evidence.answerHash, at: now)
            event.reference = steps.last?.reference ?? ""
            try writer.recordEvent(event)
        }
        killPoint?.strike(.outcome)
    }

    /// A login that failed for the sake of an operation, as evidence; nil where none was tried.
    private func login(
        _ tried: FailedLogin?, code: String?, message: String, _ held: HeldOperation,
        _ connection: ActionConnections.Connection, _ began: Instant
    ) -> OperationAttempt? {
        guard let tried else { return nil }
        return OperationAttempt(
            number: 0, purpose: .login, provider: held.operation.provider, call: tried.call, beganAt: began,
            deadline: began + connection.profile.timeouts.request, endedAt: workspace.now,
            event: tried.status == nil ? .lookFailed : .refused, status: tried.status, code: code, message: message)
    }

    private func move(_ held: HeldOperation, _ steps: [OperationStep], login: OperationAttempt? = nil) async {
        let (now, health) = (workspace.now, connections.takeNews())
        await stored(held, connections.takeCalls()) { writer in
            if let login { try writer.keepLogin(held.operation.id, login) }
            _ = try writer.move(held, owner: owner, steps, now: now)
            for news in health { try news.keep(in: writer) }
        }
    }

    /// - Parameter until: nil: until somebody asks for it.
    private func postpone(
        _ held: HeldOperation, _ why: String, until wait: Duration? = .seconds(60), login: OperationAttempt? = nil
    ) async {
        let next = wait.map { workspace.now + $0 }
        await stored(held, connections.takeCalls()) { writer in
            if let login { try writer.keepLogin(held.operation.id, login) }
            _ = try writer.release(held, owner: owner, next: next, message: why)
        }
    }

    /// Tries until it is stored: an answer must not be lost to a full disk.
    private func stored(
        _ held: HeldOperation, _ calls: CallEnds, _ body: @escaping @Sendable (StoreWriter) throws -> Void
    ) async {
        let store = UntilStored(alarm: workspace.surroundings.alarm) { Task.isCancelled }
        let now = workspace.now
        let isStored: Void? = await store.run {
            try await workspace.store.write { writer in
                try calls.keep(in: writer, at: now)
                try body(writer)
            }
        } onFailure: { [log] error in
            log.error(
                "an outcome could not be stored",
                metadata: ["operation": "\(held.operation.id)", "why": "\(HarmlessText.line("\(error)", limit: 200))"])
        }
        if isStored == nil { calls.putBack() }
    }

    private static func event(
        _ held: HeldOperation, _ outcome: String, _ attempt: Int, answerHash: String? = nil, at now: Instant
    ) -> AuditEvent {
        var facts = [
            "operation": held.operation.id.text, "attempt": "\(attempt)", "request": held.operation.fingerprint,
        ]
        if let answerHash { facts["answer"] = answerHash }
        return AuditEvent(
            at: now, actor: "worker", action: "operation.\(held.operation.kind.rawValue)",
            subject: "gst/\(held.operation.gstin)", outcome: outcome, detail: AuditDetail.text(facts),
            correlation: held.operation.id.text)
    }
}
