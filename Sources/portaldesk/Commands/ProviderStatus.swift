import ArgumentParser
import Domain
import Services

extension ProviderCommand {
    struct Status: Performable {
        static let configuration = CommandConfiguration(
            abstract: "How each provider did in the last 24 hours, and whether it is left alone for a while.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let name, connector: String
            let simulated: Bool
            let serves: [String]
            /// Logins that were given to it by `account provider`.
            let logins: Int
            let calls, failures: Int
            @OrNull var answered_percent: Int?
            /// Of this hour of the clock and the one before.
            let recent_since: String
            let recent_calls, recent_failures: Int
            @OrNull var recent_answered_percent: Int?
            /// Upper bounds: so many of a hundred calls took no longer.
            @OrNull var median_ms: Int64?
            @OrNull var p95_ms: Int64?
            let circuit: String
            @OrNull var circuit_since: String?
            @OrNull var next_probe_at: String?
            /// Jobs that stopped because of it and stand, by cause.
            let troubles: [String: Int]
            /// Actions that wait for it after something went wrong.
            let waiting_actions: Int
            @OrNull var last_cause: String?
            @OrNull var last_at: String?
            let last_message: String
            let unofficial, untested: Bool
            let missing_secrets: [String]

            init(_ standing: ProviderStanding, now: Instant) {
                name = standing.name
                connector = standing.connector
                simulated = standing.isSimulated
                serves = standing.serves.map(\.rawValue)
                logins = standing.logins
                calls = standing.day.calls
                failures = standing.day.failures
                recent_since = TimeText.rfc3339(standing.recentSince)
                recent_calls = standing.recent.calls
                recent_failures = standing.recent.failures
                circuit = standing.circuit.name
                troubles = Dictionary(
                    standing.troubles.map { ($0.cause.rawValue, $0.jobs.count) }, uniquingKeysWith: +)
                waiting_actions = standing.waiting?.ids.count ?? 0
                last_message = standing.lastError?.said ?? ""
                unofficial = standing.file?.isUnofficial ?? false
                untested = standing.file?.isUntested ?? false
                missing_secrets = standing.missingSecrets
                answered_percent = standing.day.answeredPercent
                recent_answered_percent = standing.recent.answeredPercent
                median_ms = standing.latency.bound(percent: 50)
                p95_ms = standing.latency.bound(percent: 95)
                circuit_since = standing.worst.map { TimeText.rfc3339($0.changedAt) }
                next_probe_at = standing.nextProbe(at: now).map(TimeText.rfc3339)
                last_cause = standing.troubles.first?.cause.rawValue
                last_at = standing.lastError.map { TimeText.rfc3339($0.at) }
            }
        }

        private struct Line: Encodable {
            let standing: ProviderStanding
            let now: Instant
            func encode(to encoder: any Encoder) throws { try Row(standing, now: now).encode(to: encoder) }

            private static func waiting(_ count: Int) -> String {
                "\(Counted.text(count, "action")) \(count == 1 ? "waits" : "wait")"
            }

            func cells(_ workspace: Workspace) -> [String] {
                func bound(_ percent: Int) -> String {
                    standing.day.calls == 0
                        ? "-" : standing.latency.bound(percent: percent).map { "<= \($0) ms" } ?? "-"
                }
                return [
                    standing.name, standing.connector, standing.servesText, String(standing.day.calls),
                    standing.day.answeredPercent.map { "\($0) %" } ?? "-", bound(50), bound(95),
                    standing.circuit.title, standing.nextProbe(at: now).map(workspace.shown) ?? "-",
                    standing.troubles.first?.cause.title
                        ?? standing.waiting.map { Self.waiting($0.ids.count) } ?? "-",
                ]
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let now = workspace.now
            let lines = try await workspace.providerService.standings().map { Line(standing: $0, now: now) }
            try Rows(json: output.json).print(
                lines,
                header: [
                    "NAME", "CONNECTOR", "SERVES", "CALLS 24H", "ANSWERED", "MEDIAN", "95 %", "CIRCUIT", "NEXT PROBE",
                    "LAST CAUSE",
                ]
            ) { $0.cells(workspace) }
            workspace.providerService.brokenFiles().forEach { Messages.line($0) }
            return .done
        }
    }
}
