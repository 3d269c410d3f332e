import Domain
import Wire

/// What `ewayapi` is told to do, in clear (facts: nic-einvoice-ewb 3.3, 6, 7.4).
extension NicBook {
    func perform(_ action: String, _ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> JsonTree {
        try checkSite(action, asked, caller)
        return switch Nic.Action(rawValue: action) {
        case .generate: try await generate(asked, caller)
        case .vehicle: try await enterVehicle(asked, caller)
        case .transporter: try await assign(asked, caller)
        case .cancel: try await cancelBill(asked, caller)
        case .reject: try await reject(asked, caller)
        case .extend: try await extend(asked, caller)
        case .consolidate: try await consolidate(asked, caller)
        case .login, nil: throw NicRefusal("239", "Unknown action")
        }
    }

    /// Entering a vehicle works at either site; what else is done to a bill belongs to the one that made it. Which of the
    /// numbers 444 to 449 stands for what is not published (facts: nic-einvoice-ewb 7.4, 8).
    private func checkSite(_ action: String, _ asked: JsonTree, _ caller: Caller) throws(NicRefusal) {
        guard action == Nic.Action.cancel.rawValue || action == Nic.Action.transporter.rawValue,
            let site = asked.text("ewbNo").flatMap({ EWayBillNumber($0)?.site }), site != caller.site
        else { return }
        throw NicRefusal(site == .second ? "444" : "445", "E-way bill belongs to the other site")
    }

    private func generate(_ sent: JsonTree, _ caller: Caller) async throws(NicRefusal) -> JsonTree {
        let check = BillRefusals(sent, caller: caller.gstin, today: today)
        guard check.reasons.isEmpty else { throw NicRefusal(check.reasons) }
        let from = sent.text("fromGstin")?.uppercased() ?? caller.gstin
        let owner = from == "URP" ? caller.gstin : from
        guard let date = sent.text("docDate").flatMap({ NicTime.date($0) }) else { throw NicRefusal("207", "Date") }
        let key = NicDocument.key(
            gstin: owner, type: sent.text("docType") ?? "", number: sent.text("docNo") ?? "", date: date)
        if !caller.isTwice {
            // Both at once: one of them is refused before it looks further.
            guard !inProgress.contains(key) else { throw NicRefusal("813", "The same request is being served") }
            if let known = held.activeBill(of: key) {
                await noteRepeat(.bill, system: "ewb", key: key)
                throw NicRefusal("604", "E-way bill exists for this document (EwbNo - \(known.number))")
            }
        }
        let document = sent.setting("transDistance", .number(check.distance))
        inProgress.insert(key)
        defer { inProgress.remove(key) }
        try await accept(billEntries(document, key: key, irn: "", caller))
        guard let bill = held.activeBill(of: key) else { throw NicRefusal("240", "Could not generate") }
        return .made([
            "ewayBillNo": .number(bill.number), "ewayBillDate": .text(NicTime.ewbText(bill.at)),
            "validUpto": .optional(bill.validUntil.map(NicTime.ewbText)),
            "alert": .text(check.wasComputed ? "Distance between the two PINs: \(check.distance)" : ""),
        ])
    }

    /// - Returns: a bill that is neither cancelled nor, unless that is forgiven, expired.
    func activeBill(
        _ asked: JsonTree, unknown: String = "301", expired: String? = "311"
    ) throws(NicRefusal) -> EwbBill {
        guard let bill = asked.text("ewbNo").flatMap({ held.bills[$0] }) else {
            throw NicRefusal(unknown, "E-way bill number is not valid")
        }
        guard bill.cancelledAt == nil else { throw NicRefusal("343", "E-way bill is cancelled") }
        guard bill.rejectedAt == nil else { throw NicRefusal("280", "E-way bill is not active") }
        if let expired, let end = bill.validUntil, end + .seconds(60) <= now {
            throw NicRefusal(expired, "E-way bill has expired")
        }
        return bill
    }

    /// Whether it is the caller's turn: the transporter's where there is one, else the generator's.
    func isTurn(of gstin: String, _ bill: EwbBill) -> Bool {
        bill.transporter.isEmpty ? bill.owner == gstin : bill.transporter == gstin
    }

    func write(_ kind: NicHoldings.Kind, _ number: String, _ asked: JsonTree, _ caller: Caller) async throws(NicRefusal)
    {
        let entry = Entry(
            kind: kind, system: "ewb", key: number, reference: number, gstin: caller.gstin, detail: [asked.json])
        try await accept(Array(repeating: entry, count: caller.copies))
    }

    private func enterVehicle(_ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> JsonTree {
        let bill = try activeBill(asked)
        guard isTurn(of: caller.gstin, bill) else { throw NicRefusal("636", "Part B belongs to another") }
        let mode = asked.text("transMode") ?? "1"
        guard ["1", "2", "3", "4"].contains(mode) else { throw NicRefusal("220", "Transport mode") }
        guard asked.text("fromPlace") != nil else { throw NicRefusal("303", "Place is missing") }
        guard asked.integer("fromState") != nil else { throw NicRefusal("304", "State is missing") }
        guard let reason = asked.text("reasonCode"), ["1", "2", "3", "4"].contains(reason) else {
            throw NicRefusal("305", "Reason is not valid")
        }
        if reason == "3", asked.text("reasonRem") == nil { throw NicRefusal("659", "Remarks are missing") }
        if mode == "1" {
            guard let vehicle = asked.text("vehicleNo"), VehicleNumber.fits(vehicle) else {
                throw NicRefusal("225", "Vehicle number is not valid")
            }
        } else if asked.text("transDocNo") == nil {
            throw NicRefusal("394", "Transport document is missing")
        }
        try await write(.vehicle, bill.number, asked, caller)
        let after = held.bills[bill.number]
        return .made([
            "vehUpdDate": .text(NicTime.ewbText(after?.vehicles.first?.enteredAt ?? now)),
            "validUpto": .optional(after?.validUntil.map(NicTime.ewbText)),
        ])
    }

    private func assign(_ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> JsonTree {
        let bill = try activeBill(asked, expired: "281")
        guard bill.owner == caller.gstin || bill.transporter == caller.gstin else {
            throw NicRefusal("645", "Transporter belongs to another")
        }
        guard let id = asked.text("transporterId"), (try? Gstin(id)) != nil else {
            throw NicRefusal("223", "Transporter id is not valid")
        }
        guard !bill.vehicles.contains(where: { $0.by == bill.transporter }) else {
            throw NicRefusal("338", "The transporter has entered Part B")
        }
        try await write(.transporter, bill.number, asked, caller)
        return .made([
            "ewayBillNo": .text(bill.number), "transporterId": .text(id),
            "transUpdateDate": .text(NicTime.ewbText(now)),
        ])
    }

    private func cancelBill(_ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> JsonTree {
        guard let bill = asked.text("ewbNo").flatMap({ held.bills[$0] }) else {
            throw NicRefusal("301", "E-way bill number is not valid")
        }
        guard bill.owner == caller.gstin, bill.isActive || caller.isTwice else {
            throw NicRefusal("312", "Not generated by you, or cancelled")
        }
        guard let reason = asked.text("cancelRsnCode"), ["1", "2", "3", "4"].contains(reason) else {
            throw NicRefusal("314", "Reason is not valid")
        }
        guard now.since(bill.at) <= .seconds(86_400) else { throw NicRefusal("315", "The time to cancel is over") }
        try await write(.billCancel, bill.number, asked, caller)
        return .made([
            "ewayBillNo": .text(bill.number),
            "cancelDate": .text(NicTime.ewbText(held.bills[bill.number]?.cancelledAt ?? now)),
        ])
    }

    private func reject(_ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> JsonTree {
        let bill = try activeBill(asked, expired: nil)
        guard bill.owner != caller.gstin else { throw NicRefusal("341", "Own bill") }
        let parties = [bill.document.text("fromGstin"), bill.document.text("toGstin")]
        guard parties.contains(caller.gstin) else { throw NicRefusal("342", "No party of this bill") }
        guard bill.partBAt != nil else { throw NicRefusal("348", "Part B is not entered") }
        guard now.since(bill.at) <= .seconds(72 * 3_600) else { throw NicRefusal("346", "The time to reject is over") }
        try await write(.reject, bill.number, asked, caller)
        return .made([
            "ewayBillNo": .text(bill.number),
            "ewbRejectedDate": .text(NicTime.ewbText(held.bills[bill.number]?.rejectedAt ?? now)),
        ])
    }
}
