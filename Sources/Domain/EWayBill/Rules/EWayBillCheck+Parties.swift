// Both sides and where the goods are (facts: nic-einvoice-ewb 3.4, 4.4, 7.4).
extension EWayBillCheck {
    mutating func checkParties() {
        check(bill.from, "from", state: "211")
        check(bill.to, "to", state: "215")
        checkBorders()
        checkTransaction()
    }

    private mutating func check(_ party: EWayBillParty, _ side: String, state code: String) {
        if let gstin = party.gstin, gstin != TextForm.unregistered, TextForm.gstin.fits(gstin) {
            checkGstin(gstin, "\(side)Gstin", side == "from" ? "208" : "212")
            if let state = party.stateCode, state != Int(gstin.prefix(2)), !isAbroad(state) {
                error(
                    "\(side)StateCode", "party.state", code, "is \(state), the GSTIN begins with \(gstin.prefix(2))")
            }
        }
        for (field, state) in [("StateCode", party.stateCode), ("actual", party.actualStateCode)] {
            guard let state, !StatePins.isIndian(state), !isAbroad(state) else { continue }
            let name = field == "actual" ? "act\(side == "from" ? "From" : "To")StateCode" : "\(side)StateCode"
            error(name, "party.unknownState", code, "is \(state), which is no state")
        }
        guard let pin = party.pin, let actual = party.actualStateCode, EWayBillSchema.pins.contains(pin) else { return }
        if (pin == StatePins.otherCountryPin) != isAbroad(actual) {
            error(
                "\(side)Pincode", "party.pinAbroad", "372", "is \(pin) with state \(actual)",
                "999999 goes with another country")
        } else if !isAbroad(actual) {
            checkPrefix(pin, in: actual, settings.pinPrefixes, "\(side)Pincode", "421")
        }
    }

    private mutating func checkBorders() {
        if bill.subSupply == .export, bill.direction == .outward, let state = bill.to.stateCode, !isAbroad(state) {
            error("toStateCode", "party.export", "371", "is \(state) in an export", "Write the code of other countries")
        }
        if bill.subSupply == .importation, bill.direction == .inward, let state = bill.from.stateCode, !isAbroad(state)
        {
            error(
                "fromStateCode", "party.import", "373", "is \(state) in an import", "Write the code of other countries")
        }
    }

    private mutating func checkTransaction() {
        guard let transaction = bill.transaction else { return }
        if !transaction.hasDispatchFrom, let actual = bill.from.actualStateCode, let state = bill.from.stateCode,
            actual != state
        {
            error(
                "actFromStateCode", "party.actualFrom", "643",
                "is \(actual), fromStateCode is \(state): a dispatch from elsewhere is transaction type 3 or 4")
        }
        // Of goods that leave the country, the state billed is abroad and the port is not.
        if !transaction.hasShipTo, let actual = bill.to.actualStateCode, let state = bill.to.stateCode, actual != state,
            !isAbroad(state)
        {
            error(
                "actToStateCode", "party.actualTo", "644",
                "is \(actual), toStateCode is \(state): goods shipped elsewhere are transaction type 2 or 4")
        }
        if !transaction.hasDispatchFrom, bill.dispatchFrom.gstin?.filled != nil {
            error(
                "dispatchFromGSTIN", "party.dispatchFrom", "607", "stands with transaction type \(transaction.rawValue)"
            )
        }
        if !transaction.hasShipTo, bill.shipTo.gstin?.filled != nil {
            error("shipToGSTIN", "party.shipTo", "607", "stands with transaction type \(transaction.rawValue)")
        }
    }
}
