import ArgumentParser
import Domain
import Services

/// `ewaybill template`.
struct EWayBillTemplate: Performable {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "A bill of today as `ewaybill generate` takes it, to be filled in.",
        discussion: """
            Its names are those of the e-way bill system's API. GSTINs, names and goods in it are made up: replace \
            userGstin, fromGstin and toGstin, or name the first two with --gstin.
            """)
    @Option(name: .long, help: "Whose bill it is: userGstin and fromGstin.") var gstin: String?
    @OptionGroup var place: HomeOption

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let who = try gstin.map { text throws(Complaint) in try Identity.gstin(text) }
        try Rows.text(SampleBill(gstin: who, day: LegalDate.inIndia(surroundings.clock())).text)
        return .done
    }
}
