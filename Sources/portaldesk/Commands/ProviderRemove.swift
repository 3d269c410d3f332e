import ArgumentParser
import Domain
import Services

extension ProviderCommand {
    struct Remove: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Remove a provider with its file and its secrets.",
            discussion: "Refused while logins, API users or open operations depend on it. What it delivered stays.")
        @Argument(help: "The provider.") var name: String
        @Flag(name: .long, help: "Do not ask.") var yes = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let name: String
            let files: [String]
            let secrets: Int
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let removal = try await workspace.providerService.removal(of: name)
            let what = removal.files.isEmpty ? "what was counted of it" : removal.files.joined(separator: ", ")
            let all = "\(what) and \(Counted.text(removal.secrets, "secret"))"
            let isWanted =
                yes ? true : try Confirmation.isGiven("Remove the provider \(name): \(all)?", option: "--yes")
            guard isWanted else {
                Messages.line("Nothing was removed.")
                return .refused
            }
            let removed = try await workspace.providerService.remove(name)
            if output.json {
                try Rows(json: true).printObject(
                    Row(name: removed.name, files: removed.files, secrets: removed.secrets))
            } else {
                Messages.line("The provider \(name) is removed: \(all).")
            }
            return .done
        }
    }
}

/// A question that is answered at the terminal, before something goes that does not come back.
enum Confirmation {
    /// - Parameter option: what answers it without anybody.
    /// - Throws: a `Complaint` (64) where nobody can be asked.
    static func isGiven(_ question: String, option: String) throws(Complaint) -> Bool {
        guard SecretInput.canAsk else {
            throw Complaint(
                "nobody can be asked", why: HarmlessText.line(question, limit: 300), remedy: "Give \(option)",
                status: .usage)
        }
        Messages.put("\(HarmlessText.line(question, limit: 300)) [y/N] ")
        let answer = readLine()?.lowercased() ?? ""
        return answer == "y" || answer == "yes"
    }
}
