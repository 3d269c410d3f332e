import Domain
import Wire

extension BillFacts {
    /// What a confirmed action says of the bills that it is about.
    ///
    /// - Parameter result: nil when a person found it at the system: then only its number is known.
    static func all(_ kind: OperationKind, request: [UInt8], result: [UInt8]?, reference: String?) -> [BillFacts] {
        guard kind == .ewaybillConsolidate else {
            return BillFacts(kind, request: request, result: result, reference: reference).map { [$0] } ?? []
        }
        guard let asked = try? NicFields(request), let reference else { return [] }
        return asked.list("tripSheetEwbBills").compactMap { $0.text("ewbNo") }.map {
            BillFacts(number: $0, isMade: false, vehicle: asked.text("vehicleNo"), consolidated: reference)
        }
    }

    /// From what was asked and what was answered; nil for actions that are about no bill.
    private init?(_ kind: OperationKind, request: [UInt8], result: [UInt8]?, reference: String?) {
        let asked = try? NicFields(request)
        let vehicle = asked?.text("vehicleNo", "VehNo")
        let transporter = asked?.text("transporterId", "TransId")
        switch kind {
        case .ewaybillGenerate, .ewaybillByIrn:
            let made = result.flatMap { try? EwbResult($0) }
            guard let number = made?.number ?? reference else { return nil }
            self.init(
                number: number, isMade: true, madeAt: made?.madeAt, validUntil: made?.validUntil, vehicle: vehicle,
                transporter: transporter, distance: asked?.number("transDistance", "Distance"))
        case .einvoiceGenerate:
            // A bill may be made in the same call.
            guard let made = result.flatMap({ try? IrnResult($0) })?.eWayBill else { return nil }
            let details = asked?.fields("EwbDtls")
            self.init(
                number: made.number, isMade: true, madeAt: made.madeAt, validUntil: made.validUntil,
                vehicle: details?.text("VehNo"), transporter: details?.text("TransId"),
                distance: details?.number("Distance"))
        case .ewaybillVehicle, .ewaybillExtend, .ewaybillTransporter, .ewaybillCancel:
            let change = result.flatMap { try? EwbChange($0) }
            guard let number = asked?.text("ewbNo") ?? change?.number else { return nil }
            self.init(
                number: number, isMade: false, validUntil: change?.validUntil, vehicle: vehicle,
                transporter: transporter, isCancelled: kind == .ewaybillCancel,
                // Another vehicle is entered for this bill alone.
                consolidated: kind == .ewaybillVehicle || kind == .ewaybillExtend ? "" : nil)
        case .einvoiceCancel, .ewaybillConsolidate: return nil
        }
    }
}
