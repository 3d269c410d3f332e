/// What somebody wants to do, as far as offices tell it apart.
public enum Deed: String, CaseIterable, Sendable {
    /// Jobs, logs, coverage, notices, user names of accounts.
    case see
    /// Retry and cancel jobs.
    case controlJobs
    case fetch
    case verify
    case workNotices
    /// Carry out actions at authorities: invoices, e-way bills.
    case act
    /// Add and change businesses and their identities; removing one with its logins is editing credentials.
    case keepBusinesses
    /// Answer a captcha or a one-time code that a portal asks for.
    case answer
    case editCredential
    /// Read a stored password, always behind a one-time code.
    case revealPassword
    /// Users, grants, providers, vault, settings.
    case administer
    case auditOwn
    case auditAll
    /// Open the sealed requests and answers of calls.
    case openBodies
    /// Pack a masked bundle for whoever helps with a fault.
    case bundleSupport
    /// Ask what a mask of a bundle stands for.
    case lookUpMask
}

/// What an admin may add to an operator's office. Seeing user names needs none.
public enum CredentialGrant: String, CaseIterable, Sendable, Codable { case view, edit, reveal }

/// Whether a deed is permitted, and if not, the words for the person.
public enum Verdict: Hashable, Sendable {
    case permitted
    case refused(String)

    public var isPermitted: Bool { self == .permitted }
}

extension Person {
    /// The one table of offices and deeds. Every door asks it: screen, command and service.
    public func may(_ deed: Deed) -> Verdict {
        guard isEnabled else { return .refused("\(name) is disabled") }
        switch (deed, role) {
        case (_, .admin), (.see, _), (.controlJobs, _), (.auditOwn, _), (.bundleSupport, _): return .permitted
        case (.fetch, .operator_), (.verify, .operator_), (.workNotices, .operator_), (.act, .operator_),
            (.answer, .operator_),
            (.keepBusinesses, .operator_):
            return .permitted
        case (.editCredential, .operator_): return granted(.edit)
        case (.revealPassword, .operator_), (.openBodies, .operator_): return granted(.reveal)
        case (.auditAll, _): return .refused("only an admin sees the rows of others")
        case (.lookUpMask, _): return .refused("only an admin may look up what a mask stands for")
        case (.administer, _): return .refused("only an admin may do this")
        case (_, .support): return .refused("support may look and retry jobs, no more")
        }
    }

    private func granted(_ grant: CredentialGrant) -> Verdict {
        grants.contains(grant)
            ? .permitted : .refused("an admin has not granted \(name) to \(grant.rawValue) credentials")
    }
}
