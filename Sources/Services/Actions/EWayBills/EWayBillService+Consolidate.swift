import Domain
import Store
import Wire

extension EWayBillService {
    /// Queues a consolidated bill: several bills that go on in one vehicle. The same bills with the same vehicle twice in a
    /// row are one operation; once one of them has gone on otherwise, the same again is another one. Of bills that were
    /// not made here nobody knows how they went on: there the same is another one a day after it was confirmed.
    ///
    /// - Parameter gstin: who asks for it, for bills that were not made here; nil: who made them.
    /// - Throws: a `Complaint`: 65 when the system would refuse it, 64 when it is not clear who asks.
    public func consolidate(
        _ request: ConsolidatedEWayBill, gstin: Gstin? = nil, provider: String? = nil
    ) async throws(Complaint) -> PortalOperation {
        try await workspace.operations.submit(try await asked(request, gstin, provider))
    }

    /// What `consolidate` would send; nothing is written.
    public func plan(
        _ request: ConsolidatedEWayBill, gstin: Gstin? = nil, provider: String? = nil
    ) async throws(Complaint) -> ActionPlan {
        try await workspace.operations.plan(try await asked(request, gstin, provider))
    }

    private func asked(
        _ request: ConsolidatedEWayBill, _ gstin: Gstin?, _ provider: String?
    ) async throws(Complaint) -> OperationService.Request {
        var request = request
        // The set counts, not the order in which somebody wrote it.
        request.bills.sort { ($0.number ?? 0) < ($1.number ?? 0) }
        let now = workspace.now
        try Self.refuse(EWayBillRules.check(request, on: LegalDate.inIndia(now)))
        let numbers = request.bills.compactMap(\.number).compactMap { EWayBillNumber($0) }
        var bills: [KeptBill] = []
        for number in numbers { if let bill = try await known(number) { bills.append(bill) } }
        let asker = try Self.asker(of: bills, gstin)
        for bill in bills { try Self.refuse(bill, for: asker, at: now, workspace.moment) }
        let payload = EWayBillJSON.write(request)
        let set = ContentHash.sha256(Array(numbers.map(\.description).joined(separator: " ").utf8))
        let prefix = "ewb-trip/\(asker)/\(set.prefix(32))/"
        let done = try await filed(prefix, .ewaybillConsolidate)
        let isSame =
            done.first.map { last in
                last.fingerprint == OperationService.fingerprint(.ewaybillConsolidate, payload)
                    && Self.stands(last, for: bills, at: now)
            } ?? false
        let means = request.transport.vehicleNumber ?? request.transport.documentNumber ?? ""
        // Bills of others do not bind whoever carries them to their makers' providers. Several of one's own may have
        // several makers; then the usual provider is taken.
        let own = bills.filter { $0.gstin == asker }
        let makers = Set(try own.map { bill throws(Complaint) in try workspace.maker(of: bill, named: provider) })
        let maker = makers.count == 1 ? makers.first : provider
        let named = numbers.prefix(3).map(\.description).joined(separator: ", ") + (numbers.count > 3 ? ", …" : "")
        return OperationService.Request(
            kind: .ewaybillConsolidate, gstin: asker,
            businessKey: "\(prefix)\(isSame ? done.count : done.count + 1)",
            provider: try chosen(maker, .ewaybillConsolidate, asker), payload: payload,
            title: "\(Counted.text(numbers.count, "bill")) in \(means) · \(named)", total: nil)
    }

    private static let againAfter = Duration.seconds(86_400)

    /// Whether a confirmed consolidated bill is still how its bills go on, for all that is known here.
    private static func stands(_ last: PortalOperation, for bills: [KeptBill], at now: Instant) -> Bool {
        guard !bills.isEmpty else { return now.since(last.updatedAt) < againAfter }
        return bills.allSatisfy { $0.consolidated == last.reference }
    }

    private static func asker(of bills: [KeptBill], _ gstin: Gstin?) throws(Complaint) -> Gstin {
        if let gstin { return gstin }
        let makers = Set(bills.map(\.gstin))
        if let maker = makers.first, makers.count == 1 { return maker }
        throw Complaint(
            makers.isEmpty ? "none of these bills is kept here" : "these bills were made by several GSTINs",
            remedy: "Say with --gstin who makes the consolidated bill: maker or transporter of all of them",
            status: .usage)
    }

    /// What is known here of a bill that cannot go into a consolidated one.
    private static func refuse(
        _ bill: KeptBill, for asker: Gstin, at now: Instant, _ moment: (Instant) -> String
    ) throws(Complaint) {
        func refusal(_ why: String) -> Complaint {
            Complaint("bill \(bill.number) cannot be consolidated", why: why, status: .badData)
        }
        if bill.isCancelled { throw refusal("it is cancelled") }
        if bill.isRejected { throw refusal("the other party rejected it") }
        if let end = bill.validUntil, end < now {
            throw refusal("it ended \(moment(end)); extend it first")
        }
        guard bill.gstin == asker || bill.transporter == asker.text else {
            throw refusal("\(asker) has neither made it nor carries it")
        }
    }
}
