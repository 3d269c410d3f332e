import Domain

/// Invented businesses with their logins: the same for the same seed and count, on every machine.
public struct DemoWorld: Sendable {
    public static let defaultSeed: UInt64 = 20_261_120
    /// 74 GST identities (71 verified), 70 of Income Tax (68 verified), 12 of TRACES (none checked yet).
    public static let defaultBusinessCount = 74

    public let seed: UInt64
    public let businesses: [DemoBusiness]
    /// Every login, by business and then in the order of the portals.
    public let accounts: [DemoAccount]
    private let positions: [PortalIdentity: Int]

    /// - Parameter businesses: 0 to 500,000; values outside are brought to the nearest bound.
    public init(seed: UInt64 = Self.defaultSeed, businesses count: Int = Self.defaultBusinessCount) {
        self.seed = seed
        var maker = DemoMaker(seed: seed)
        let made = (0..<min(max(count, 0), 500_000)).map { maker.business($0) }
        var accounts: [DemoAccount] = []
        accounts.reserveCapacity(made.count * 2)
        var names: Set<String> = []
        for business in made {
            for var account in DemoPlan.accounts(of: business, seed: seed) {
                // GSTN tells taxpayers apart by their user names alone, and thousands of invented ones meet.
                if !names.insert("\(account.identity.portal) \(account.username)").inserted {
                    account.username += ".\(account.businessIndex)"
                }
                accounts.append(account)
            }
        }
        businesses = made
        self.accounts = accounts
        positions = Dictionary(uniqueKeysWithValues: accounts.enumerated().map { ($1.identity, $0) })
    }

    public func account(_ identity: PortalIdentity) -> DemoAccount? { positions[identity].map { accounts[$0] } }
    public func business(of account: DemoAccount) -> DemoBusiness { businesses[account.businessIndex] }
}
