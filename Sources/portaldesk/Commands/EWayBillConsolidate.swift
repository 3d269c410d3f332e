import ArgumentParser
import Domain
import Services

/// `ewaybill consolidate`.
struct EWayBillConsolidate: BillAction {
    static let configuration = CommandConfiguration(
        commandName: "consolidate", abstract: "One consolidated bill for several bills that go on in one vehicle.",
        discussion: """
            The same bills with the same vehicle twice in a row are one action. When the answer is lost, the bills \
            themselves are read; where they do not show it, a person is asked.
            """)
    @Argument(help: "The bills' 12 digits.") var number: [Int]
    @OptionGroup var transport: TransportOptions
    @OptionGroup var from: FromOptions
    @Option(name: .long, help: "Who makes it, for bills that were not made here.") var gstin: String?
    @OptionGroup var options: BillActionOptions

    struct Asked: Sendable {
        var request: ConsolidatedEWayBill
        var asker: Gstin?
    }

    func asked() throws(Complaint) -> Asked {
        var request = ConsolidatedEWayBill()
        request.transport = try transport.details()
        guard request.transport.vehicleType == nil else {
            throw Complaint("--vehicle-type is not asked for here", why: "each bill has its own", status: .usage)
        }
        (request.fromPlace, request.fromState) = (from.fromPlace, from.fromState)
        request.bills = number.map { number in
            var entry = ConsolidatedEntry()
            entry.number = number
            return entry
        }
        let asker = try gstin.map { text throws(Complaint) in try Identity.gstin(text) }
        return Asked(request: request, asker: asker)
    }

    func submit(_ asked: Asked, _ bills: EWayBillService) async throws(Complaint) -> PortalOperation {
        try await bills.consolidate(asked.request, gstin: asked.asker, provider: options.provider)
    }

    func plan(_ asked: Asked, _ bills: EWayBillService) async throws(Complaint) -> ActionPlan {
        try await bills.plan(asked.request, gstin: asked.asker, provider: options.provider)
    }
}
