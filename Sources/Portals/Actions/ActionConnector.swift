import Domain

/// The client end of one provider that carries out actions.
///
/// It never sends an action twice and never decides what comes next: it tells what was seen, and the operation engine
/// moves on by the table (facts: reliability 5).
public protocol ActionConnector: Sendable {
    /// Makes sure that a session stands, so that an action does not fail for want of one. Sends nothing of the action.
    func prepare(_ order: ActionOrder) async throws(PortalFailure)

    /// Sends the action once.
    func send(_ order: ActionOrder) async -> ActionAnswer

    /// Asks the authority whether it holds the action. Changes nothing; whoever calls decides whether to ask again.
    func look(_ order: ActionOrder) async -> ActionAnswer

    /// Asks a registration portal for an invoice that it holds, whoever registered it there. Changes nothing.
    ///
    /// - Parameter order: who asks; its kind and payload count for nothing.
    func invoice(_ question: InvoiceQuestion, _ order: ActionOrder) async -> ActionAnswer

    /// Asks the e-way bill system how a bill stands, whoever made it. Changes nothing.
    ///
    /// - Parameters:
    ///   - number: 12 digits.
    ///   - order: who asks, a party of the bill or its transporter; its kind and payload count for nothing.
    func bill(_ number: String, _ order: ActionOrder) async -> ActionAnswer

    /// Asks something that changes nothing, only to see whether the authority answers.
    func probe(_ order: ActionOrder) async

    /// The call that carries out or looks for an action, without identities, for the evidence.
    func call(_ kind: OperationKind, _ purpose: OperationAttempt.Purpose) -> String
}

extension ActionConnector {
    public func invoice(_ question: InvoiceQuestion, _ order: ActionOrder) async -> ActionAnswer {
        ActionAnswer(
            .lookFailed, message: "only an invoice registration portal is asked for invoices", cause: .internal)
    }

    public func bill(_ number: String, _ order: ActionOrder) async -> ActionAnswer {
        ActionAnswer(.lookFailed, message: "only the e-way bill system is asked for bills", cause: .internal)
    }
}
