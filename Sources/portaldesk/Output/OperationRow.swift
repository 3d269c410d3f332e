import Domain
import Services

/// An operation as a row.
struct OperationRow: Encodable {
    static let header = ["ID", "KIND", "GSTIN", "WHAT", "STATE", "REFERENCE", "TRIES", "NEXT STEP", "MESSAGE"]

    let id, kind, gstin, business_key, provider, state, title: String
    @OrNull var reference: String?
    @OrNull var expected_reference: String?
    @OrNull var total: String?
    let attempts: Int
    let created_at, created_by, updated_at: String
    @OrNull var next_step_at: String?
    @OrNull var code: String?
    let message: String
    let adopted: Bool

    init(_ operation: PortalOperation) {
        id = operation.id.text
        kind = operation.kind.rawValue
        gstin = operation.gstin.text
        business_key = operation.businessKey
        provider = operation.provider
        state = operation.state.rawValue
        title = operation.title
        reference = operation.reference
        expected_reference = operation.expectedReference
        total = operation.total?.decimalText
        attempts = operation.attempts
        created_at = TimeText.rfc3339(operation.createdAt)
        created_by = operation.createdBy
        updated_at = TimeText.rfc3339(operation.updatedAt)
        next_step_at = operation.nextStepAt.map(TimeText.rfc3339)
        code = operation.code
        message = operation.message
        adopted = operation.isAdopted
    }

    static func cells(_ operation: PortalOperation, _ workspace: Workspace) -> [String] {
        let next = operation.nextStepAt.map { TimeText.full($0, offset: workspace.utcOffset(at: $0)) }
        return [
            operation.id.text, operation.kind.title, operation.gstin.text, operation.title, operation.state.title,
            operation.reference ?? "", "\(operation.attempts)", next ?? "",
            operation.goesOnByItself ? "\(operation.message); goes on by itself" : operation.message,
        ]
    }

    /// What a portal did, though not as it should have: a signature that does not fit.
    private static func warn(of operations: [PortalOperation]) {
        let doubtful = operations.filter { $0.state == .filed && $0.message.hasPrefix("warning: ") }
        for one in doubtful.prefix(mostWarnings) { Messages.line("! \(one.title): \(one.message)") }
        let others = doubtful.count - mostWarnings
        if others > 0 { Messages.line("! and \(Counted.text(others, "more warning")): `portaldesk operation list`") }
    }

    private static let mostWarnings = 10

    static func print(
        _ operations: [PortalOperation], _ workspace: Workspace, _ output: JsonFlag
    ) throws(Complaint) {
        try Rows(json: output.json).print(operations.map { OperationLine(operation: $0) }, header: header) {
            cells($0.operation, workspace)
        }
        warn(of: operations)
    }

    /// For whoever does not wait for its end.
    static func goesOn(_ operation: PortalOperation) -> String {
        "\(operation.kind.title) is queued and goes on in the background; the same command follows it, and "
            + "`portaldesk operation show \(operation.id)` tells where it stands."
    }

    /// What a command ends with for where an operation stands: 0 confirmed, 1 refused, 75 open.
    static func status(_ operation: PortalOperation, _ workspace: Workspace) throws(Complaint) -> ExitStatus {
        if operation.state == .filed { return .done }
        let said = operation.message.isEmpty ? operation.meaning : operation.message
        if operation.isGivenUp { throw Complaint("\(operation.title) was given up", why: said, status: .refused) }
        if operation.state == .rejected {
            throw Complaint(
                "\(operation.title) was refused", why: said,
                remedy: "Mend it and submit it again; that is a new operation", status: .refused)
        }
        let show = "`portaldesk operation show \(operation.id)` tells where it stands"
        let title = "\(operation.title): \(operation.state.title.lowercased())"
        if operation.awaitsApiUser {
            throw Complaint(
                title, why: said, remedy: "\(OperationAdvice.apiUser(operation).startingUpper)", status: .tryLater)
        }
        guard let waiting = Self.waiting(operation, workspace) else {
            throw Complaint(title, why: said, remedy: show, status: .tryLater)
        }
        throw Complaint(
            title, why: "\(said) (\(operation.provider))", remedy: "\(waiting.startingUpper). \(show.startingUpper)",
            status: .tryLater)
    }

    /// Since when it waits and when it goes on by itself; nil for what does not wait.
    static func waiting(_ operation: PortalOperation, _ workspace: Workspace) -> String? {
        operation.waiting(at: workspace.now) { workspace.shown($0) }
    }
}

/// An operation that prints as its row.
struct OperationLine: Encodable {
    let operation: PortalOperation
    func encode(to encoder: any Encoder) throws { try OperationRow(operation).encode(to: encoder) }
}

/// An operation that cannot be read, in a list of those that can.
struct DamagedRow: Encodable {
    let id: String
    let state = "damaged"
    let message: String

    init(_ damaged: DamagedOperation) {
        id = damaged.id
        message = damaged.what
    }

    private enum CodingKeys: String, CodingKey { case id, state, message }
}
