import Domain
import Portals
import Store

/// A claimed job with the provider that will serve it.
struct ProviderClaim: Sendable {
    var job: ClaimedJob
    var provider: String?
}

/// How many more jobs or operations each provider may get, by `[limits] concurrency` of its file.
struct ProviderLimits: Sendable {
    private let defaults: [Portal: String]
    /// By provider; a provider without a file has no entry and no limit.
    private var room: [String: Int]
    private let isQuiet: Bool

    /// - Parameter isQuiet: whether these are quiet hours, in which nothing starts that the calendar began.
    init(
        catalog: ProviderCatalog, settings: Settings, running: [String], gates: [ProviderGate] = [], now: Instant,
        isQuiet: Bool = false
    ) {
        self.isQuiet = isQuiet
        var defaults: [Portal: String] = [:]
        for portal in Portal.allCases {
            defaults[portal] = catalog.provider(for: portal, chosen: nil, settings: settings)?.name
        }
        self.defaults = defaults
        room = Dictionary(
            catalog.files.map { ($0.name, $0.profile.concurrency) }, uniquingKeysWith: { first, _ in first })
        for gate in gates where gate.isProbing {
            // One job is enough to see whether the provider is back.
            room[gate.provider] = gate.nextChance(at: now) == nil ? 1 : 0
        }
        for name in running { room[name]? -= 1 }
    }

    var exclusions: ClaimExclusions {
        ClaimExclusions(
            providers: Set(room.filter { $0.value <= 0 }.keys), defaultProviders: defaults, holdsCalendar: isQuiet)
    }

    /// Operations whose provider has room; the limit is the same as for jobs.
    mutating func claimOperations(
        from writer: StoreWriter, owner: String, limit: Int, until: Instant, now: Instant,
        rule: CrashRule = CrashRule()
    ) throws -> [HeldOperation] {
        let held = try writer.claimOperations(
            owner: owner, limit: limit, until: until, now: now, excluding: exclusions.providers, room: room,
            rule: rule)
        for one in held { room[one.operation.provider]? -= 1 }
        return held
    }

    /// Claims in steps that no provider's room can be too small for.
    mutating func claim(
        from writer: StoreWriter, owner: String, limit: Int, until: Instant, now: Instant
    ) throws -> [ProviderClaim] {
        var claims: [ProviderClaim] = []
        while claims.count < limit {
            let smallest = room.values.filter { $0 > 0 }.min() ?? limit
            let jobs = try writer.claim(
                owner: owner, limit: min(limit - claims.count, smallest), until: until, now: now, excluding: exclusions)
            if jobs.isEmpty { break }
            for job in jobs {
                let chosen = try writer.reader.account(job.job.accountId)?.provider
                let provider = chosen ?? defaults[job.job.portal]
                if let provider { room[provider]? -= 1 }
                claims.append(ProviderClaim(job: job, provider: provider))
            }
        }
        return claims
    }
}
