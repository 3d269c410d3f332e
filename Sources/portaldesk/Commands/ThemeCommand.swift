import ArgumentParser
import Desk
import Domain
import Foundation
import Services

struct ThemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme", abstract: "Colours.", subcommands: [List.self, Check.self])

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "The themes that can be chosen with [desk] theme.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let name: String
            /// Of its file; empty when it is in order.
            let finding: String
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let folders = ThemeFolders.all(surroundings)
            let rows = DeskThemes.names(in: folders).map {
                Row(name: $0, finding: DeskThemes.standing(of: $0, in: folders).summary)
            }
            try Rows(json: output.json).print(rows, header: ["NAME", "FINDING"]) { [$0.name, $0.finding] }
            return .done
        }
    }

    struct Check: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Check a theme file and name every mistake with its line.")
        @Argument(help: "The theme file.") var file: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try InputFile.requireReadable(file)
            let found = DeskThemes.check(file).map { CheckRow(file, .problem, $0) }
            return try CheckRow.print(found, of: file, fine: "fine.", json: output.json)
        }
    }
}

struct PathsCommand: Performable {
    static let configuration = CommandConfiguration(commandName: "paths", abstract: "Every place in use.")
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    private struct Row: Encodable { let name, path: String }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let home = place.resolved(surroundings)
        var rows = [
            Row(name: "home", path: home.path), Row(name: "database", path: home.database),
            Row(name: "config", path: home.configuration),
            Row(name: "providers", path: home.providers), Row(name: "documents", path: home.documents),
            Row(name: "log", path: home.logs),
            Row(name: "run", path: home.run), Row(name: "vault_key", path: home.vaultKey),
            Row(name: "sandbox", path: home.sandbox),
            Row(name: "mail", path: home.mail), Row(name: "support", path: home.support),
            Row(name: "program", path: surroundings.executable),
        ]
        rows += ThemeFolders.all(surroundings).map { Row(name: "themes", path: $0) }
        try Rows(json: output.json).print(rows, header: ["NAME", "PATH"]) { [$0.name, $0.path] }
        return .done
    }
}

struct DoctorCommand: Performable {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check the installation, the workspace and the providers.")
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    private struct Row: Encodable { let grade, subject, message: String }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let doctor = Doctor(home: place.resolved(surroundings), surroundings: surroundings) {
            DeskSettingsCheck.remarks($0, themeFolders: ThemeFolders.all(surroundings))
        }
        let findings = await doctor.examine()
        let rows = findings.map { Row(grade: $0.grade.rawValue, subject: $0.subject, message: $0.message) }
        try Rows(json: output.json).print(rows, header: ["GRADE", "SUBJECT", "FINDING"]) {
            [$0.grade, $0.subject, $0.message]
        }
        return findings.contains { $0.grade == .problem } ? .badConfiguration : .done
    }
}
