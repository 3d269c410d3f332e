import ArgumentParser
import Domain
import Services

/// `ewaybill get`.
struct EWayBillGet: Performable {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Ask the e-way bill system how a bill stands, whoever made it or changed it.",
        discussion: """
            The system shows a bill to its parties and its transporter. What it tells is kept as evidence, and counts from \
            then on: vehicles, extensions, cancellations and rejections that others entered. A transporter asks for a bill \
            of others before its vehicle is entered or its validity extended from here.
            """)
    @Argument(help: "The bill's 12 digits.") var number: String
    @Option(name: .long, help: "Who asks: a party of the bill or its transporter.") var gstin: String?
    @Option(name: .long, help: "Ask through this provider.") var provider: String?
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    private struct Vehicle: Encodable {
        @OrNull var number: String?
        @OrNull var from_place: String?
        @OrNull var entered_at: String?
        @OrNull var consolidated: String?
    }

    private struct Row: Encodable {
        let number, state, gstin, provider, read_at: String
        @OrNull var made_at: String?
        @OrNull var valid_until: String?
        @OrNull var made_by: String?
        @OrNull var document: String?
        @OrNull var document_date: String?
        @OrNull var from_gstin: String?
        @OrNull var to_gstin: String?
        @OrNull var transporter: String?
        @OrNull var distance: Int?
        @OrNull var total: String?
        let extensions: Int
        let vehicles: [Vehicle]

        init(_ bill: ReadBill, _ standing: EWayBillStanding) {
            (number, state, gstin) = (bill.number, standing.rawValue, bill.gstin.text)
            (provider, read_at) = (bill.provider, TimeText.rfc3339(bill.readAt))
            extensions = bill.extensions
            vehicles = bill.vehicles.map { row in
                var vehicle = Vehicle()
                vehicle.number = row.number
                vehicle.from_place = row.fromPlace
                vehicle.entered_at = row.enteredAt.map(TimeText.rfc3339)
                vehicle.consolidated = row.consolidated
                return vehicle
            }
            made_at = bill.madeAt.map(TimeText.rfc3339)
            valid_until = bill.validUntil.map(TimeText.rfc3339)
            (made_by, document) = (bill.madeBy, bill.document)
            document_date = bill.documentDate?.description
            (from_gstin, to_gstin) = (bill.fromGstin, bill.toGstin)
            (transporter, distance) = (bill.transporter, bill.distance)
            total = bill.total?.decimalText
        }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let asker = try gstin.map { text throws(Complaint) in try Identity.gstin(text) }
        let workspace = try await place.enter(surroundings, opensVault: true)
        let bill = try await workspace.eWayBills.ask(number, gstin: asker, provider: provider)
        let standing = bill.standing(at: workspace.now, soon: workspace.eWayBills.soon)
        try Rows(json: output.json).print(
            [Row(bill, standing)],
            header: ["NUMBER", "STATE", "VALID UNTIL", "VEHICLE", "TRANSPORTER", "DOCUMENT", "FROM", "TO"]
        ) { row in
            [
                row.number, standing.title, workspace.shown(bill.validUntil), row.vehicles.first?.number ?? "",
                row.transporter ?? "", row.document ?? "", row.from_gstin ?? "", row.to_gstin ?? "",
            ]
        }
        if !output.json {
            for vehicle in bill.vehicles.dropFirst() {
                Messages.line(
                    "before: \(vehicle.number ?? "no vehicle"), entered "
                        + workspace.shown(vehicle.enteredAt))
            }
            Messages.line("As \(bill.provider) shows it now to \(bill.gstin).")
        }
        return .done
    }
}
