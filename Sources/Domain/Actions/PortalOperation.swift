/// One action at an authority, from intent to its end.
public struct PortalOperation: Hashable, Sendable {
    public var id: OperationId
    public var kind: OperationKind
    public var gstin: Gstin
    /// The authority's natural key of what is done, such as `27AAACB1234C1Z5/INV/GE-7/2026-27`. At most one unfinished and
    /// one confirmed operation stand for each (facts: reliability 5.2).
    public var businessKey: String
    /// Name of the provider that it goes through.
    public var provider: String
    public var state: OperationState
    /// SHA-256 of kind and payload, hexadecimal: what a second submit is compared by.
    public var fingerprint: String
    /// The authority's number once it is known: IRN, e-way bill number.
    public var reference: String?
    /// What the reference will be if all goes well, where that can be computed beforehand (the IRN).
    public var expectedReference: String?
    /// What people know it by: document number and counterparty.
    public var title: String
    public var total: Rupees?
    /// Requests that may have left.
    public var attempts: Int
    public var createdAt: Instant
    public var createdBy: String
    public var updatedAt: Instant
    /// When the worker looks at it next; nil while nothing is to be done by itself.
    public var nextStepAt: Instant?
    /// The authority's own code of the last answer; several stand together as `AnswerCodes` writes them.
    public var code: String?
    /// One line for people, free of control characters.
    public var message: String
    /// Whether the reference was found by asking, not told in the answer to a request of ours.
    public var isAdopted: Bool
    /// Whether whoever asked named the provider, so that no other one takes its place.
    public var isPinned: Bool
    /// Why it goes no further, where something that a person can mend stopped it.
    public var stoppedBy: Cause?

    public init(
        id: OperationId, kind: OperationKind, gstin: Gstin, businessKey: String, provider: String,
        state: OperationState, fingerprint: String, reference: String? = nil, expectedReference: String? = nil,
        title: String = "", total: Rupees? = nil, attempts: Int = 0, createdAt: Instant, createdBy: String,
        updatedAt: Instant, nextStepAt: Instant? = nil, code: String? = nil, message: String = "",
        isAdopted: Bool = false, isPinned: Bool = false, stoppedBy: Cause? = nil
    ) {
        self.id = id
        self.kind = kind
        self.gstin = gstin
        self.businessKey = businessKey
        self.provider = provider
        self.state = state
        self.fingerprint = fingerprint
        self.reference = reference
        self.expectedReference = expectedReference
        self.title = title
        self.total = total
        self.attempts = attempts
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.updatedAt = updatedAt
        self.nextStepAt = nextStepAt
        self.code = code
        self.message = message
        self.isAdopted = isAdopted
        self.isPinned = isPinned
        self.stoppedBy = stoppedBy
    }
}
