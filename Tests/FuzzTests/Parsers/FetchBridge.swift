import Domain
import Secrets
import Transport
import Wire

@testable import Portals

/// The connector of the bridge from its token to notices.
enum FetchBridge {
    static let list: [FuzzParser] = [
        stage.parser("fetch.bridge.token", changing: "POST token", [BridgeSamples.token], gentle: 85),
        stage.parser("fetch.bridge.job", changing: "POST jobs", [BridgeSamples.wholeJob], gentle: 90, blind: 8),
        stage.parser("fetch.bridge.notices", changing: "GET notices", [BridgeSamples.page], gentle: 80) {
            outcome, bytes in
            // An id that comes twice is one notice; what lies in a place that nobody asked for is no business of ours.
            guard let items = try? JSONValue(bytes)["items"]?.list else { return }
            let unwanted = Set(Place.allCases.map(\.rawValue)).subtracting(["self_fya", "demand"])
            let ours = items.filter { !unwanted.contains($0["place"]?.text ?? "") }
            try FetchRules.holds(outcome, Set(ours.map { $0["id"]?.text.map { [UInt8]($0.utf8) } ?? $0.bytes }).count)
        },
        stage.parser("fetch.bridge.detail", changing: "GET notice", [BridgeSamples.notice], gentle: 80),
    ]

    private static let stage: FetchParser = {
        let profile = ProviderProfile(
            name: "bridge", connector: .bridge, portals: [.incomeTax], baseURL: "https://bridge.example",
            auth: .clientCredentials(clientId: "us", secret: SecretBytes(utf8: "sandbox-only")))
        return FetchParser(
            ask: ask,
            answers: [
                "POST token": FetchRules.json(BridgeSamples.token), "PUT credentials": FetchRules.json("", status: 204),
                "POST jobs": FetchRules.json(BridgeSamples.wholeJob, status: 202),
                "GET job": FetchRules.json(BridgeSamples.wholeJob), "GET notices": FetchRules.json(BridgeSamples.page),
                "GET notice": FetchRules.json(BridgeSamples.notice), "GET documents": FetchRules.json("%PDF-1.4"),
            ],
            connect: { BridgeConnector(profile: profile, client: $0, pause: { _ in }, random: FetchRules.random) },
            login: FetchRules.login(.incomeTax, "AAAPZ1000A"), places: [.selfFya, .demand])
    }()

    /// `GET /v1/notices/x` asks for one notice, `GET /v1/notices?` for the list.
    @Sendable private static func ask(_ request: HTTPRequest) -> String {
        let path = request.url.dropFirst("https://bridge.example/v1/".count)
        let parts = path.split { $0 == "/" || $0 == "?" }
        let first = parts.first.map(String.init) ?? ""
        let isOne = path.dropFirst(first.count).first == "/" && (first == "notices" || first == "jobs")
        return "\(request.method.rawValue) \(isOne ? String(first.dropLast()) : first)"
    }
}
