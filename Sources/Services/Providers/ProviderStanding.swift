import Domain
import Store

/// How a provider has done in the last 24 hours, and whether it is asked at all now.
public struct ProviderStanding: Sendable, Hashable {
    public var name: String
    public var connector: String
    public var isSimulated: Bool
    /// The portals that go to it where an account names no other.
    public var serves: [Portal]
    public var calls = 0
    public var failures = 0
    public var latency = LatencyTally()
    /// Circuits that are not closed, by family of calls.
    public var circuits: [CircuitRecord] = []

    /// Whole percent of calls that were answered; nil without calls.
    public var answeredPercent: Int? { calls == 0 ? nil : (calls - failures) * 100 / calls }

    /// When it is asked again; nil while it is asked as usual.
    public func nextProbe(at now: Instant) -> Instant? { circuits.compactMap { $0.breaker.nextChance(at: now) }.max() }

    /// `closed`, or what the worst of its circuits is.
    public var circuit: CircuitBreaker {
        circuits.max { Self.rank($0.breaker) < Self.rank($1.breaker) }?.breaker ?? CircuitBreaker()
    }

    private static func rank(_ breaker: CircuitBreaker) -> Int {
        switch breaker.phase {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}

extension ProviderService {
    static let hours: Int64 = 24

    /// Every provider that has a file or was called in the last 24 hours.
    public func standings() async throws(Complaint) -> [ProviderStanding] {
        try await workspace.permit(.see)
        let since = ProviderHour.hour(of: workspace.now) - Self.hours + 1
        let (hours, circuits) = try await workspace.read { (try $0.providerHours(since: since), try $0.circuits()) }
        let catalog = workspace.providers()
        var standings = catalog.files.map { file in
            ProviderStanding(
                name: file.name, connector: file.connector, isSimulated: file.isSimulated,
                serves: Portal.allCases.filter {
                    catalog.provider(for: $0, chosen: nil, settings: workspace.settings)?.name == file.name
                })
        }
        for name in Set(hours.map(\.provider)).subtracting(standings.map(\.name)).sorted() {
            standings.append(ProviderStanding(name: name, connector: "", isSimulated: false, serves: []))
        }
        for index in standings.indices {
            let name = standings[index].name
            for hour in hours where hour.provider == name {
                standings[index].calls += hour.calls
                standings[index].failures += hour.failures
                standings[index].latency.add(hour.latency)
            }
            standings[index].circuits = circuits.filter { $0.provider == name && $0.breaker.phase != .closed }
        }
        return standings
    }
}
