import ArgumentParser
import Domain
import Secrets
import Services

/// A command that changes somebody and prints them as they stand then.
private protocol PersonChange: Performable {
    var name: String { get }
    var place: HomeOption { get }
    var output: JsonFlag { get }
    /// Whether the change touches the vault's keys.
    var opensVault: Bool { get }

    func change(_ people: PeopleService) async throws(Complaint)
}

extension PersonChange {
    var opensVault: Bool { true }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings, opensVault: opensVault)
        try await change(workspace.people)
        return try await PersonLine.print(name, workspace, output)
    }
}

struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "The people of the workspace and what they may.",
        subcommands: [
            Add.self, List.self, ChangeRole.self, Disable.self, Enable.self, Password.self, Email.self, Grant.self,
            Revoke.self,
        ])

    struct Add: Performable {
        static let configuration = CommandConfiguration(abstract: "Add a user with a first password.")
        @Argument(help: "The user's name.") var name: String
        @Option(name: .long, help: "The address that codes are sent to.") var email: String
        @Option(name: .long, help: "operator, support or admin.") var role: Role
        @Option(name: .long, help: "File with the first password, - for standard input; else a prompt.")
        var passwordFile: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            let password = try SecretInput.read(file: passwordFile, prompt: "First password for \(name): ")
            try await workspace.people.add(.init(name: name, email: email, role: role, password: password))
            return try await PersonLine.print(name, workspace, output)
        }
    }

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "Everybody, with role and grants.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            try PersonLine.print(try await workspace.people.people(), output)
            return .done
        }
    }

    struct ChangeRole: PersonChange {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Change somebody's role; sessions end and grants of the former role go.")
        @Argument(help: "The user's name.") var name: String
        @Argument(help: "operator, support or admin.") var role: Role
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func change(_ people: PeopleService) async throws(Complaint) { try await people.setRole(name, role) }
    }

    struct Disable: PersonChange {
        static let configuration = CommandConfiguration(
            abstract: "Keep somebody out: sessions end, and the vault gets a key that they never had.")
        @Argument(help: "The user's name.") var name: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func change(_ people: PeopleService) async throws(Complaint) { try await people.disable(name) }
    }

    struct Enable: PersonChange {
        static let configuration = CommandConfiguration(
            abstract: "Let somebody in again, also after too many wrong passwords or codes.")
        @Argument(help: "The user's name.") var name: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func change(_ people: PeopleService) async throws(Complaint) { try await people.enable(name) }
    }

    struct Email: PersonChange {
        static let configuration = CommandConfiguration(
            abstract: "Change the address that codes are sent to; that user's reveals rest for a day.")
        @Argument(help: "The user's name.") var name: String
        @Argument(help: "The new address.") var email: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        var opensVault: Bool { false }

        func change(_ people: PeopleService) async throws(Complaint) { try await people.setEmail(of: name, email) }
    }
}

extension UserCommand {
    struct Password: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Change your password, or as an admin set somebody's.",
            discussion: "Somebody else's new password comes with a new key of that user; other sessions end.")
        @Argument(help: "The user's name.") var name: String
        @Option(name: .long, help: "File with the new password, - for standard input; else a prompt.")
        var passwordFile: String?
        @Option(name: .long, help: "File with your present password; else a prompt. An admin may leave it out.")
        var currentPasswordFile: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            let me = try await workspace.login.whoami()?.person
            var current: SecretBytes?
            if currentPasswordFile != nil || me?.name == name && SecretInput.canAsk {
                current = try SecretInput.read(file: currentPasswordFile, prompt: "Present password for \(name): ")
            }
            let password = try SecretInput.read(file: passwordFile, prompt: "New password for \(name): ")
            try await workspace.people.setPassword(of: name, password, current: current)
            Messages.line("The password of \(name) is changed.")
            return .done
        }
    }

    struct Grant: PersonChange {
        static let configuration = CommandConfiguration(abstract: "Grant an operator view, edit or reveal.")
        @Argument(help: "The user's name.") var name: String
        @Argument(help: "view, edit or reveal.") var grant: CredentialGrant
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func change(_ people: PeopleService) async throws(Complaint) { try await people.grant(name, grant) }
    }

    struct Revoke: PersonChange {
        static let configuration = CommandConfiguration(abstract: "Take a grant from an operator.")
        @Argument(help: "The user's name.") var name: String
        @Argument(help: "view, edit or reveal.") var grant: CredentialGrant
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func change(_ people: PeopleService) async throws(Complaint) { try await people.revoke(name, grant) }
    }
}

enum PersonLine {
    static func print(_ people: [Person], _ output: JsonFlag) throws(Complaint) {
        try Rows(json: output.json).print(
            people.map(PersonRow.init), header: ["NAME", "ROLE", "ENABLED", "GRANTS", "E-MAIL"]
        ) {
            [$0.name, $0.role, $0.enabled ? "yes" : "no", $0.grants.joined(separator: ","), $0.email]
        }
    }

    /// Somebody as they stand after a change.
    static func print(_ name: String, _ workspace: Workspace, _ output: JsonFlag) async throws(Complaint) -> ExitStatus
    {
        try print(try await workspace.people.people().filter { $0.name == name }, output)
        return .done
    }
}

extension Role: ExpressibleByArgument {}
extension CredentialGrant: ExpressibleByArgument {}
