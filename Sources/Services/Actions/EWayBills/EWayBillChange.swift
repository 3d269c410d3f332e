import Domain
import Store
import Wire

/// What can be asked of a bill that stands.
public enum EWayBillChange: Sendable, Hashable {
    case vehicle(VehicleUpdate)
    case extend(EWayBillExtension)
    case transporter(TransporterUpdate)
    case cancel(EWayBillCancellation)

    public var kind: OperationKind {
        switch self {
        case .vehicle: .ewaybillVehicle
        case .extend: .ewaybillExtend
        case .transporter: .ewaybillTransporter
        case .cancel: .ewaybillCancel
        }
    }

    var number: Int? {
        switch self {
        case .vehicle(let request): request.number
        case .extend(let request): request.number
        case .transporter(let request): request.number
        case .cancel(let request): request.number
        }
    }

    var payload: [UInt8] {
        switch self {
        case .vehicle(let request): EWayBillJSON.write(request)
        case .extend(let request): EWayBillJSON.write(request)
        case .transporter(let request): EWayBillJSON.write(request)
        case .cancel(let request): EWayBillJSON.write(request)
        }
    }

    /// What it changes, in the titles of operations.
    var words: String {
        switch self {
        case .vehicle(let request):
            "vehicle \(request.transport.vehicleNumber ?? request.transport.documentNumber ?? "")"
        case .extend(let request): "\(request.transport.distance ?? 0) km to go"
        case .transporter(let request): "transporter \(request.transporterId ?? "")"
        case .cancel(let request):
            request.reason.flatMap(EWayBillCancelReason.init)?.words ?? "reason \(request.reason ?? "")"
        }
    }

    func findings(distance: Int?, on day: LegalDate) -> [Finding] {
        switch self {
        case .vehicle(let request): EWayBillRules.check(request, on: day)
        case .extend(let request): EWayBillRules.check(request, distance: distance, on: day)
        case .transporter(let request): EWayBillRules.check(request)
        case .cancel(let request): EWayBillRules.check(request)
        }
    }
}

extension EWayBillService {
    /// Queues a change. The same asked for twice in a row is one operation; the same again after something else was done is
    /// another one, as is an extension once the last one is confirmed and the end that it gave comes near.
    ///
    /// - Parameter gstin: whose user asks for it; nil for who made the bill, or whom the system showed it to.
    /// - Throws: a `Complaint`: 65 when the system would refuse it, or for a bill of others that nobody has asked the system
    ///   for.
    public func submit(
        _ change: EWayBillChange, gstin: Gstin? = nil, provider: String? = nil
    ) async throws(Complaint) -> PortalOperation {
        try await workspace.operations.submit(try await request(change, gstin, provider).request)
    }

    /// What a change would send, for a person to confirm.
    ///
    /// - Throws: as `submit`, and 65 when it was asked for already.
    public func plan(
        _ change: EWayBillChange, gstin: Gstin? = nil, provider: String? = nil
    ) async throws(Complaint) -> ActionPlan {
        let (request, bill) = try await request(change, gstin, provider)
        var plan = try await workspace.operations.plan(request)
        (plan.documents, plan.total, plan.reference) = ([bill.title], bill.total, bill.number)
        return plan
    }

    private func request(
        _ change: EWayBillChange, _ gstin: Gstin?, _ provider: String?
    ) async throws(Complaint) -> (request: OperationService.Request, bill: ChangedBill) {
        let (now, payload) = (workspace.now, change.payload)
        try Self.refuse(change.findings(distance: nil, on: LegalDate.inIndia(now)))
        let bill = try await atHand(change.number.map(String.init) ?? "", gstin)
        try Self.refuse(change.findings(distance: bill.distance, on: LegalDate.inIndia(now)))
        try Self.refuse(change, of: bill, at: now, workspace.moment)
        let prefix = Self.changeKey(bill.number, change.kind)
        let done = try await filed(prefix, change.kind)
        let isSame = try await isLast(change, of: bill, done.first, at: now)
        let count = isSame ? done.count : done.count + 1
        var request = OperationService.Request(
            kind: change.kind, gstin: bill.gstin, businessKey: "\(prefix)\(count)",
            provider: try through(bill, provider), payload: payload,
            title: "EWB \(bill.number) · \(change.words)", total: nil)
        if case .extend = change {
            request.before = bill.validUntil.map { BillEnd(validUntil: $0, extensions: bill.extensions) }
        }
        return (request, bill)
    }

    /// The provider that made the bill, for whoever made it; a transporter's own otherwise.
    private func through(_ bill: ChangedBill, _ provider: String?) throws(Complaint) -> String {
        guard let kept = bill.kept, kept.gstin == bill.gstin else {
            return try chosen(provider, .ewaybillVehicle, bill.gstin)
        }
        return try workspace.maker(of: kept, named: provider)
    }

    /// Whether the last confirmed action of its kind is what is asked for, so that it is not done again.
    ///
    /// An extension moves the end by a day at least, and the window of the new end opens when that of the old one is long
    /// closed: whoever asks within it means another one, whatever the kilometres and the vehicle are.
    private func isLast(
        _ change: EWayBillChange, of bill: ChangedBill, _ last: PortalOperation?, at now: Instant
    ) async throws(Complaint) -> Bool {
        guard let last, last.fingerprint == OperationService.fingerprint(change.kind, change.payload) else {
            return false
        }
        guard case .extend = change else { return true }
        let result = try await workspace.read { try $0.payload(of: last.id)?.result }
        // An end that nobody told has not moved, as far as is known here.
        guard let told = result.flatMap({ try? EwbChange($0) })?.validUntil, told == bill.validUntil else {
            return true
        }
        return !EWayBillValidity.extensionWindow(told).contains(now)
    }

    private static func refuse(
        _ change: EWayBillChange, of bill: ChangedBill, at now: Instant, _ moment: (Instant) -> String
    ) throws(Complaint) {
        if bill.isCancelled {
            if case .cancel = change { return }
            throw Complaint(
                "bill \(bill.number) cannot be changed", why: "it is cancelled", remedy: "Make a new one",
                status: .badData)
        }
        if bill.isRejected {
            throw Complaint(
                "bill \(bill.number) cannot be changed", why: "the other party rejected it", remedy: "Make a new one",
                status: .badData)
        }
        switch change {
        case .extend:
            guard let end = bill.validUntil else {
                throw Complaint(
                    "bill \(bill.number) cannot be extended", why: "no end of it is known here",
                    remedy:
                        "Enter its vehicle, or if somebody else did, ask the system first: `portaldesk ewaybill get "
                        + "\(bill.number)`",
                    status: .badData)
            }
            let window = EWayBillValidity.extensionWindow(end)
            guard !window.contains(now) else { return }
            throw Complaint(
                "bill \(bill.number) cannot be extended now",
                why: "it ends \(moment(end)); the system takes it from \(moment(window.lowerBound)) to "
                    + "\(moment(window.upperBound))",
                status: .badData)
        case .cancel:
            guard let made = bill.madeAt, now > EWayBillValidity.cancelUntil(generated: made)
            else { return }
            throw Complaint(
                "bill \(bill.number) cannot be cancelled", why: "24 hours since it was made are over", status: .badData)
        case .vehicle, .transporter: return
        }
    }
}
