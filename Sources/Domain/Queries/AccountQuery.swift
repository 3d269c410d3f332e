public struct AccountQuery: Hashable, Sendable {
    /// nil means every portal.
    public var portal: Portal?
    /// Any part of identity, user name or business name; case is forgiven.
    public var text: String?
    public var status: AccountStatus?
    /// Accounts of these providers come before the others; "" stands for those that name none.
    public var leading: Set<String> = []
    /// From 1; a page past the end gives the last page.
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?

    public init(
        portal: Portal? = nil, text: String? = nil, status: AccountStatus? = nil, page: Int = 1, perPage: Int? = 20
    ) {
        self.portal = portal
        self.text = text
        self.status = status
        self.page = page
        self.perPage = perPage
    }
}

/// Accounts ordered by portal and identity.
public struct AccountPage: Hashable, Sendable {
    public var rows: [PortalAccount]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    public var firstSerial: Int
    /// Verified accounts under the query's portal and text, whatever its status.
    public var verified: Int
    /// Configured but not verified, under the same.
    public var attention: Int

    public init(
        rows: [PortalAccount], page: Int, pageCount: Int, total: Int, firstSerial: Int, verified: Int, attention: Int
    ) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.verified = verified
        self.attention = attention
    }
}

/// An encrypted password as the vault made it. Its bytes mean nothing without the key.
public struct SealedPassword: Hashable, Sendable, CustomStringConvertible {
    public var bytes: [UInt8]
    /// The login's version at the time it was set.
    public var version: Int
    /// Whose it is.
    public var identity: PortalIdentity

    public init(bytes: [UInt8], version: Int, identity: PortalIdentity) {
        self.bytes = bytes
        self.version = version
        self.identity = identity
    }
    public var description: String { "••••••••" }
}
