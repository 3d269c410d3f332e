import Domain
import Transport
import Wire

@testable import Portals

/// The connector of TRACES from the captcha's answer to notices.
enum FetchTraces {
    static let list: [FuzzParser] = [
        stage([.communications]).parser(
            "fetch.traces.login", changing: Traces.LoginPath.login, [TracesSamples.tokens], gentle: 80),
        page("demand", Traces.AppPath.outstandingDemand, TracesSamples.demand, .outstandingDemand),
        page("quarters", Traces.AppPath.demandOfYear, TracesSamples.quarters, .defaultSummary),
        page("summary", Traces.AppPath.demandOfQuarter, TracesSamples.summary, .defaultSummary),
        page("inbox", Traces.AppPath.communications, TracesSamples.inbox, .communications),
        stage([.defaultSummary]).parser(
            "fetch.traces.statements", changing: Traces.AppPath.statementStatus, [TracesSamples.statements]),
        stage([.requests]).parser(
            "fetch.traces.requests", changing: Traces.AppPath.requests, [TracesSamples.requests], gentle: 70
        ) { outcome, bytes in
            // A number that comes twice is one request.
            guard let rows = try? JSONValue(bytes)["rows"]?.list else { return }
            try FetchRules.holds(outcome, Set(rows.map(number)).count)
        },
        stage([.requests]).parser(
            "fetch.traces.download", changing: Traces.AppPath.download, [TracesSamples.download], gentle: 80),
    ]

    private static func number(_ row: JSONValue) -> String {
        let field = row["reqNo"]
        if case .integer(let number)? = field { return String(number) }
        return field?.text ?? String(decoding: row.bytes, as: UTF8.self)
    }

    private static func page(_ name: String, _ path: String, _ sample: String, _ place: Place) -> FuzzParser {
        stage([place]).parser(
            "fetch.traces.\(name)", changing: path, [sample], form: .text(words: TracesSamples.words), blind: 30)
    }

    private static func stage(_ places: [Place]) -> FetchParser {
        let origin = "https://traces.example"
        let profile = ProviderProfile(name: "traces", connector: .traces, portals: [.traces], baseURL: origin)
        return FetchParser(
            ask: { String($0.url.dropFirst(origin.count).prefix { $0 != "?" }) },
            answers: [
                Traces.LoginPath.login: FetchRules.json(TracesSamples.tokens),
                Traces.LoginPath.captcha: FetchRules.json(TracesSamples.captcha),
                Traces.AppPath.bridge: FetchRules.json("", status: 302, ["Location": "/app/ded/dashboard.xhtml"]),
                Traces.AppPath.dashboard: FetchRules.json(TracesSamples.page("")),
                Traces.AppPath.outstandingDemand: FetchRules.json(oneYear),
                Traces.AppPath.demandOfYear: FetchRules.json(TracesSamples.quarters),
                Traces.AppPath.demandOfQuarter: FetchRules.json(TracesSamples.summary),
                Traces.AppPath.statementStatus: FetchRules.json(TracesSamples.statements),
                Traces.AppPath.requests: FetchRules.json(TracesSamples.requests),
                Traces.AppPath.download: FetchRules.json(TracesSamples.download),
                "/app/files/1.zip": FetchRules.json("PK\u{3}\u{4}zip"),
                Traces.AppPath.communications: FetchRules.json(TracesSamples.inbox),
            ],
            connect: { TracesConnector(profile: profile, client: $0, pause: { _ in }, random: FetchRules.random) },
            login: FetchRules.login(.traces, "MUMA12345B"), places: places,
            answer: ChallengeAnswer(remoteJob: "c-1", text: "aB3dEf"))
    }

    private static let oneYear = TracesSamples.page(
        """
        <table id="fyAmtList"><tr><th>Year</th><th>Manual</th><th>Processed</th></tr>
        <tr><td>2024-25</td><td>0.00</td><td>5.00</td></tr></table>
        """)
}
