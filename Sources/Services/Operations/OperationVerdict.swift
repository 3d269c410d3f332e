import Domain
import Portals
import Store

/// What becomes of an operation after an answer: the steps through the table, and when it is looked at next
/// (facts: reliability 5.5 to 5.7).
struct OperationVerdict {
    let held: HeldOperation
    let nic: NicProfile
    let now: Instant
    /// For jitter.
    var random: SharedRandom.Drawing
    var history = OperationHistory()
    /// Another provider that could take it, as long as nothing can have been sent yet.
    var other: String?
    /// The provider that reaches a portal by the name that other portals call it.
    var holder: (String) -> String? = { _ in nil }

    /// After an answer to the action itself.
    ///
    /// - Parameter deadline: until when the request could still have been on its way.
    mutating func sent(_ answer: ActionAnswer, deadline: Instant) -> [OperationStep] {
        var step = OperationStep(answer.event, message: words(answer))
        (step.code, step.reference, step.result) = (answer.code, answer.reference, answer.result)
        switch answer.event {
        case .notSent where isAtFault(answer):
            step.event = .refused
            step.message = HarmlessText.line("\(step.message); the same was said under a new session")
            return [step]
        case .notSent where answer.cause?.needsAnotherUser == true: return stopped(step, answer.cause)
        case .notSent: return waiting(step, answer)
        case .lost:
            if let registrar = answer.registrar { return elsewhere(step, registrar) }
            // "It exists already" is worth an early look: what is found is found. What is not counts later.
            let look = answer.isTold ? now : max(now, deadline + nic.settle.firstLook)
            // Never earlier than the provider asked for (facts: reliability 1.2).
            step.nextAt = max(look, answer.retryAfter.map { now + min($0, BackOff.longestAsked) } ?? look)
            step.isParked = LongWait.isLong(answer.retryAfter)
            return [step]
        default: return [step]
        }
    }

    /// It stands at another registration portal. That one is asked, and what it holds is compared with what was sent.
    private func elsewhere(_ step: OperationStep, _ registrar: String) -> [OperationStep] {
        let name = HarmlessText.line(registrar, limit: 40)
        var step = step
        if let holder = holder(registrar) {
            (step.provider, step.nextAt) = (holder, now)
            step.message = HarmlessText.line("\(step.message); \(name) holds it and is asked through \(holder)")
            return [step]
        }
        if let sister = nic.sister, ActionRoutes.areSame(sister, registrar) {
            step.nextAt = now
            step.message = HarmlessText.line("\(step.message); \(name) holds it and is asked through this provider")
            return [step]
        }
        let why =
            "\(step.message); \(name) holds it and no provider of yours reaches it: look there and settle it by hand"
        return [step, end(.giveUp, step, HarmlessText.line(why))]
    }

    /// Before anything was sent: no session, no room.
    mutating func unsent(_ failure: PortalFailure) -> [OperationStep] {
        let (step, answer) = notSent(failure)
        return failure.cause.needsAnotherUser ? stopped(step, failure.cause) : waiting(step, answer)
    }

    /// Before anything was sent: what reaches the provider is not in order here, and may be a moment later.
    mutating func unreached(_ failure: PortalFailure) -> [OperationStep] {
        let (step, answer) = notSent(failure)
        return waiting(step, answer)
    }

    private func notSent(_ failure: PortalFailure) -> (OperationStep, ActionAnswer) {
        var answer = ActionAnswer(.notSent, message: failure.message, cause: failure.cause)
        (answer.code, answer.retryAfter, answer.notBefore) = (
            failure.portalCode, failure.retryAfter, failure.notBefore
        )
        var step = OperationStep(.notSent, message: words(answer))
        step.code = failure.portalCode
        return (step, answer)
    }

    /// Whether a request is refused under the second session as it was under the first.
    private func isAtFault(_ answer: ActionAnswer) -> Bool {
        guard answer.wantsSession, held.failures > 0 else { return false }
        return answer.codes.contains { NicCodes.sessionOnce.contains($0) && history.toldUnsent.contains($0) }
    }

    /// It goes no further until what stopped it is mended.
    private func stopped(_ step: OperationStep, _ cause: Cause?, _ why: String? = nil) -> [OperationStep] {
        var end = end(.giveUp, step, why ?? step.message)
        end.cause = cause
        return [step, end]
    }

    /// The step that ends what an answer began; it keeps the authority's code.
    private func end(_ event: OperationEvent, _ step: OperationStep, _ message: String) -> OperationStep {
        var end = OperationStep(event, message: message)
        end.code = step.code
        return end
    }

    private mutating func waiting(_ step: OperationStep, _ answer: ActionAnswer) -> [OperationStep] {
        var step = step
        step.count(answer)
        let failures = held.failures + 1
        guard failures < nic.attempts || !step.isFailure else {
            return [step, end(.giveUp, step, "after \(failures) tries: \(step.message)")]
        }
        if let other, answer.isProvidersTrouble {
            step.provider = other
            step.message = HarmlessText.line("\(step.message); it goes through \(other) instead")
            // At once the first time; two that are both away are asked in turn with the usual pause between.
            let isFirst = held.failures == 0 && !step.isHeldBack
            step.nextAt = isFirst ? now : now + jittered(failures)
            return [step]
        }
        // Refused under a session that was just opened: it is no matter of time, and each try costs a login.
        if answer.wantsSession, held.failures > 0, let code = answer.code, held.operation.code == code {
            let why = "the session was opened anew and refused as well: \(step.message)"
            return [step, end(.giveUp, step, HarmlessText.line(why, limit: 400))]
        }
        // A session that ran out is opened anew at once.
        if answer.isMended || answer.wantsSession && held.failures == 0 {
            step.nextAt = now
        } else {
            step.nextAt = later(answer, failures)
        }
        return [step]
    }

