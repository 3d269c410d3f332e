import ArgumentParser
import Domain
import Services

extension AccountCommand {
    struct History: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Who changed a login, what the portal said of it, who saw its password.")
        @OptionGroup var who: IdentityOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let at, who, what: String
            let local: String

            private enum CodingKeys: String, CodingKey { case at, who, what }

            init(_ happening: Happening, _ offset: Int) {
                at = TimeText.rfc3339(happening.at)
                local = TimeText.full(happening.at, offset: offset)
                who = happening.who
                what = happening.what
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try who.resolved()
            let workspace = try await place.enter(surroundings)
            let found = try await workspace.credentials.history(identity)
            let offset = workspace.utcOffset(at: workspace.now)
            try Rows(json: output.json).print(
                found.map { Row($0, offset) }, header: ["AT", "WHO", "WHAT"]
            ) { [$0.local, $0.who, $0.what] }
            return .done
        }
    }

    struct Undo: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Put back the user name that the last change of a login replaced; never a password.")
        @OptionGroup var who: IdentityOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try who.resolved()
            let workspace = try await place.enter(surroundings)
            let name = try await workspace.credentials.undoUsername(identity)
            Messages.line("The user name of \(identity) is \(HarmlessText.line(name, limit: 200)) again; verify it.")
            try await AccountLine.print(identity, workspace, output)
            return .done
        }
    }
}
