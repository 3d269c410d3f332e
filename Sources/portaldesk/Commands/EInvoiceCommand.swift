import ArgumentParser
import Domain
import Foundation
import Services

struct EInvoiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "einvoice", abstract: "E-invoices: checked, registered once, kept with their evidence.",
        subcommands: [
            Check.self, Generate.self, Get.self, Cancel.self, Qr.self, EInvoiceVerify.self, User.self,
        ])

    /// An invoice is two megabytes at the most.
    static func bytes(_ file: String) throws(Complaint) -> [UInt8] {
        try InputFile.requireReadable(file)
        guard let data = FileManager.default.contents(atPath: file) else { throw Complaint.unreadable(file, EIO) }
        return [UInt8](data)
    }

    struct Check: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Tell everything that the portal would refuse in an invoice. Sends nothing.")
        @Argument(help: "The invoice, INV-01 as JSON.") var file: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let severity, path, rule: String
            @OrNull var code: String?
            let problem, remedy: String
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let findings = workspace.eInvoices.findings(try EInvoiceCommand.bytes(file))
            let rows = findings.map {
                Row(
                    severity: $0.severity.rawValue, path: $0.path, rule: $0.rule, code: $0.code, problem: $0.problem,
                    remedy: $0.remedy)
            }
            try Rows(json: output.json).print(rows, header: ["GRADE", "FIELD", "CODE", "WHAT IS WRONG", "WHAT TO DO"]) {
                [$0.severity, $0.path, $0.code ?? "", $0.problem, $0.remedy]
            }
            let errors = findings.count { $0.severity == .error }
            Messages.line(
                errors == 0
                    ? "\(file): nothing that the portal would refuse" : "\(file): \(Counted.text(errors, "mistake"))")
            return errors == 0 ? .done : .badData
        }
    }

    struct Generate: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Register an invoice: its IRN, once. Asked for again, it gives the same operation.")
        @Argument(help: "The invoice, INV-01 as JSON.") var file: String
        @Option(name: .long, help: "Through this provider.") var provider: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let bytes = try EInvoiceCommand.bytes(file)
            let workspace = try await place.enter(surroundings, opensVault: true)
            let asked = try await workspace.eInvoices.generate(bytes, provider: provider)
            let operation = try await workspace.operations.wait(for: asked.id)
            try OperationRow.print([operation], workspace, output)
            return try OperationRow.status(operation)
        }
    }

    struct User: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The API user of each GSTIN at an authority, made there under API registration.",
            subcommands: [Set.self, List.self, Remove.self])

        struct Set: Performable {
            static let configuration = CommandConfiguration(
                abstract: "Keep an API user; the password is sealed in the vault.")
            @Option(name: .long, help: "The GSTIN.") var gstin: String
            @Option(name: .long, help: "At this provider.") var provider: String
            @Option(name: .long, help: "Its user name.") var username: String
            @Option(name: .long, help: "File with the password, - for standard input; else a prompt.")
            var passwordFile: String?
            @OptionGroup var place: HomeOption

            func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
                let who = try Identity.gstin(gstin)
                let workspace = try await place.enter(surroundings)
                let password = try SecretInput.read(
                    file: passwordFile, "a password", option: "--password-file", prompt: "Password: ")
                try await workspace.apiUsers.set(who, provider: provider, name: username, password: password)
                Messages.line("The API user of \(who) at \(provider) is kept.")
                return .done
            }
        }

        struct List: Performable {
            static let configuration = CommandConfiguration(abstract: "The API users that are kept.")
            @OptionGroup var place: HomeOption
            @OptionGroup var output: JsonFlag

            private struct Row: Encodable {
                let gstin, provider, username, changed_at: String
                @OrNull var refusal: String?
            }

            func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
                let workspace = try await place.enter(surroundings)
                let rows = try await workspace.apiUsers.list().map {
                    Row(
                        gstin: $0.gstin.text, provider: $0.provider, username: $0.name,
                        changed_at: TimeText.rfc3339($0.changedAt), refusal: $0.refusal)
                }
                try Rows(json: output.json).print(
                    rows, header: ["GSTIN", "PROVIDER", "USER NAME", "CHANGED", "REFUSED"]
                ) {
                    [$0.gstin, $0.provider, $0.username, $0.changed_at, $0.refusal ?? ""]
                }
                return .done
            }
        }

        struct Remove: Performable {
            static let configuration = CommandConfiguration(abstract: "Forget an API user and its password.")
            @Option(name: .long, help: "The GSTIN.") var gstin: String
            @Option(name: .long, help: "At this provider.") var provider: String
            @OptionGroup var place: HomeOption

            func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
                let who = try Identity.gstin(gstin)
                let workspace = try await place.enter(surroundings)
                try await workspace.apiUsers.remove(who, provider: provider)
                Messages.line("The API user of \(who) at \(provider) is forgotten.")
                return .done
            }
        }
    }
}
