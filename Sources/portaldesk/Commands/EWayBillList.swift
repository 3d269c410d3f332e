import ArgumentParser
import Domain
import Services

/// `ewaybill list`.
struct EWayBillList: Performable {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The bills that the desk knows: where each stands, and until when it holds.")
    @Option(
        name: .long,
        help: "in_work, in_doubt, attention, part_a, valid, expiring, expired, cancelled, refused; several times.")
    var state: [EWayBillStanding] = []
    @Option(name: .long, help: "Only bills that hold and end within so many hours, the first to end first.")
    var expiring: Int?
    @OptionGroup var wanted: DocumentListOptions

    private struct Row: Encodable {
        let state, gstin, title: String
        @OrNull var number: String?
        @OrNull var vehicle: String?
        @OrNull var transporter: String?
        @OrNull var made_at: String?
        @OrNull var valid_until: String?
        @OrNull var consolidated: String?
        let operation, message: String

        init(_ bill: StandingBill, _ query: EWayBillQuery) {
            state = bill.standing(at: query.now, soon: query.soon).rawValue
            gstin = bill.operation.gstin.text
            title = bill.operation.title
            number = bill.number
            vehicle = bill.vehicle.isEmpty ? nil : bill.vehicle
            transporter = bill.transporter.isEmpty ? nil : bill.transporter
            made_at = bill.madeAt.map(TimeText.rfc3339)
            valid_until = bill.validUntil.map(TimeText.rfc3339)
            consolidated = bill.consolidated.filled
            operation = bill.governing.id.text
            message = bill.governing.message
        }
    }

    private struct Line: Encodable {
        let bill: StandingBill
        let query: EWayBillQuery
        func encode(to encoder: any Encoder) throws { try Row(bill, query).encode(to: encoder) }

        func cells(_ workspace: Workspace) -> [String] {
            [
                bill.number ?? "", bill.standing(at: query.now, soon: query.soon).title,
                workspace.shown(bill.validUntil), bill.vehicle, bill.operation.gstin.text, bill.operation.title,
                bill.governing.message, bill.consolidated,
            ]
        }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        if let expiring, !(1...100_000).contains(expiring) {
            throw Complaint("--expiring must be a number of hours", status: .usage)
        }
        let (workspace, who) = try await wanted.enter(surroundings)
        let paging = wanted.paging
        var query = EWayBillQuery(
            standings: Set(state), gstin: who, text: wanted.text, now: workspace.now, soon: workspace.eWayBills.soon,
            page: paging.page, perPage: paging.perPage)
        if let expiring {
            (query.endsAfter, query.endsBy) = (query.now, query.now + .seconds(3_600 * expiring))
            query.order = .end
        }
        let page = try await workspace.eWayBills.page(query)
        try paging.print(
            page.rows, of: page.pageCount, total: page.total, damaged: page.damaged, wanted.output,
            header: ["NUMBER", "STATE", "VALID UNTIL", "VEHICLE", "GSTIN", "DOCUMENT", "MESSAGE", "CONSOLIDATED"],
            as: { Line(bill: $0, query: query) }
        ) { $0.cells(workspace) }
        return .done
    }
}

extension EWayBillStanding: ExpressibleByArgument {}
