import Domain
import Secrets

/// One action as its connector gets it.
public struct ActionOrder: Sendable {
    public var kind: OperationKind
    public var gstin: Gstin
    public var user: ApiUser
    /// The request's JSON before any cryptography of the wire.
    public var payload: [UInt8]
    /// What the authority's number must be, where it can be known beforehand.
    public var expectedReference: String?
    /// When it was asked for; nil where that is not known.
    public var askedAt: Instant?
    /// The authority's codes in answer to earlier requests of the same through this provider.
    public var told: Set<String> = []
    /// Numbers that the authority gave for the same document before, to operations of ours.
    public var earlier: Set<String> = []
    /// No byte is sent or waited for past this moment.
    public var deadline: ContinuousClock.Instant
    /// What stood before it was sent, for what can be told only by what it changed.
    public var before = Before()
    /// Asked once the answer to the request is here, before each question that follows it. From then on the run may be
    /// ended at any moment; false: nothing more is to be asked.
    public var mayAskOn: @Sendable () -> Bool = { true }

    public struct Before: Sendable, Hashable {
        /// From the first moment at which it may have left to the last; nil when it never may have.
        public var asked: ClosedRange<Instant>?
        /// Numbers under which the same was confirmed here before.
        public var references: Set<String>
        /// How often the bill was extended before, as far as that was known.
        public var count: Int
        /// The end that the bill had when its extension was asked for.
        public var validUntil: Instant?

        public init(
            asked: ClosedRange<Instant>? = nil, references: Set<String> = [], count: Int = 0, validUntil: Instant? = nil
        ) {
            self.asked = asked
            self.references = references
            self.count = count
            self.validUntil = validUntil
        }
    }

    public init(
        kind: OperationKind, gstin: Gstin, user: ApiUser, payload: [UInt8], expectedReference: String? = nil,
        deadline: ContinuousClock.Instant
    ) {
        self.kind = kind
        self.gstin = gstin
        self.user = user
        self.payload = payload
        self.expectedReference = expectedReference
        self.deadline = deadline
    }
}

extension ActionOrder {
    /// What the clocks of an authority and of this machine may differ by.
    private static let clocksDiffer = Duration.seconds(600)

    /// Whether what an authority holds under a number cannot be what this order asked for: it was given to an earlier one,
    /// or made before this one was asked for.
    func cannotBeOurs(_ number: String, madeAt: Instant?) -> Bool {
        if earlier.contains(number) { return true }
        guard let madeAt, let askedAt else { return false }
        return madeAt < askedAt - Self.clocksDiffer
    }
}

/// The user of a GSTIN at an authority's API, which is another one than at its portal.
public struct ApiUser: Sendable {
    public var name: String
    public var password: SecretBytes
    /// Counts the changes.
    public var version: Int
    /// Why the authority refused this version; it is never offered again then. nil while it has not.
    public var refusal: String?

    public init(name: String, password: SecretBytes, version: Int, refusal: String? = nil) {
        self.name = name
        self.password = password
        self.version = version
        self.refusal = refusal
    }
}
