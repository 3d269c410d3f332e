public import Domain

/// An action as it is asked for, its payload final.
public struct NewOperation: Sendable {
    /// Made by whoever asks, before anything else, so that the same request asked twice is the same operation.
    public var operation: PortalOperation
    /// Random, fixed for all attempts of this operation.
    public var idempotencyKey: String
    /// What is sent, before any cryptography of the wire.
    public var payload: [UInt8]
    /// How the bill stands that is to be extended; nil for every other action.
    public var before: BillEnd?

    public init(
        operation: PortalOperation, idempotencyKey: String, payload: [UInt8], before: BillEnd? = nil
    ) {
        self.operation = operation
        self.idempotencyKey = idempotencyKey
        self.payload = payload
        self.before = before
    }
}

/// What asking for an operation gave.
public enum SubmitOutcome: Hashable, Sendable {
    case created(PortalOperation)
    /// One with the same key and the same payload stands already, finished or not.
    case same(PortalOperation)
    /// One with the same key and another payload stands.
    case other(PortalOperation)

    public var operation: PortalOperation {
        switch self {
        case .created(let operation), .same(let operation), .other(let operation): operation
        }
    }
}

/// An operation that this worker holds.
public struct HeldOperation: Hashable, Sendable {
    public var operation: PortalOperation
    /// Names this claim; every later change must give it.
    public var generation: Int
    /// Answers in a row that led nowhere, for the wait before the next try.
    public var failures: Int
    /// Until when the last attempt could still have been sending.
    public var sentUntil: Instant?
    /// The first "not there" since then that counts.
    public var absentAt: Instant?
    public var payload: [UInt8]

    public var lease: OperationLease { OperationLease(id: operation.id, generation: generation) }

    public init(
        operation: PortalOperation, generation: Int, failures: Int, sentUntil: Instant?, absentAt: Instant?,
        payload: [UInt8]
    ) {
        self.operation = operation
        self.generation = generation
        self.failures = failures
        self.sentUntil = sentUntil
        self.absentAt = absentAt
        self.payload = payload
    }
}

/// A claim of an operation by its two names: the same operation may be claimed again before its last claim is forgotten.
public struct OperationLease: Hashable, Sendable {
    public var id: OperationId
    public var generation: Int

    public init(id: OperationId, generation: Int) {
        self.id = id
        self.generation = generation
    }
}

/// What became of actions that a worker held when it was gone.
public struct TakenBackOperations: Hashable, Sendable {
    /// May have left: looked up first.
    public var inDoubt = 0
    /// As before.
    public var waiting = 0
    /// With a person: too many workers died on them.
    public var setAside = 0

    public var count: Int { inDoubt + waiting + setAside }

    public init() {}
}

/// What came back, or did not, for one attempt. Kept whatever became of the lease.
public struct OperationEvidence: Hashable, Sendable {
    public var endedAt: Instant
    public var event: OperationEvent
    public var status: Int?
    public var code: String?
    public var message: String
    /// SHA-256 of `answer`, hexadecimal.
    public var answerHash: String?
    /// SHA-256 of the answer's body as HTTP delivered it, hexadecimal.
    public var wireHash: String?
    /// The answer after the wire's cryptography, as far as it opened; nil when none came.
    public var answer: [UInt8]?

    public init(
        endedAt: Instant, event: OperationEvent, status: Int? = nil, code: String? = nil, message: String,
        answerHash: String? = nil, wireHash: String? = nil, answer: [UInt8]? = nil
    ) {
        self.endedAt = endedAt
        self.event = event
        self.status = status
        self.code = code
        self.message = message
        self.answerHash = answerHash
        self.wireHash = wireHash
        self.answer = answer
    }
}

/// A change of an operation's state.
public struct OperationStep: Hashable, Sendable {
    public var event: OperationEvent
    public var nextAt: Instant?
    public var reference: String?
    /// What the authority gave, whole.
    public var result: [UInt8]?
    public var code: String?
    public var message: String
    public var isAdopted = false
    /// Whether this answer led nowhere, so that the next wait is longer.
    public var isFailure = false
    /// Whether our own limits kept the call back: what was counted stays.
    public var isHeldBack = false
    /// Whether it waits because the provider asked for a long wait: brought forward when that answers again.
    public var isParked = false
    /// A "not there" that is the first to count.
    public var absentAt: Instant?
    /// Another provider that it goes on with; nil: the same.
    public var provider: String?
    /// Why it goes no further by itself, where something can be mended.
    public var cause: Cause?

    public init(_ event: OperationEvent, nextAt: Instant? = nil, message: String = "") {
        self.event = event
        self.nextAt = nextAt
        self.message = message
    }
}
