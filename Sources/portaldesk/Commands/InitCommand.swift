import ArgumentParser
import Domain
import Foundation
import Services

struct InitCommand: Performable {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a new workspace with its first admin.")
    @Option(name: .long, help: "Name of the first admin.") var user: String
    @Option(name: .long, help: "The admin's e-mail address.") var email: String
    @Option(name: .long, help: "File with the admin's password, - for standard input; else a prompt.") var passwordFile:
        String?
    @Option(name: .long, help: "A provider file to copy in; may be given several times.") var provider: [String] = []
    @Option(name: .long, help: "Where to write the recovery code (mode 0600) instead of printing it.") var recoveryFile:
        String?
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    private struct Row: Encodable { let home, user: String }

    /// Provider files to copy in.
    ///
    /// - Throws: a `Complaint` (78) that names every mistake in one of them.
    static func files(_ paths: [String]) throws(Complaint) -> [(name: String, text: String)] {
        var files: [(name: String, text: String)] = []
        for path in paths {
            do throws(ConfigurationProblems) {
                _ = try ProviderCatalog.read(path)
            } catch {
                throw Complaint(error)
            }
            files += try ProviderService.files(path)
        }
        return files
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let home = place.resolved(surroundings)
        if home.exists {
            throw Complaint(
                "there is a workspace at \(home.path) already", remedy: "Open it, or name another --home",
                status: .badData)
        }
        let files = try Self.files(provider)
        let password = try SecretInput.read(file: passwordFile, prompt: "Password for \(user): ")
        let setup = SetupService(home: home, surroundings: surroundings)
        if let recoveryFile { try RecoveryText.requireFree(recoveryFile) }
        let created = try await setup.create(.init(name: user, email: email, password: password), providers: files)
        let auditKey = try await created.workspace.trail.keys().last
        let before = created.workspace.trail.before
        created.workspace.close()
        try RecoveryText.hand(over: created.recoveryCode, to: recoveryFile)
        for warning in ProviderCatalog.load(folder: home.providers).files.flatMap(\.warnings) {
            Messages.line("! \(warning)")
        }
        for words in before { Messages.line("! \(words)") }
        if let auditKey {
            Messages.line("Key of the audit trail, for whoever verifies it; keep a copy elsewhere: \(auditKey)")
        }
        Messages.line(
            "Workspace ready at \(home.path), and \(user) is logged in. Next: `portaldesk business import FILE.csv`, then `portaldesk`."
        )
        try Rows(json: output.json).printObject(Row(home: home.path, user: user))
        return .done
    }
}
