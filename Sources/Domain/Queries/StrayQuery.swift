/// Names one record that was set aside: account, place and the beginning of its content's hash.
public struct StrayId: Hashable, Sendable, CustomStringConvertible {
    public let account: AccountId
    public let place: Place
    /// Eight hexadecimal digits.
    public let hash: String

    public init(account: AccountId, place: Place, contentHash: String) {
        self.account = account
        self.place = place
        hash = String(contentHash.prefix(8))
    }

    /// From `12-notices-9f3ab2c1`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let number = Int64(parts[0]), let place = Place(rawValue: String(parts[1])),
            parts[2].count == 8, parts[2].allSatisfy({ $0.isHexDigit && !$0.isUppercase })
        else { return nil }
        self.init(account: AccountId(number), place: place, contentHash: String(parts[2]))
    }

    public var description: String { "\(account.rawValue)-\(place.rawValue)-\(hash)" }
}

/// A record of a portal that was set aside because it was not understood.
public struct Stray: Hashable, Sendable {
    public var id: StrayId
    public var identity: PortalIdentity
    public var business: String
    /// The portal's own key, where it could be read.
    public var key: String
    /// What is wrong with it, one line.
    public var problem: String
    public var byteCount: Int
    /// In how many fetches it stood.
    public var times: Int
    public var firstSeenAt: Instant
    public var lastSeenAt: Instant

    public init(
        id: StrayId, identity: PortalIdentity, business: String, key: String, problem: String, byteCount: Int,
        times: Int, firstSeenAt: Instant, lastSeenAt: Instant
    ) {
        self.id = id
        self.identity = identity
        self.business = business
        self.key = key
        self.problem = problem
        self.byteCount = byteCount
        self.times = times
        self.firstSeenAt = firstSeenAt
        self.lastSeenAt = lastSeenAt
    }

    public var place: Place { id.place }
}

public struct StrayQuery: Hashable, Sendable {
    public var portal: Portal?
    /// Any part of identity, business name, place, key or problem; case is forgiven.
    public var text: String?
    /// From 1; a page past the end gives the last page.
    public var page: Int
    /// nil gives all rows as one page.
    public var perPage: Int?

    public init(portal: Portal? = nil, text: String? = nil, page: Int = 1, perPage: Int? = 20) {
        self.portal = portal
        self.text = text
        self.page = page
        self.perPage = perPage
    }
}

/// Records that were set aside, the latest first.
public struct StrayPage: Hashable, Sendable {
    public var rows: [Stray]
    public var page: Int
    public var pageCount: Int
    public var total: Int
    public var firstSerial: Int
    /// How many different problems they have.
    public var problems: Int

    public init(rows: [Stray], page: Int, pageCount: Int, total: Int, firstSerial: Int, problems: Int) {
        self.rows = rows
        self.page = page
        self.pageCount = pageCount
        self.total = total
        self.firstSerial = firstSerial
        self.problems = problems
    }
}
