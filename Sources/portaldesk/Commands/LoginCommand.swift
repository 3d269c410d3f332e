import ArgumentParser
import Domain
import Services

struct LoginCommand: Performable {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Log in: one session per workspace and Unix user.",
        discussion: "It ends after 30 minutes without a command, after 12 hours, or with `logout`.")
    @Option(name: .long, help: "Your user name.") var user: String
    @Option(name: .long, help: "File with your password, - for standard input; else a prompt.") var passwordFile:
        String?
    @Option(name: .long, help: "Where to write a recovery code, should this login make one.") var recoveryFile: String?
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try place.open(surroundings)
        if let recoveryFile { try RecoveryText.requireFree(recoveryFile) }
        let password = try SecretInput.read(file: passwordFile, prompt: "Password for \(user): ")
        let outcome = try await workspace.login.login(user, password)
        if let code = outcome.recoveryCode { try RecoveryText.hand(over: code, to: recoveryFile) }
        Messages.line("Logged in as \(outcome.person.name) (\(outcome.person.role.rawValue)).")
        if let problem = await workspace.trailStanding().problem {
            Messages.line(
                "! The audit trail does not hold: \(problem). Nothing is sent; if another database is the true one, what "
                    + "you do in this one is lost when that comes back.")
        }
        try Rows(json: output.json).printObject(PersonRow(outcome.person))
        return .done
    }
}

struct LogoutCommand: Performable {
    static let configuration = CommandConfiguration(commandName: "logout", abstract: "End the session.")
    @OptionGroup var place: HomeOption

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let hadOne = try await place.open(surroundings).login.logout()
        Messages.line(hadOne ? "Logged out." : "Nobody was logged in.")
        return .done
    }
}

struct WhoamiCommand: Performable {
    static let configuration = CommandConfiguration(commandName: "whoami", abstract: "Who is logged in here.")
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    private struct Row: Encodable {
        let name, email, role: String
        let grants: [String]
        let session_ends_at: String
        let holds_vault_key: Bool
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings, opensVault: true)
        guard let found = try await workspace.login.whoami() else { throw Complaint.notLoggedIn }
        let (person, offset) = (found.person, workspace.utcOffset(at: found.endsAt))
        let row = Row(
            name: person.name, email: person.email, role: person.role.rawValue,
            grants: person.grants.map(\.rawValue).sorted(), session_ends_at: TimeText.rfc3339(found.endsAt),
            holds_vault_key: found.holdsKey)
        guard !output.json else {
            try Rows(json: true).printObject(row)
            return .done
        }
        let lines = Labelled.lines([
            ("User", person.name), ("Role", person.role.rawValue), ("E-mail", person.email),
            ("Grants", row.grants.joined(separator: ", ")),
            ("Vault", found.holdsKey ? "holds its key" : "holds no key"),
            ("Session", "until \(TimeText.full(found.endsAt, offset: offset)), or 30 minutes without a command"),
        ])
        try Rows.text(lines.joined(separator: "\n"))
        return .done
    }
}

struct PersonRow: Encodable {
    let name, email, role: String
    let enabled: Bool
    let grants: [String]

    init(_ person: Person) {
        name = person.name
        email = person.email
        role = person.role.rawValue
        enabled = person.isEnabled
        grants = person.grants.map(\.rawValue).sorted()
    }
}
