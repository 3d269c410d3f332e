import ArgumentParser
import Domain
import Services

/// `--gstin G --text T` and pages: what every list of what was asked of authorities takes.
struct DocumentListOptions: ParsableArguments {
    @Option(name: .long, help: "Of one GSTIN.") var gstin: String?
    @Option(name: .long, help: "Part of number, party, reference or, of a bill, vehicle.") var text: String?
    @OptionGroup var paging: PageOptions
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    /// The workspace, and the client that was asked for.
    func enter(_ surroundings: Surroundings) async throws(Complaint) -> (Workspace, Gstin?) {
        let workspace = try await place.enter(surroundings)
        try paging.check()
        return (workspace, try gstin.map { text throws(Complaint) in try Identity.gstin(text) })
    }
}
