// Who sells, buys, sends and receives (facts: nic-einvoice-ewb 4.2, 4.4, 4.7).
extension InvoiceCheck {
    mutating func checkParties() {
        checkSeller()
        checkBuyer()
        if let seller = invoice.seller.gstin, seller == invoice.buyer.gstin {
            error("BuyerDtls.Gstin", "party.same", "2211", "is the seller's own GSTIN")
        }
        checkPlaceOfSupply()
        if let dispatch = invoice.dispatch {
            checkPlace(dispatch.stateCode, dispatch.pin, "DispDtls", "2200")
            if dispatch.stateCode == StatePins.otherCountry {
                error("DispDtls.Stcd", "party.dispatchAbroad", "2200", "is 96: goods leave from a place in India")
            }
        }
        checkShipTo()
    }

    private mutating func checkSeller() {
        let seller = invoice.seller
        if seller.isUnregistered {
            error("SellerDtls.Gstin", "party.sellerUnregistered", "2213", "is URP", "Write the seller's GSTIN")
        } else if let gstin = seller.gstin {
            checkGstin(gstin, "SellerDtls.Gstin", "3030")
            checkState(seller.stateCode, of: gstin, "SellerDtls.Stcd", "2258")
        }
        checkPlace(seller.stateCode, seller.pin, "SellerDtls", "2258")
    }

    private mutating func checkBuyer() {
        let buyer = invoice.buyer
        guard let kind else { return }
        if kind.isExport {
            if let gstin = buyer.gstin, !buyer.isUnregistered {
                error(
                    "BuyerDtls.Gstin", "party.exportBuyer", "2248",
                    "is \(HarmlessText.line(gstin, limit: 20)) in an export",
                    "Write URP")
            }
            if let state = buyer.stateCode, state != StatePins.otherCountry {
                error("BuyerDtls.Stcd", "party.exportState", "2265", "is \(state) in an export", "Write 96")
            }
        } else {
            if buyer.isUnregistered {
                let code = kind.isSez ? "2247" : kind == .deemedExport ? "2171" : "2212"
                error(
                    "BuyerDtls.Gstin", "party.buyerUnregistered", code, "is URP in a supply \(kind.rawValue)",
                    "Only supplies to registered persons and exports are registered")
            } else if let gstin = buyer.gstin {
                checkGstin(gstin, "BuyerDtls.Gstin", "3030")
                checkState(buyer.stateCode, of: gstin, "BuyerDtls.Stcd", "2265")
            }
            if buyer.pin == nil {
                error("BuyerDtls.Pin", "party.buyerPin", "2244", "is missing", "A buyer in India has a PIN")
            }
        }
        checkPlace(buyer.stateCode, buyer.pin, "BuyerDtls", "2265")
    }

    private mutating func checkPlaceOfSupply() {
        guard let kind, let place = placeOfSupply else { return }
        if kind.isExport, place != 96 {
            error("BuyerDtls.Pos", "party.exportPlace", "2229", "is \(place) in an export", "Write 96")
        } else if !kind.isExport, place == 96 {
            error(
                "BuyerDtls.Pos", "party.placeAbroad", "2232", "is 96 in a supply \(kind.rawValue)",
                "Write a state's code")
        } else if place != 96, !StatePins.isIndian(place) {
            error("BuyerDtls.Pos", "party.place", "2242", "is \(place), which is no state")
        }
    }

    private mutating func checkShipTo() {
        guard let shipTo = invoice.shipTo else { return }
        checkPlace(shipTo.stateCode, shipTo.pin, "ShipDtls", "2200")
        if let gstin = shipTo.gstin, !shipTo.isUnregistered { checkGstin(gstin, "ShipDtls.Gstin", "3030") }
        if kind?.isExport == true, shipTo.stateCode == StatePins.otherCountry {
            error(
                "ShipDtls.Stcd", "party.shipToAbroad", "2236", "is 96",
                "Give the port or place in India from where the goods leave the country")
        }
        // A bill-to/ship-to sale has the buyer's state as its place of supply (IGST Act section 10(1)(b)), so no error
        // unless somebody saw the portal refuse it.
        if kind == .business, let state = shipTo.stateCode.flatMap({ Int($0) }), let placeOfSupply,
            state != placeOfSupply
        {
            find(
                settings.shipToState, "ShipDtls.Stcd", "party.shipToState", "2245",
                "is \(state), the place of supply is \(placeOfSupply)",
                "See that the place of supply is right")
        }
        if settings.needsShipToGstin, invoice.eWayBill != nil {
            if shipTo.gstin == nil {
                error("ShipDtls.Gstin", "party.shipToGstin", "2323", "is missing", "Write the GSTIN or URP")
            }
            if shipTo.tradeName == nil { error("ShipDtls.TrdNm", "party.shipToName", "2324", "is missing") }
        }
    }

    private mutating func checkState(_ state: String?, of gstin: String, _ path: String, _ code: String) {
        guard TextForm.gstin.fits(gstin), let state, let number = Int(state), number != Int(gstin.prefix(2)) else {
            return
        }
        error(
            path, "party.state", code, "is \(state), the GSTIN begins with \(gstin.prefix(2))",
            "Write \(gstin.prefix(2))")
    }

    private mutating func checkPlace(_ state: String?, _ pin: Int?, _ section: String, _ code: String) {
        guard let number = state.flatMap({ Int($0) }) else { return }
        guard StatePins.isIndian(number) || number == 96 else {
            return error("\(section).Stcd", "party.unknownState", code, "is \(number), which is no state")
        }
        guard let pin, InvoiceSchema.pins.contains(pin) else { return }
        let isAbroad = number == 96 || pin == StatePins.otherCountryPin
        if isAbroad, (number == 96) != (pin == StatePins.otherCountryPin) {
            error("\(section).Pin", "party.pinAbroad", "3039", "is \(pin) with state \(number)", "999999 goes with 96")
        } else {
            checkPrefix(pin, in: number, settings.pinPrefixes, "\(section).Pin", "3039")
        }
    }
}
