import Domain
import Wire

/// What can be read of e-way bills (facts: nic-einvoice-ewb 3.3, 3.5).
extension NicBook {
    /// - Parameter name: last part of the path, in lower case.
    func readBills(
        _ name: String, _ query: [String: String], _ caller: Caller
    ) throws(NicRefusal) -> JsonTree {
        var values: [String: String] = [:]
        for (name, value) in query { values[name.lowercased()] = value }
        switch name {
        case "getewaybill":
            guard let bill = values["ewbno"].flatMap({ held.bills[$0] }) else {
                throw NicRefusal("325", "No such bill")
            }
            let parties =
                [bill.owner, bill.transporter] + ["fromGstin", "toGstin"].map { bill.document.text($0) ?? "" }
            guard parties.contains(caller.gstin) else { throw NicRefusal("325", "Not entitled to this bill") }
            return detail(bill)
        case "getewaybillsbydate":
            return try list(values["date"]) { $0.owner == caller.gstin }
        case "getewaybillsfortransporter", "getewaybillreportbytransporterassigneddate":
            return try list(values["date"]) { $0.transporter == caller.gstin }
        case "getewaybillsfortransporterbygstin":
            let owner = values["gen_gstin"] ?? ""
            return try list(values["date"]) { $0.transporter == caller.gstin && $0.owner == owner }
        case "getewaybillsfortransporterbystate":
            let state = values["statecode"].flatMap { Int($0) }
            return try list(values["date"]) {
                $0.transporter == caller.gstin && Int($0.owner.prefix(2)) == state
            }
        case "getewaybillgeneratedbyconsigner":
            let (type, number) = (values["doctype"]?.uppercased() ?? "", values["docno"]?.uppercased() ?? "")
            let own = held.bills.values.filter { bill in
                bill.owner == caller.gstin && bill.document.text("docType")?.uppercased() == type
                    && bill.document.text("docNo")?.uppercased() == number
            }
            // A living bill comes before those that were cancelled.
            guard let bill = own.max(by: { ($0.isActive ? 1 : 0, $0.at) < ($1.isActive ? 1 : 0, $1.at) }) else {
                throw NicRefusal("418", "No record")
            }
            return detail(bill)
        case "gettransporterdetails":
            let id = values["trn_no"] ?? ""
            let known = try NicMaster(world: world).details(id)
            return .made([
                "transin": .text(id), "legalName": known["LegalName"], "tradeName": known["TradeName"],
            ])
        case "getgstindetails":
            let gstin = values["gstin"] ?? ""
            let known = try NicMaster(world: world).details(gstin)
            return .made([
                "gstin": .text(gstin), "tradeName": known["TradeName"], "legalName": known["LegalName"],
                "address1": known["AddrSt"], "stateCode": known["StateCode"], "pinCode": known["AddrPncd"],
                "txpType": known["TxpType"], "status": known["Status"], "blkStatus": known["BlkStatus"],
            ])
        default: throw NicRefusal("239", "Unknown action")
        }
    }

    private func list(_ date: String?, _ isMeant: (EwbBill) -> Bool) throws(NicRefusal) -> JsonTree {
        guard let day = date.flatMap({ NicTime.date($0) }) else { throw NicRefusal("416", "Date is not valid") }
        let found = held.bills.values.filter { LegalDate.inIndia($0.at) == day && isMeant($0) }
        guard !found.isEmpty else { throw NicRefusal("418", "No record") }
        return .list(found.sorted { $0.number < $1.number }.map(row))
    }

    private func row(_ bill: EwbBill) -> JsonTree {
        .made([
            "ewbNo": .number(bill.number),
            // With the trailing blank that real lists have.
            "ewbDate": .text(NicTime.ewbText(bill.at) + " "), "status": .text(bill.status),
            "genGstin": .text(bill.owner), "docNo": bill.document["docNo"], "docDate": bill.document["docDate"],
            "delPinCode": bill.document["toPincode"], "delStateCode": bill.document["actToStateCode"],
            "delPlace": bill.document["toPlace"] ?? .text(""),
            "validUpto": .text(bill.validUntil.map(NicTime.ewbText) ?? ""), "extendedTimes": .number(bill.extensions),
            "rejectStatus": .text(bill.rejectedAt == nil ? "N" : "Y"),
        ])
    }

    private func detail(_ bill: EwbBill) -> JsonTree {
        guard case .object(let sent) = bill.document else { return .null }
        let own: Set = [
            "transporterid", "transdistance", "vehicletype", "vehicleno", "transdocno", "transdocdate", "transmode",
            "usergstin", "subsupplytype",
        ]
        let head = JsonTree.made([
            "ewbNo": .number(bill.number), "ewayBillDate": .text(NicTime.ewbText(bill.at)), "genMode": .text("API"),
            "userGstin": .text(bill.owner),
            // Padded with blanks, as it comes.
            "subSupplyType": .text((bill.document.text("subSupplyType") ?? "") + "  "),
        ])
        let tail = JsonTree.made([
            "transporterId": .text(bill.transporter), "status": .text(bill.status),
            "actualDist": .number(bill.distance), "noValidDays": .number(bill.days(for: bill.distance)),
            "validUpto": .text(bill.validUntil.map(NicTime.ewbText) ?? ""), "extendedTimes": .number(bill.extensions),
            "rejectStatus": .text(bill.rejectedAt == nil ? "N" : "Y"),
            "vehicleType": .text(bill.isOverDimensional ? "O" : "R"),
            "VehiclListDetails": .list(bill.vehicles.map(Self.vehicle)),
        ])
        guard case .object(let first) = head, case .object(let last) = tail else { return .null }
        return .object(first + sent.filter { !own.contains($0.name.lowercased()) && $0.value != .null } + last)
    }

    private static func vehicle(_ vehicle: EwbBill.Vehicle) -> JsonTree {
        .made([
            "updMode": .text("API"), "vehicleNo": .text(vehicle.number), "fromPlace": .text(vehicle.place),
            "fromState": .number(vehicle.state), "tripshtNo": .number(0), "userGSTINTransin": .text(vehicle.by),
            "enteredDate": .text(NicTime.ewbText(vehicle.enteredAt)), "transMode": .text(vehicle.mode),
            "transDocNo": .text(vehicle.documentNumber), "transDocDate": .optional(vehicle.documentDate),
            "groupNo": .text("0"),
        ])
    }
}