    /// After an answer to the question whether the authority holds it.
    mutating func looked(_ answer: ActionAnswer) -> [OperationStep] {
        var step = OperationStep(answer.event, message: words(answer))
        step.code = answer.code
        switch answer.event {
        case .foundSame, .foundOpen:
            (step.reference, step.result, step.isAdopted) = (answer.reference, answer.result, true)
            return [step]
        case .notFound: return absent(step)
        case .lookFailed:
            step.count(answer)
            if answer.cause == .wrongPassword || answer.cause == .locked {
                let why = "\(step.message); nothing is asked until its API user is set anew"
                return stopped(step, answer.cause, why)
            }
            if NicCodes.seen(answer.codes, by: NicCodes.lookTable(of: held.operation.kind.system)) == .elsewhere {
                let why =
                    "\(step.message); it will not be shown by asking again: look at the portal and settle it by hand"
                return [step, end(.giveUp, step, why)]
            }
            let failures = held.failures + 1
            guard failures < nic.attempts || !step.isFailure else {
                let why = "it could not be looked up in \(failures) tries: \(step.message)"
                // From doubt into a person's hands.
                return [step, end(.giveUp, step, why)]
            }
            step.nextAt = later(answer, failures)
            return [step]
        default: return [step]
        }
    }

    /// After "not there". Sent again is only what the authority has not refused, and not for ever.
    private func absent(_ step: OperationStep) -> [OperationStep] {
        var step = step
        let kind = held.operation.kind
        let told = NicCodes.table(of: kind.system).together(history.told)
        if history.told.contains(NicCodes.elsewhere) {
            step.code = AnswerCodes.text(history.told)
            let why =
                "another portal says that this one holds it, and it is not there; look at both and settle it by hand"
            step.event = .notFoundYet
            return [step, end(.giveUp, step, why)]
        }
        // What the answer to the request said is what counts; the look only found nothing better.
        if told == .over || told == .already && !kind.isCancellation { return [refusal(step)] }
        let judged = nic.settle.judge(
            now: now, sendDeadline: held.sentUntil ?? held.operation.createdAt, earlier: held.absentAt)
        guard case .lookAgain(let at, let counts) = judged else { return proven(step, told) }
        var again = OperationStep(
            .notFoundYet, nextAt: at, message: "not at the portal yet; that counts when it has settled")
        (again.absentAt, again.code) = (counts ? now : nil, AnswerCodes.text(history.told))
        return [again]
    }

    private func proven(_ step: OperationStep, _ told: CodeTable.Meaning?) -> [OperationStep] {
        guard held.operation.kind.isAbsenceProof else {
            var step = step
            step.event = .notFoundYet
            let why = "\(step.message); that is no proof, so look at the portal and settle it by hand"
            return [step, end(.giveUp, step, why)]
        }
        switch told {
        case .exists:
            var step = step
            let seen = step.message
            (step.event, step.code) = (.notFoundYet, AnswerCodes.text(history.told))
            let why =
                "\(step.code ?? "") said the portal: it exists; asked for it: \(seen); look there and settle it by hand"
            return [step, end(.giveUp, step, HarmlessText.line(why))]
        case _ where isRefusedAmongOthers: return [refusal(step)]
        default:
            guard history.sends < nic.attempts else {
                let why = "sent \(Counted.times(history.sends)), and the portal holds none: it is not sent any more"
                return [step, end(.giveUp, step, why)]
            }
            return [step, OperationStep(.enqueue, nextAt: now, message: "not at the portal; it is sent again")]
        }
    }

    /// Whether the authority's word stands against the request, whatever else it said beside that.
    private var isRefusedAmongOthers: Bool {
        history.told.contains { code in
            switch NicCodes.meaning(code, at: held.operation.kind.system) {
            case .refused, .already, .over: true
            default: false
            }
        }
    }

    /// The authority's word against the request stands, for nothing shows that it was done before.
    private func refusal(_ step: OperationStep) -> OperationStep {
        let codes = AnswerCodes.text(history.told)
        var refused = OperationStep(
            .refused, message: "\(codes ?? "") said the portal, and it does not hold it: refused")
        refused.code = codes
        return refused
    }

    /// What our own limits held back waits for them alone: they know when the portal may be asked again.
    private mutating func later(_ answer: ActionAnswer, _ failures: Int) -> Instant {
        if let until = answer.notBefore { return max(until, now) }
        return now
            + BackOff.honouring(retryAfter: answer.retryAfter, computed: jittered(failures), using: &random)
    }

    private mutating func jittered(_ failures: Int) -> Duration {
        nic.backOff.equalJitter(failures: failures, using: &random)
    }

    private func words(_ answer: ActionAnswer) -> String {
        let code = answer.code.map { "\($0) " } ?? ""
        let said = answer.message.isEmpty ? answer.cause?.title ?? "" : answer.message
        return HarmlessText.line(code + said, limit: 400)
    }
}

extension Cause {
    /// Whether the same login would be refused again, and then lock the user.
    fileprivate var needsAnotherUser: Bool {
        switch self {
        case .wrongPassword, .notRegistered, .accountProblem, .locked, .providerAuth, .noApiAccess: true
        default: false
        }
    }
}

extension ActionAnswer {
    /// Whether it is the provider that is away, and not the action. A limit is no reason to go elsewhere.
    fileprivate var isProvidersTrouble: Bool { cause == .portalDown || cause == .portalTimeout }
}

extension OperationStep {
    /// What our own limits held back costs no try, and mends none.
    fileprivate mutating func count(_ answer: ActionAnswer) {
        isHeldBack = answer.notBefore != nil
        isFailure = !isHeldBack
        isParked = isFailure && LongWait.isLong(answer.retryAfter)
    }
}
