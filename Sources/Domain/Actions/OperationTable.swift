/// Every way from one state to another. What is not here is impossible (facts: reliability 5.4).
public enum OperationTable {
    public struct Step: Hashable, Sendable {
        public let from: OperationState
        public let event: OperationEvent
        public let to: OperationState
    }

    public static let steps: [Step] = [
        Step(from: .draft, event: .seal, to: .sealed),
        Step(from: .draft, event: .discard, to: .discarded),
        Step(from: .sealed, event: .approve, to: .approved),
        Step(from: .sealed, event: .discard, to: .discarded),
        Step(from: .approved, event: .enqueue, to: .queued),
        Step(from: .approved, event: .discard, to: .discarded),

        Step(from: .queued, event: .begin, to: .intent),
        Step(from: .queued, event: .discard, to: .discarded),
        Step(from: .queued, event: .giveUp, to: .attention),
        Step(from: .queued, event: .notSent, to: .notSent),
        Step(from: .notSent, event: .enqueue, to: .queued),
        Step(from: .notSent, event: .discard, to: .discarded),
        Step(from: .notSent, event: .giveUp, to: .attention),

        Step(from: .intent, event: .confirmed, to: .filed),
        Step(from: .intent, event: .acknowledged, to: .pending),
        Step(from: .intent, event: .refused, to: .rejected),
        Step(from: .intent, event: .notSent, to: .notSent),
        Step(from: .intent, event: .lost, to: .unknown),

        Step(from: .pending, event: .confirmed, to: .filed),
        Step(from: .pending, event: .refused, to: .rejected),
        Step(from: .pending, event: .giveUp, to: .attention),

        Step(from: .unknown, event: .look, to: .reconciling),
        Step(from: .unknown, event: .giveUp, to: .attention),
        Step(from: .reconciling, event: .foundSame, to: .filed),
        Step(from: .reconciling, event: .foundOpen, to: .pending),
        Step(from: .reconciling, event: .foundOther, to: .conflict),
        Step(from: .reconciling, event: .notFoundYet, to: .unknown),
        Step(from: .reconciling, event: .lookFailed, to: .unknown),
        Step(from: .reconciling, event: .notFound, to: .resendOk),
        // The authority had said that it cannot be done, and does not hold it either.
        Step(from: .reconciling, event: .refused, to: .rejected),
        Step(from: .resendOk, event: .enqueue, to: .queued),
        Step(from: .resendOk, event: .discard, to: .discarded),
        Step(from: .resendOk, event: .giveUp, to: .attention),

        Step(from: .attention, event: .look, to: .reconciling),
        Step(from: .attention, event: .personFound, to: .filed),
        Step(from: .attention, event: .personNotFound, to: .resendOk),
        Step(from: .attention, event: .neverSent, to: .discarded),
        Step(from: .attention, event: .resumed, to: .queued),
        Step(from: .conflict, event: .look, to: .reconciling),
        Step(from: .conflict, event: .personFound, to: .filed),
        Step(from: .conflict, event: .personNotFound, to: .resendOk),
        Step(from: .conflict, event: .refused, to: .rejected),
    ]

    private static let ways: [OperationState: [OperationEvent: OperationState]] = steps.reduce(into: [:]) {
        $0[$1.from, default: [:]][$1.event] = $1.to
    }

    /// - Returns: nil where the event is impossible in this state; nothing may be changed then.
    public static func next(_ state: OperationState, _ event: OperationEvent) -> OperationState? {
        ways[state]?[event]
    }

    public static func events(in state: OperationState) -> [OperationEvent] {
        steps.filter { $0.from == state }.map(\.event)
    }
}
