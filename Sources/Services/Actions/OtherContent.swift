import Domain

extension PortalOperation {
    /// What to do when something else is asked for under what this one was asked for. Another number helps documents that
    /// can have one; of what is done to a bill or an invoice there is one at a time.
    var remedyForOther: String {
        switch kind {
        case .einvoiceGenerate: "a change needs another number"
        case .einvoiceCancel: "an invoice is cancelled once"
        case .ewaybillGenerate, .ewaybillByIrn:
            state == .filed ? "cancel the bill, then another one can be made" : "wait until it is finished"
        case .ewaybillVehicle, .ewaybillExtend, .ewaybillTransporter, .ewaybillCancel, .ewaybillConsolidate:
            state == .filed ? "it is done" : "wait until it is finished"
        }
    }

    /// The same as a sentence about a draft.
    var otherContent: String { "It stands already with other content; \(remedyForOther)" }
}
