import ArgumentParser
import Domain
import Services

struct ProviderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "Who reaches the portals for us.",
        subcommands: [List.self, Status.self, Check.self, Add.self, Remove.self, Secret.self, Test.self])

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "The providers of this workspace.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let name, connector: String
            let portals: [String]
            let simulated: Bool
            let serves: [String]
            /// Logins that were given to it by `account provider`.
            let logins: Int
            let address: String

            init(_ file: ProviderFile, _ standing: ProviderStanding?) {
                name = file.name
                connector = file.connector
                portals = file.portals.map(\.rawValue)
                simulated = file.isSimulated
                serves = (standing?.serves ?? []).map(\.rawValue)
                logins = standing?.logins ?? 0
                address = file.address
            }
        }

        private struct Line: Encodable {
            let file: ProviderFile
            let standing: ProviderStanding?
            func encode(to encoder: any Encoder) throws { try Row(file, standing).encode(to: encoder) }

            var cells: [String] {
                [
                    file.name, file.connector, file.portals.map(\.shortName).joined(separator: ", "),
                    file.isSimulated ? "yes" : "no", standing?.servesText ?? "",
                    file.shownAddress,
                ]
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let catalog = workspace.providers()
            let standings = try await workspace.providerService.standings()
            let lines = catalog.files.map { file in
                Line(file: file, standing: standings.first { $0.name == file.name })
            }
            try Rows(json: output.json).print(
                lines, header: ["NAME", "CONNECTOR", "PORTALS", "SIMULATED", "SERVES", "ADDRESS"]
            ) { $0.cells }
            for warning in catalog.files.flatMap(\.warnings) { Messages.line("! \(warning)") }
            for problem in catalog.broken { Messages.line(problem.description) }
            return catalog.broken.isEmpty ? .done : .badConfiguration
        }
    }

    struct Add: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Check a provider file and take it into the workspace, with the public key beside it.")
        @Argument(help: "The provider file.") var file: String
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try InputFile.requireReadable(file)
            let workspace = try await place.enter(surroundings)
            let name = try await workspace.providerService.add(file)
            Messages.line("The provider \(name) is added.")
            let added = workspace.providers().named(name)
            for warning in (added?.warnings ?? []) + (added?.blanks ?? []).map(\.description) {
                Messages.line("! \(warning)")
            }
            for field in try await workspace.providerSecrets.missing(of: name) {
                Messages.line("It needs a secret: `portaldesk provider secret \(name) \(field)`")
            }
            return .done
        }
    }

    struct Secret: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Keep a secret that a provider file names as \"vault:FIELD\".")
        @Argument(help: "The provider.") var name: String
        @Argument(help: "The field.") var field: String
        @Option(name: .long, help: "File with the secret, - for standard input; else a prompt.")
        var passwordFile: String?
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            try await workspace.providerSecrets.requireAsked(field, of: name)
            let secret = try SecretInput.read(
                file: passwordFile, "a secret", option: "--password-file", prompt: "\(field) of \(name): ")
            try await workspace.providerSecrets.set(field, of: name, secret)
            Messages.line("The secret \(field) of \(name) is kept.")
            return .done
        }
    }

    struct Test: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Ask a provider whether it answers; no login is tried.")
        @Argument(help: "The provider.") var name: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable { let portal, state, message: String }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            let rows = try await workspace.providerService.test(name).map {
                Row(portal: $0.portal.rawValue, state: $0.state, message: $0.message)
            }
            try Rows(json: output.json).print(rows, header: ["PORTAL", "STATE", "MESSAGE"]) {
                [Portal(rawValue: $0.portal)?.shortName ?? $0.portal, $0.state, $0.message]
            }
            return rows.contains { ["down", "unclear"].contains($0.state) } ? .unavailable : .done
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
            let checked = ProviderService.check(file)
            let found = checked.findings.map { CheckRow(file, $0) }
            let name = checked.name ?? ""
            let fine = found.isEmpty ? "\(name) is fine." : "\(name) can be used; what stands above should be known."
            let status = try CheckRow.print(found, of: file, fine: fine, json: output.json)
            if !output.json, !checked.isReady, !name.isEmpty {
                Messages.line("\(file): \(name) can be read, but cannot be used until that is done.")
            }
            return status
        }
    }
}
