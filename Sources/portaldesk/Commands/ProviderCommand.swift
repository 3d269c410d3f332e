import ArgumentParser
import Domain
import Services

struct ProviderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "Who reaches the portals for us.", subcommands: [List.self, Check.self])

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "The providers of this workspace.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let name, connector: String
            let portals: [String]
            let simulated: Bool
            let serves: [String]
            let address: String
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let catalog = workspace.providers()
            let rows = catalog.files.map { file in
                let serves = Portal.allCases.filter {
                    catalog.provider(for: $0, chosen: nil, settings: workspace.settings)?.name == file.name
                }
                return Row(
                    name: file.name, connector: file.connector, portals: file.portals.map(\.rawValue),
                    simulated: file.isSimulated,
                    serves: serves.map(\.rawValue), address: file.address)
            }
            try Rows(json: output.json).print(
                rows, header: ["NAME", "CONNECTOR", "PORTALS", "SIMULATED", "SERVES", "ADDRESS"]
            ) {
                [
                    $0.name, $0.connector, $0.portals.joined(separator: ","), $0.simulated ? "yes" : "no",
                    $0.serves.joined(separator: ","), $0.address,
                ]
            }
            for problem in catalog.broken { Messages.line(problem.description) }
            return catalog.broken.isEmpty ? .done : .badConfiguration
        }
    }

    struct Check: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Check a provider file and name every mistake with its line.")
        @Argument(help: "The provider file.") var file: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try InputFile.requireReadable(file)
            var (problems, name) = ([String](), "")
            do throws(ConfigurationProblems) {
                name = try ProviderCatalog.read(file).name
            } catch {
                problems = error.problems.map(\.description)
            }
            return try CheckRow.print(file, problems: problems, fine: "\(name) is fine.", json: output.json)
        }
    }
}
