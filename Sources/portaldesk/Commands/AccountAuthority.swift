import ArgumentParser
import Domain
import Services

extension AccountCommand {
    struct Authority: Performable {
        static let configuration = CommandConfiguration(
            abstract: "The taxpayer's written authority to enter the portal in their name.",
            discussion: """
                Providers of the kinds efiling and traces enter a portal as its own web pages do. They are used only for
                taxpayers whose written authority is recorded here. Without an option, says what is recorded.
                """)
        @OptionGroup var who: IdentityOptions
        @Option(name: .long, help: "The day of the paper, YYYY-MM-DD.") var givenOn: String?
        @Option(name: .long, help: "Where the paper lies.") var note = ""
        @Flag(name: .long, help: "It was withdrawn.") var withdraw = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let portal, identity: String
            let needed: Bool
            @OrNull var given_on: String?
            @OrNull var note: String?
            @OrNull var recorded_by: String?
            @OrNull var recorded_at: String?
        }

        func validate() throws {
            if withdraw, givenOn != nil { throw ValidationError("Give --given-on or --withdraw, not both.") }
            if !note.isEmpty, givenOn == nil { throw ValidationError("--note needs --given-on.") }
            if let givenOn, LegalDate(givenOn) == nil {
                throw ValidationError("\(HarmlessText.line(givenOn, limit: 40)) is no day such as 2026-04-01.")
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try who.resolved()
            let workspace = try await place.enter(surroundings)
            if let day = givenOn.flatMap({ LegalDate($0) }) {
                try await workspace.authorities.record(identity, givenOn: day, note: note)
            } else if withdraw {
                try await workspace.authorities.withdraw(identity)
            }
            let standing = try await workspace.authorities.standing(of: identity)
            let authority = standing.authority
            let row = Row(
                portal: identity.portal.rawValue, identity: identity.text, needed: standing.isNeeded,
                given_on: authority?.givenOn.description, note: authority?.note, recorded_by: authority?.recordedBy,
                recorded_at: authority.map { TimeText.rfc3339($0.recordedAt) })
            try Rows(json: output.json).print(
                [row], header: ["PORTAL", "IDENTITY", "NEEDED", "GIVEN ON", "NOTE", "RECORDED BY"]
            ) {
                [
                    Portal(rawValue: $0.portal)?.shortName ?? $0.portal, $0.identity, $0.needed ? "yes" : "no",
                    $0.given_on ?? "none", $0.note ?? "",
                    $0.recorded_by ?? "",
                ]
            }
            return .done
        }
    }
}
