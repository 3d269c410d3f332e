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
            let calls, failures: Int
            let answered_percent: Int?
            /// Upper bounds: so many of a hundred calls took no longer.
            let median_ms, p95_ms: Int64?
            let circuit: String
            let next_probe_at: String?
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let now = workspace.now
            let rows = try await workspace.providerService.standings().map { standing in
                Row(
                    name: standing.name, connector: standing.connector, simulated: standing.isSimulated,
                    serves: standing.serves.map(\.rawValue), calls: standing.calls, failures: standing.failures,
                    answered_percent: standing.answeredPercent, median_ms: standing.latency.bound(percent: 50),
                    p95_ms: standing.latency.bound(percent: 95), circuit: standing.circuit.name,
                    next_probe_at: standing.nextProbe(at: now).map(TimeText.rfc3339))
            }
            try Rows(json: output.json).print(
                rows,
                header: [
                    "NAME", "CONNECTOR", "SERVES", "CALLS 24H", "ANSWERED", "MEDIAN", "95 %", "CIRCUIT", "NEXT PROBE",
                ]
            ) {
                [
                    $0.name, $0.connector, $0.serves.joined(separator: ","), String($0.calls),
                    $0.answered_percent.map { "\($0) %" } ?? "-", $0.median_ms.map { "<= \($0) ms" } ?? "-",
                    $0.p95_ms.map { "<= \($0) ms" } ?? "-", $0.circuit, $0.next_probe_at ?? "-",
                ]
            }
            return .done
        }
    }
}
