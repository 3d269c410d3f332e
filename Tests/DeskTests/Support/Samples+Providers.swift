import Domain
import Services

@testable import Desk

extension Sample {
    static func provider(
        _ name: String, _ connector: String, serves: [Portal] = [], isSimulated: Bool = false,
        file: ProviderStanding.FileFacts?, day: (Int, Int) = (0, 0), recent: (Int, Int) = (0, 0)
    ) -> ProviderStanding {
        var standing = ProviderStanding(
            name: name, connector: connector, isSimulated: isSimulated, serves: serves, file: file,
            recentSince: now - .seconds(4_320))
        standing.day = .init(calls: day.0, failures: day.1)
        standing.recent = .init(calls: recent.0, failures: recent.1)
        for index in 0..<day.0 { standing.latency.count(.milliseconds(index % 10 == 0 ? 900 : 180)) }
        return standing
    }

    static func circuit(_ phase: CircuitBreaker.Phase, _ provider: String, family: String = "reading") -> CircuitRecord
    {
        CircuitRecord(
            provider: provider, family: family, breaker: CircuitBreaker(phase: phase, reopenings: 2),
            changedAt: now - .seconds(1_320))
    }

    /// One of every kind: well, left alone, probing, never called, without its secret, without its file.
    static let providers: [ProviderStanding] = {
        var down = provider(
            "e-filing", "efiling", serves: [.incomeTax],
            file: .init(
                portals: [.incomeTax], address: "https://eportal.incometax.gov.in", isUnofficial: true,
                isUntested: true, concurrency: 4, whole: RateLimit(perSecond: 1, burst: 10),
                perAccount: RateLimit(perSecond: 0.25)), day: (240, 81), recent: (40, 31))
        down.circuits = [circuit(.open(until: now + .seconds(95)), "e-filing")]
        down.troubles = [
            .init(
                cause: .portalDown, jobs: (1...9).map { JobId($0) }, latestAt: now - .seconds(1_320), latest: JobId(9)),
            .init(cause: .portalTimeout, jobs: [JobId(20)], latestAt: now - .seconds(4_000), latest: JobId(20)),
        ]
        down.lastMessage = "the portal answered 503 Service Unavailable"
        var probing = provider(
            "firm-gsp", "gsp", file: .init(portals: [.gst], address: "https://gsp.example/gstn", isUntested: true),
            day: (60, 12), recent: (12, 6))
        probing.circuits = [circuit(.halfOpen(successes: 1, isProbing: false), "firm-gsp", family: "authentication")]
        var keyless = provider(
            "other-gsp", "gsp", file: .init(portals: [.gst], address: "https://other.example", isUntested: true))
        keyless.missingSecrets = ["client-secret"]
        return [
            provider(
                "bridge", "bridge", serves: [.gst, .traces], isSimulated: true,
                file: .init(portals: Portal.allCases, address: "sandbox:"), day: (412, 11),
                recent: (42, 0)),
            down, probing, keyless, provider("old-bridge", "", file: nil, day: (3, 1)),
            provider(
                "traces", "traces",
                file: .init(
                    portals: [.traces], address: "https://traces-app.tdscpc.gov.in", isUnofficial: true,
                    isUntested: true, concurrency: 1)),
        ]
    }()
}
