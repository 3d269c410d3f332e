public struct AccountId: Hashable, Sendable, Comparable {
    public let rawValue: Int64
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

public struct BusinessId: Hashable, Sendable, Comparable {
    public let rawValue: Int64
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Whether the last thing a portal said about a login was yes.
public enum AccountStatus: String, CaseIterable, Sendable {
    case verified
    case notVerified = "not_verified"

    public var title: String { self == .verified ? "Verified" : "Not Verified" }
}

/// The login of one identity at one portal. It exists for every identity of a business, with or without a login.
public struct PortalAccount: Hashable, Sendable {
    public var id: AccountId
    public var identity: PortalIdentity
    public var businessId: BusinessId?
    public var business: String
    /// nil until somebody configured a login.
    public var username: String?
    public var isPasswordSet: Bool
    /// Whether who serves it logs in with the portal's password; else a user name is a whole login.
    public var needsPassword: Bool
    public var status: AccountStatus
    /// Why it is not verified; nil when verified.
    public var reason: Cause?
    /// What the portal said at the last check, one harmless line.
    public var reasonMessage: String
    public var checkedAt: Instant?
    public var lastGoodLoginAt: Instant?
    public var passwordChangedAt: Instant?
    /// Counts up with each change of user name or password; a provider holding an older one is given the new login.
    public var loginVersion: Int
    /// Name of the provider file that serves this account, when it is not the portal's default.
    public var provider: String?
    /// How often the portal has refused the password that is stored now.
    public var refusals: Int

    public init(
        id: AccountId, identity: PortalIdentity, businessId: BusinessId? = nil, business: String = "",
        username: String? = nil, isPasswordSet: Bool = false, needsPassword: Bool = true,
        status: AccountStatus = .notVerified,
        reason: Cause? = .neverChecked, reasonMessage: String = "", checkedAt: Instant? = nil,
        lastGoodLoginAt: Instant? = nil, passwordChangedAt: Instant? = nil, loginVersion: Int = 0,
        provider: String? = nil, refusals: Int = 0
    ) {
        self.id = id
        self.identity = identity
        self.businessId = businessId
        self.business = business
        self.username = username
        self.isPasswordSet = isPasswordSet
        self.needsPassword = needsPassword
        self.status = status
        self.reason = reason
        self.reasonMessage = reasonMessage
        self.checkedAt = checkedAt
        self.lastGoodLoginAt = lastGoodLoginAt
        self.passwordChangedAt = passwordChangedAt
        self.loginVersion = loginVersion
        self.provider = provider
        self.refusals = refusals
    }

    /// Attempts that may still be made with the stored password before it must be entered anew: portals lock an account
    /// after a few wrong ones.
    ///
    /// - Parameter limit: refusals of one password that are allowed.
    public func attemptsLeft(of limit: Int) -> Int { max(0, limit - refusals) }

    /// Whether the portal's last word of the login was no. Else nobody knows what it made of offers that count as refusals.
    public var isRefused: Bool { reason == .wrongPassword || reason == .locked }

    /// Whether the stored password may be offered once more. What a portal did not refuse in so many words a person may
    /// have verified; it was perhaps the portal that stumbled.
    ///
    /// - Parameter limit: refusals of one password that are allowed.
    public func mayOffer(for kind: JobKind, limit: Int) -> Bool {
        attemptsLeft(of: limit) > 0 || kind == .verify && !isRefused
    }

    public var portal: Portal { identity.portal }
    /// Whether all is stored that a login needs.
    public var isConfigured: Bool { username != nil && (isPasswordSet || !needsPassword) }
}
