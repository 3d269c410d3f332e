/// An e-invoice as the desk knows it: its registration and, once that was asked for, its cancellation.
public struct EInvoice: Hashable, Sendable {
    /// The newest registration of the document.
    public var operation: PortalOperation
    /// The newest cancellation, whatever became of it.
    public var cancellation: PortalOperation?
    /// 15 digits; empty as long as it is not registered.
    public var ackNumber: String
    public var ackAt: Instant?
    /// When and why it was taken back; nil unless it was, and in lists without acknowledgements.
    public var withdrawal: InvoiceWithdrawal?

    public init(
        operation: PortalOperation, cancellation: PortalOperation? = nil, ackNumber: String = "",
        ackAt: Instant? = nil
    ) {
        self.operation = operation
        self.cancellation = cancellation
        self.ackNumber = ackNumber
        self.ackAt = ackAt
    }

    public var irn: String? { operation.reference }

    /// The operation that decides where it stands: a cancellation that is open or done, else the registration.
    public var governing: PortalOperation {
        guard let cancellation, cancellation.state != .rejected, cancellation.state != .discarded else {
            return operation
        }
        return cancellation
    }

    public var standing: EInvoiceStanding { EInvoiceStanding(operation.state, cancellation: cancellation?.state) }

    /// Until when the portal takes a cancellation; nil unless it is registered and stands.
    public var cancelUntil: Instant? {
        standing == .registered ? ackAt.map(InvoiceCancellation.until) : nil
    }

    /// Why it cannot be cancelled now, as a sentence; nil when it can.
    public func refusesCancellation(at now: Instant) -> String? {
        switch standing {
        case .registered: break
        case .cancelled: return "It is cancelled already"
        case .cancelling: return "Its cancellation is under way"
        case .inDoubt, .attention: return "It is in doubt: that is settled first"
        case .inWork: return "It is not registered yet"
        case .refused, .discarded: return "It is not registered"
        }
        guard let end = cancelUntil else { return "Nobody told when it was registered; ask the portal" }
        return now > end ? "24 hours since its registration are over; issue a credit note" : nil
    }
}

/// Where an e-invoice stands, registration and cancellation taken together. Raw values are the words of commands.
public enum EInvoiceStanding: String, CaseIterable, Sendable, Codable {
    case inWork = "in_work"
    /// The portal may have registered it, or cancelled it; it is looked up.
    case inDoubt = "in_doubt"
    /// Only a person can help.
    case attention
    case registered, cancelling, cancelled, refused
    /// Given up: nothing was sent, or the authority is proven to hold nothing.
    case discarded

    public init(_ registration: OperationState, cancellation: OperationState?) {
        guard registration == .filed, let cancellation else {
            self = Self.registered(registration)
            return
        }
        switch cancellation {
        case .rejected, .discarded: self = .registered
        case .filed: self = .cancelled
        case .unknown, .reconciling: self = .inDoubt
        case .conflict, .attention: self = .attention
        default: self = .cancelling
        }
    }

    private static func registered(_ state: OperationState) -> EInvoiceStanding {
        switch state {
        case .filed: .registered
        case .unknown, .reconciling: .inDoubt
        case .conflict, .attention: .attention
        case .rejected: .refused
        case .discarded: .discarded
        default: .inWork
        }
    }

    /// The screen's word for it.
    public var title: String {
        switch self {
        case .inWork: "In work"
        case .inDoubt: "In doubt"
        case .attention: "Attention"
        case .registered: "Registered"
        case .cancelling: "Cancelling"
        case .cancelled: "Cancelled"
        case .refused: "Refused"
        case .discarded: "Given up"
        }
    }
}
