// Requests about bills that exist (facts: nic-einvoice-ewb 3.2, 3.3).
extension EWayBillRules {
    /// - Parameter invoice: the one of the IRN, where it is known: its date, places and kind bind the bill.
    public static func check(
        _ request: EWayBillByIrn, for invoice: Invoice? = nil, on day: LegalDate,
        _ settings: EWayBillSettings = EWayBillSettings()
    ) -> [Finding] {
        var findings = shape(request, EWayBillSchema.byIrn)
        if let invoice { findings += kind(of: invoice, request) }
        if let shipTo = request.exportShipTo {
            if shipTo.stateCode == StatePins.otherCountry {
                findings.append(
                    Finding(
                        .error, at: "ExpShipDtls.Stcd", rule: "party.shipToAbroad", code: "4032", "is 96",
                        remedy: inIndia))
            }
            if shipTo.pin == StatePins.otherCountryPin {
                findings.append(
                    Finding(
                        .error, at: "ExpShipDtls.Pin", rule: "party.shipToAbroad", code: "4033", "is 999999",
                        remedy: inIndia))
            }
            if settings.needsShipToGstin, shipTo.gstin == nil {
                findings.append(
                    Finding(.error, at: "ExpShipDtls.Gstin", rule: "party.shipToGstin", code: "4073", "is missing"))
            }
            if settings.needsShipToGstin, shipTo.tradeName == nil {
                findings.append(
                    Finding(.error, at: "ExpShipDtls.TrdNm", rule: "party.shipToName", code: "4074", "is missing"))
            }
        }
        let plan = TransportPlan(
            details: request.transport, names: TransportPlan.byIrn, documentDay: invoice?.document.day,
            fromPin: request.dispatch?.pin ?? invoice?.dispatch?.pin ?? invoice?.seller.pin,
            toPin: request.exportShipTo?.pin ?? invoice?.shipTo?.pin ?? invoice?.buyer.pin)
        return findings + plan.check(on: day)
    }

    private static let inIndia = "Give the port or place in India from where the goods leave the country"

    private static func kind(of invoice: Invoice, _ request: EWayBillByIrn) -> [Finding] {
        var findings: [Finding] = []
        if invoice.document.kind != .invoice {
            findings.append(
                Finding(
                    .error, at: "Irn", rule: "transport.note", code: "4010", "is of a note; bills are made for invoices"
                ))
        } else if invoice.items.allSatisfy(\.isService) {
            findings.append(
                Finding(
                    .error, at: "Irn", rule: "transport.services", code: "4009", "is of an invoice of services only"))
        }
        if invoice.transaction.kind?.isExport == true, request.exportShipTo == nil, invoice.shipTo == nil {
            findings.append(
                Finding(
                    .error, at: "ExpShipDtls", rule: "transport.exportShipTo", code: "4031",
                    "is missing from an export",
                    remedy: inIndia))
        }
        return findings
    }

    public static func check(_ request: VehicleUpdate, on day: LegalDate) -> [Finding] {
        var findings = shape(request, EWayBillSchema.vehicle)
        if request.reason == VehicleChangeReason.others.rawValue, request.remark?.filled == nil {
            findings.append(
                Finding(.error, at: "reasonRem", rule: "vehicle.remark", code: "659", "is missing for reason 3"))
        }
        return findings + origin(request.fromState, "304") + partB(request.transport, on: day)
    }

    public static func check(_ request: TransporterUpdate) -> [Finding] {
        shape(request, EWayBillSchema.transporter)
            + TransporterId.check(
                request.transporterId, at: "transporterId", TransportPlan.Codes.direct.transporterForm)
    }

    public static func check(_ request: EWayBillCancellation) -> [Finding] {
        var findings = shape(request, EWayBillSchema.cancellation)
        if request.reason == EWayBillCancelReason.others.rawValue, request.remark?.filled == nil {
            findings.append(
                Finding(.error, at: "cancelRmrk", rule: "cancel.remark", code: "659", "is missing for reason 4"))
        }
        return findings
    }

    /// - Parameter distance: kilometres of the whole way, where they are known.
    public static func check(_ request: EWayBillExtension, distance: Int? = nil, on day: LegalDate) -> [Finding] {
        var findings = shape(request, EWayBillSchema.extension) + origin(request.fromState, "386")
        func find(_ path: String, _ rule: String, _ code: String, _ problem: String) {
            findings.append(Finding(.error, at: path, rule: rule, code: code, problem))
        }
        if let remaining = request.transport.distance, let distance, remaining > distance {
            find("remainingDistance", "extension.distance", "390", "is \(remaining), but the whole way is \(distance)")
        }
        let isInTransit = request.isInTransit
        if isInTransit != (request.transport.mode == TransportMode.inTransit.rawValue), request.transport.mode != nil,
            request.consignmentStatus != nil
        {
            find(
                "transMode", "extension.mode", "220",
                isInTransit ? "must be 5 for goods in transit" : "is 5, but the goods are moving")
        }
        if isInTransit {
            if request.transitType?.filled == nil {
                find("transitType", "extension.transit", "706", "is missing in transit")
            }
            if request.address1?.filled == nil {
                find("addressLine1", "extension.address", "707", "is missing in transit")
            }
            return findings
        }
        if request.transitType?.filled != nil {
            find("transitType", "extension.transit", "706", "stands although the goods are moving")
        }
        // Its vehicle type is the one the bill has.
        return findings + partB(request.transport, on: day).filter { $0.rule != "transport.vehicleType" }
    }

    public static func check(_ request: ConsolidatedEWayBill, on day: LegalDate) -> [Finding] {
        var findings = shape(request, EWayBillSchema.consolidated) + origin(request.fromState, "391")
        var seen: Set<Int> = []
        for (place, entry) in request.bills.enumerated() {
            guard let number = entry.number, !seen.insert(number).inserted else { continue }
            findings.append(
                Finding(
                    .error, at: "tripSheetEwbBills[\(place)].ewbNo", rule: "consolidated.twice", code: "391",
                    "is \(number) for a second time"))
        }
        let sites = request.bills.map { $0.number.flatMap { EWayBillNumber($0)?.site } }
        for (place, site) in sites.enumerated() where site != nil && site != sites.lazy.compactMap(\.self).first {
            findings.append(
                Finding(
                    .error, at: "tripSheetEwbBills[\(place)].ewbNo", rule: "consolidated.site", code: "452",
                    "was made at the other e-way bill system than the first one",
                    remedy: "Make a consolidated bill for each system"))
        }
        return findings + partB(request.transport, on: day).filter { $0.rule != "transport.vehicleType" }
    }

    /// Where goods go on from; only codes of states count. A number beyond them is told by the shape.
    private static func origin(_ state: Int?, _ code: String) -> [Finding] {
        guard let state, (1...99).contains(state), StateCode.names[Digits.padded(state, 2)] == nil else { return [] }
        return [
            Finding(
                .error, at: "fromState", rule: "origin.state", code: code, "is \(state), which is no state",
                remedy: "Write the state's GST code, such as 9 or 29")
        ]
    }

    private static func partB(_ transport: TransportDetails, on day: LegalDate) -> [Finding] {
        TransportPlan(details: transport.filled, names: TransportPlan.direct, mayNameTransporter: false).check(on: day)
    }

    private static func shape<Value>(_ value: Value, _ schema: Schema<Value>) -> [Finding] {
        var shape = ShapeCheck()
        shape.check(value, schema)
        return shape.findings
    }
}
