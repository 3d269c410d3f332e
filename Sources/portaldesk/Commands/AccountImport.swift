import ArgumentParser
import Domain
import Services

extension AccountCommand {
    struct Import: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Store the logins of a CSV file; nothing is verified.",
            discussion: """
                A row seen before changes nothing. Rows that cannot serve are refused with their line; good rows are \
                kept. Verify with `account verify`. Keep the file closed to others, and delete it afterwards.
                """)
        @Argument(help: "CSV with a header row: portal,identity,username,password") var file: String
        @Flag(name: .long, help: "Check everything, keep nothing.") var dryRun = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let rows, stored, unchanged, refused: Int
            let dry_run: Bool
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            if LoginFile.isOpenToOthers(file) {
                Messages.line("\(file) holds passwords and others can read it; close it with: chmod 600 \(file)")
            }
            let summary = try await workspace.credentials.importSheet(
                file: file, dryRun: dryRun, takesHanded: true
            ) { done, total in Messages.progress("importing", done, of: total) }
            for refusal in summary.refusals { Messages.line("\(file):\(refusal.line): \(refusal.reason)") }
            let refused = summary.refusals.count
            try Rows(json: output.json).printObject(
                Row(
                    rows: summary.rows, stored: summary.extended, unchanged: summary.unchanged, refused: refused,
                    dry_run: dryRun))
            Messages.line(
                "\(dryRun ? "Dry run, nothing kept: " : "")\(Counted.text(summary.rows, "row")), \(summary.extended) stored, \(summary.unchanged) unchanged, \(refused) refused."
            )
            return summary.refusals.isEmpty ? .done : .badData
        }
    }
}
