import Domain
import Store
import Wire

/// A bill that somebody wants to change: one that was made from here, or one of others that the system has shown to us, as
/// to its transporter.
struct ChangedBill {
    /// nil for a bill of others.
    var kept: KeptBill?
    /// 12 digits.
    var number: String
    /// Whose user asks for the change.
    var gstin: Gstin
    var title: String
    var total: Rupees?
    var madeAt: Instant?
    var validUntil: Instant?
    /// As far as they are known.
    var extensions: Int
    /// Kilometres of the whole way.
    var distance: Int?
    var isCancelled: Bool
    var isRejected: Bool
}

extension EWayBillService {
    /// - Throws: a `Complaint`: 65 for what is no bill's number, or a bill of others that nobody asked the system for.
    func atHand(_ text: String, _ gstin: Gstin?) async throws(Complaint) -> ChangedBill {
        let number = try Self.number(text)
        if let bill = try await known(number) {
            return ChangedBill(
                kept: bill, number: bill.number, gstin: gstin ?? bill.gstin, title: bill.made.title,
                total: bill.made.total, madeAt: bill.madeAt, validUntil: bill.validUntil, extensions: bill.extensions,
                distance: bill.distance, isCancelled: bill.isCancelled, isRejected: bill.isRejected)
        }
        guard let shown = try await read(text) else {
            throw Complaint(
                "no e-way bill \(number) is kept", why: "it was not made from here",
                remedy: "Ask the system first: `portaldesk ewaybill get \(number)`", status: .badData)
        }
        let (end, extensions) = try await standing(of: shown)
        return ChangedBill(
            kept: nil, number: shown.number, gstin: gstin ?? shown.gstin,
            title: HarmlessText.line("\(shown.document ?? "bill") of \(shown.fromGstin ?? "others")", limit: 120),
            total: shown.total, madeAt: shown.madeAt, validUntil: end, extensions: extensions,
            distance: shown.distance, isCancelled: shown.isCancelled, isRejected: shown.isRejected)
    }

    /// As the system told it last: when it was asked, or in answer to a change from here since.
    private func standing(of shown: ReadBill) async throws(Complaint) -> (end: Instant?, extensions: Int) {
        try await workspace.read { reader in
            let since = try reader.changes(ofBill: shown.number).rows.filter {
                $0.state == .filed && $0.updatedAt >= shown.readAt
            }
            let extensions = shown.extensions + since.count { $0.kind == .ewaybillExtend }
            for change in since {
                guard let bytes = try reader.payload(of: change.id)?.result, let told = try? EwbChange(bytes) else {
                    continue
                }
                if let end = told.validUntil { return (end, extensions) }
            }
            return (shown.validUntil, extensions)
        }
    }
}
