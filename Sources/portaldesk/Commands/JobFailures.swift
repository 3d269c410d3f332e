import ArgumentParser
import Domain
import Services

extension JobCommand {
    struct Failures: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Failures that still stand, folded by cause, and what helps.")
        @Option(name: .long, help: "gst, income_tax or traces.") var portal: Portal?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let cause, title, status: String
            let count: Int
            let portals: [String: Int]
            let action, remedy: String
            @OrNull var latest_at: String?
            let latest_job: Int64

            init(_ group: FailureGroup) {
                cause = group.key.cause.rawValue
                title = group.key.cause.title
                status = (group.key.isWaiting ? JobStatus.needsInput : .failed).rawValue
                count = group.count
                portals = Dictionary(uniqueKeysWithValues: group.portals.map { ($0.key.rawValue, $0.value) })
                action = group.key.action.rawValue
                remedy = group.key.isWaiting ? Cause.remedyWhileWaiting : group.key.cause.remedyWhenOver
                latest_at = group.latestAt.map(TimeText.rfc3339)
                latest_job = group.latest.rawValue
            }
        }

        private struct Line: Encodable {
            let group: FailureGroup
            func encode(to encoder: any Encoder) throws { try Row(group).encode(to: encoder) }

            var cells: [String] {
                let portals = group.portals.sorted { $0.key.position < $1.key.position }
                return [
                    String(group.count), (group.key.isWaiting ? JobStatus.needsInput : .failed).title,
                    group.key.cause.title, portals.map { "\($0.key.shortName) \($0.value)" }.joined(separator: ", "),
                    String(group.latest.rawValue), group.key.action.title,
                ]
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let groups = try await workspace.failures.groups(portal)
            try Rows(json: output.json).print(
                groups.map { Line(group: $0) },
                header: ["LOGINS", "STATUS", "CAUSE", "PORTALS", "NEWEST JOB", "WHAT HELPS"]
            ) { $0.cells }
            return .done
        }
    }
}
