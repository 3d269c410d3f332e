import Domain
import Portals
import Store

extension ProviderService {
    static let hours: Int64 = 24

    /// Every provider that has a file or was called in the last 24 hours.
    public func standings() async throws(Complaint) -> [ProviderStanding] {
        try await workspace.permit(.see)
        let now = ProviderHour.hour(of: workspace.now)
        let defaults = workspace.defaultProviders()
        let found = try await workspace.read { reader in
            let troubles = try reader.providerTroubles(defaults: defaults)
            var messages: [String: String] = [:]
            for (name, list) in troubles {
                messages[name] = try list.first.flatMap { try reader.job($0.latest) }?.message
            }
            return Found(
                hours: try reader.providerHours(since: now - Self.hours + 1), circuits: try reader.circuits(),
                troubles: troubles, messages: messages, secrets: Set(try reader.secretOwners(.provider)),
                logins: try reader.loginsByProvider(), waiting: try reader.waitingActions())
        }
        let since = Instant(milliseconds: (now - 1) * 3_600_000)
        var standings = workspace.providers().files.map { file in
            var standing = ProviderStanding(
                name: file.name, connector: file.connector, isSimulated: file.isSimulated,
                serves: Portal.allCases.filter { defaults[$0] == file.name }, file: .init(file), recentSince: since)
            standing.missingSecrets = file.profile.secretNames.filter { !found.secrets.contains("\(file.name)/\($0)") }
                .sorted()
            return standing
        }
        for name in Set(found.hours.map(\.provider)).subtracting(standings.map(\.name)).sorted() {
            standings.append(ProviderStanding(name: name, connector: "", recentSince: since))
        }
        return standings.map { found.filled($0, recentFrom: now - 1) }
    }

    private struct Found: Sendable {
        var hours: [ProviderHour]
        var circuits: [CircuitRecord]
        var troubles: [String: [ProviderTrouble]]
        var messages: [String: String]
        var secrets: Set<String>
        var logins: [String: Int]
        var waiting: [String: WaitingActions]

        func filled(_ empty: ProviderStanding, recentFrom hour: Int64) -> ProviderStanding {
            var standing = empty
            for one in hours where one.provider == standing.name {
                standing.day.add(one)
                standing.latency.add(one.latency)
                if one.hour >= hour { standing.recent.add(one) }
            }
            standing.circuits = circuits.filter { $0.provider == standing.name && $0.breaker.phase != .closed }
            standing.troubles = troubles[standing.name] ?? []
            standing.logins = logins[standing.name] ?? 0
            standing.waiting = waiting[standing.name]
            standing.lastMessage = messages[standing.name] ?? ""
            return standing
        }
    }

    /// Files in the providers' folder that cannot be used, each mistake with its line.
    public func brokenFiles() -> [String] { workspace.providers().broken.map(\.description) }

    /// Retries what failed and stands because of one provider, and brings forward what waits for another try, jobs and
    /// actions.
    ///
    /// - Throws: a `Complaint`: 77 not permitted; 65 for a provider that nobody knows.
    public func retry(_ name: String) async throws(Complaint) -> FailureService.Retried {
        guard let standing = try await standings().first(where: { $0.name == name }) else {
            throw Complaint.unknownProvider(name)
        }
        var actions = 0
        if let waiting = standing.waiting, try await workspace.may(.act) {
            actions = try await workspace.operations.carryOut(.hurry, on: waiting.ids).done.count
        }
        let ids = standing.troubles.flatMap(\.jobs)
        let before = try await workspace.read { reader in try ids.compactMap { try reader.job($0) } }
        let verdicts = try await workspace.sync.retry(ids)
        let queued = Set(verdicts.filter(\.isAccepted).map(\.id))
        // What waited by itself was only brought forward: there is nothing to take back.
        return FailureService.Retried(
            verdicts: verdicts, before: before.filter { $0.status == .failed && queued.contains($0.id) },
            actions: actions)
    }
}
