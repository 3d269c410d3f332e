import Domain
import Wire

/// Extending and consolidating e-way bills (facts: nic-einvoice-ewb 3.3, 6).
extension NicBook {
    func extend(_ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> JsonTree {
        let bill = try activeBill(asked, expired: nil)
        guard isTurn(of: caller.gstin, bill) else { throw NicRefusal("380", "Extension belongs to another") }
        guard let end = bill.validUntil else { throw NicRefusal("381", "Part B is not entered") }
        let eightHours = Duration.seconds(8 * 3_600)
        guard now >= end - eightHours, now <= end + eightHours else {
            throw NicRefusal("382", "Extension is possible from 8 hours before to 8 hours after the end")
        }
        guard let reason = asked.text("extnRsnCode"), ["1", "2", "4", "5", "99"].contains(reason) else {
            throw NicRefusal("384", "Reason is not valid")
        }
        guard let distance = asked.integer("remainingDistance"), distance > 0, distance <= bill.distance else {
            throw NicRefusal("390", "Remaining distance is above the actual one")
        }
        let mode = asked.text("transMode") ?? ""
        guard ["1", "2", "3", "4", "5"].contains(mode) else { throw NicRefusal("220", "Transport mode") }
        try checkTransit(asked, mode)
        let next = EwbBill.end(now, days: bill.days(for: distance))
        guard next.since(bill.at) <= .seconds(360 * 86_400) else { throw NicRefusal("821", "360 days are reached") }
        try await write(.extend, bill.number, asked, caller)
        return .made([
            "ewayBillNo": .text(bill.number), "updatedDate": .text(NicTime.ewbText(now)),
            "validUpto": .optional(held.bills[bill.number]?.validUntil.map(NicTime.ewbText)),
        ])
    }

    private func checkTransit(_ asked: JsonTree, _ mode: String) throws(NicRefusal) {
        switch asked.text("consignmentStatus")?.uppercased() {
        case "M":
            guard mode != "5" else { throw NicRefusal("705", "In transit is no mode of a moving vehicle") }
            if mode == "1", asked.text("vehicleNo").map(VehicleNumber.fits) != true {
                throw NicRefusal("225", "Vehicle number is not valid")
            }
        case "T":
            guard mode == "5" else { throw NicRefusal("706", "Goods in transit have mode 5") }
            guard ["R", "W", "O"].contains(asked.text("transitType")?.uppercased() ?? "") else {
                throw NicRefusal("707", "Transit type is not valid")
            }
            guard asked.text("addressLine1") != nil else { throw NicRefusal("711", "Address is missing") }
        default: throw NicRefusal("708", "Consignment status is not valid")
        }
    }

    func consolidate(_ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> JsonTree {
        let listed = asked.items("tripSheetEwbBills")
        guard !listed.isEmpty else { throw NicRefusal("387", "No bills") }
        let mode = asked.text("transMode") ?? "1"
        guard ["1", "2", "3", "4"].contains(mode) else { throw NicRefusal("220", "Transport mode") }
        guard asked.text("fromPlace") != nil else { throw NicRefusal("303", "Place is missing") }
        guard asked.integer("fromState") != nil else { throw NicRefusal("304", "State is missing") }
        var seen: Set<String> = []
        for entry in listed {
            let number = entry.text("ewbNo") ?? ""
            guard seen.insert(number).inserted else { throw NicRefusal("391", "Bill \(number) is there twice") }
            if EWayBillNumber(number)?.site ?? caller.site != caller.site {
                throw NicRefusal("452", "Bill \(number) is of the other site")
            }
            if let known = held.bills[number], !known.isActive {
                throw NicRefusal("818", "Bill \(number) is not active")
            }
            let bill = try activeBill(entry, unknown: "391", expired: "818")
            guard bill.owner == caller.gstin || bill.transporter == caller.gstin else {
                throw NicRefusal("649", "Bill \(bill.number) belongs to another")
            }
        }
        if mode == "1" {
            guard asked.text("vehicleNo").map(VehicleNumber.fits) == true else {
                throw NicRefusal("225", "Vehicle number is not valid")
            }
        } else if mode != "4" || asked.text("vehicleNo") == nil, asked.text("transDocNo") == nil {
            throw NicRefusal("394", "Transport document is missing")
        }
        let entries = (0..<caller.copies).map { copy -> Entry in
            let number = "51\(Digits.padded(held.count + copy + 1, 8))"
            return Entry(
                kind: .consolidate, system: "ewb", key: number, reference: number, gstin: caller.gstin,
                detail: [asked.json])
        }
        try await accept(entries)
        // Asked what a second one would be answered, it names the one that there is.
        guard let number = entries.first?.reference ?? held.consolidated.keys.max() else {
            throw NicRefusal("350", "Could not consolidate")
        }
        return .made(["cEwbNo": .number(number), "cEWBDate": .text(NicTime.ewbText(now))])
    }
}
