extension Deed {
    /// What somebody wanted to do: `tried to` and this.
    public var words: String {
        switch self {
        case .see: "look"
        case .controlJobs: "retry or cancel jobs"
        case .fetch: "fetch"
        case .verify: "verify a login"
        case .workNotices: "work on notices"
        case .act: "carry out actions at an authority"
        case .keepBusinesses: "change the register of businesses"
        case .answer: "answer what a portal asks"
        case .editCredential: "change a login"
        case .revealPassword: "see a stored password"
        case .administer: "do what admins do"
        case .auditOwn: "see the audit trail"
        case .auditAll: "see what others did"
        case .openBodies: "open what calls carried"
        case .bundleSupport: "pack a support bundle"
        case .lookUpMask: "look up a mask"
        }
    }

    /// Whose office permits it, worked out of the one table in `Person.may`.
    public var needs: String {
        func may(_ role: Role, _ grants: Set<CredentialGrant> = []) -> Bool {
            Person(name: "", email: "", role: role, grants: grants).may(self).isPermitted
        }
        if may(.support) { return "anybody" }
        if may(.operator_) { return "operator or admin" }
        if let grant = CredentialGrant.allCases.first(where: { may(.operator_, [$0]) }) {
            return "operator with the grant \(grant.rawValue), or admin"
        }
        return "admin"
    }
}
