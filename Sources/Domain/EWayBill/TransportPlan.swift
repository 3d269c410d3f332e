/// How goods travel, for the rules that an invoice's `EwbDtls`, a bill by IRN and a bill of its own share.
struct TransportPlan {
    /// What the fields are called there, and the portal's codes.
    struct Names {
        var section: String
        var mode, transporter, document, documentDate, vehicle, vehicleType, distance: String
        var codes: Codes
    }

    struct Codes {
        var modeMissing, transporter, transporterForm, document, documentDate, vehicleMissing, vehicleForm,
            vehicleType: String
        var overDimensional, ship, shipRegular, dateInFuture, dateBefore, distance, samePin, abroad: String
        /// Whether a mode of the road names a vehicle, transporter or not: without one there is no mode.
        var roadNeedsVehicle: Bool

        /// facts: nic-einvoice-ewb 7.3.
        static let byIrn = Codes(
            modeMissing: "4028", transporter: "4019", transporterForm: "4018", document: "4012", documentDate: "4023",
            vehicleMissing: "4011", vehicleForm: "4014", vehicleType: "4022", overDimensional: "4024", ship: "4040",
            shipRegular: "4039", dateInFuture: "4016", dateBefore: "4021", distance: "4013", samePin: "4029",
            abroad: "4034", roadNeedsVehicle: true)
        /// facts: nic-einvoice-ewb 7.4.
        static let direct = Codes(
            modeMissing: "621", transporter: "619", transporterForm: "222", document: "394", documentDate: "224",
            vehicleMissing: "226", vehicleForm: "225", vehicleType: "361", overDimensional: "361", ship: "634",
            shipRegular: "634", dateInFuture: "224", dateBefore: "362", distance: "702", samePin: "721", abroad: "721",
            roadNeedsVehicle: false)
    }

    static let byIrn = Names(
        section: "", mode: "TransMode", transporter: "TransId", document: "TransDocNo", documentDate: "TransDocDt",
        vehicle: "VehNo", vehicleType: "VehType", distance: "Distance", codes: .byIrn)

    static let direct = Names(
        section: "", mode: "transMode", transporter: "transporterId", document: "transDocNo",
        documentDate: "transDocDate", vehicle: "vehicleNo", vehicleType: "vehicleType", distance: "transDistance",
        codes: .direct)

    var details: TransportDetails
    var names: Names
    /// Of the invoice or challan that the goods travel with.
    var documentDay: LegalDate?
    var fromPin: Int?
    var toPin: Int?
    /// Line sales may go farther within one PIN.
    var isLineSales = false
    /// Whether a transporter, who names the vehicle later, may stand for it; then one of the two must be there.
    var mayNameTransporter = true

    func check(on day: LegalDate) -> [Finding] {
        var findings: [Finding] = []
        checkMode(&findings)
        findings += TransporterId.check(
            details.transporterId, at: path(names.transporter), names.codes.transporterForm)
        checkVehicle(&findings)
        checkDate(on: day, &findings)
        checkDistance(&findings)
        return findings
    }

    private func path(_ field: String) -> String { names.section.isEmpty ? field : "\(names.section).\(field)" }

    private func find(
        _ findings: inout [Finding], _ field: String, _ rule: String, _ code: String, _ problem: String,
        _ remedy: String = ""
    ) {
        findings.append(Finding(.error, at: path(field), rule: rule, code: code, problem, remedy: remedy))
    }

    private func checkMode(_ findings: inout [Finding]) {
        let codes = names.codes
        guard let text = details.mode else {
            if details.vehicleNumber != nil || details.documentNumber != nil {
                find(
                    &findings, names.mode, "transport.mode", codes.modeMissing,
                    "is missing beside a vehicle or transport document", "Write 1 for road, 2 rail, 3 air, 4 ship")
            } else if details.transporterId == nil, mayNameTransporter {
                find(
                    &findings, names.transporter, "transport.transporter", codes.transporter,
                    "is missing: without a vehicle the bill needs the transporter who names one")
            }
            return
        }
        switch TransportMode(rawValue: text) {
        case .road where details.vehicleNumber == nil && !mayVehicleFollow:
            find(
                &findings, names.vehicle, "transport.vehicle", codes.vehicleMissing, "is missing for the road",
                mayNameTransporter ? "Leave \(names.mode) out when the transporter names the vehicle later" : "")
        case .rail where details.documentNumber == nil, .air where details.documentNumber == nil:
            find(
                &findings, names.document, "transport.document", codes.document, "is missing for rail or air",
                "Write the number of the railway receipt or airway bill")
        case .ship where details.vehicleNumber == nil && details.documentNumber == nil:
            find(
                &findings, names.document, "transport.ship", codes.ship, "and \(names.vehicle) are missing for a ship",
                "Give one of them")
        default: break
        }
        if details.documentNumber != nil, details.documentDate == nil, text == "2" || text == "3" {
            find(
                &findings, names.documentDate, "transport.documentDate", codes.documentDate,
                "is missing for rail or air")
        }
    }

    /// Whether a transporter stands for a vehicle although the road is named.
    private var mayVehicleFollow: Bool {
        mayNameTransporter && details.transporterId != nil && !names.codes.roadNeedsVehicle
    }

    private func checkVehicle(_ findings: inout [Finding]) {
        let codes = names.codes
        if let vehicle = details.vehicleNumber, !VehicleNumber.isValid(vehicle) {
            let normalised = VehicleNumber.normalised(vehicle)
            find(
                &findings, names.vehicle, "transport.vehicleForm", codes.vehicleForm,
                "is \(HarmlessText.line(vehicle, limit: 24)), which no number plate looks like",
                VehicleNumber.isValid(normalised) ? "Write \(normalised)" : "Write it like KA01AB1234")
        }
        if details.mode == TransportMode.road.rawValue, details.vehicleNumber != nil, details.vehicleType == nil {
            find(&findings, names.vehicleType, "transport.vehicleType", codes.vehicleType, "is missing", "Write R or O")
        }
        if details.mode == TransportMode.ship.rawValue, details.vehicleType == VehicleKind.regular.rawValue {
            find(
                &findings, names.vehicleType, "transport.shipRegular", codes.shipRegular,
                "is R, but an ordinary vehicle is no ship", "Leave it out, or write O for over-dimensional cargo")
        }
        if details.vehicleType == VehicleKind.overDimensional.rawValue, details.mode == "2" || details.mode == "3" {
            find(
                &findings, names.vehicleType, "transport.overDimensional", codes.overDimensional,
                "is O, but over-dimensional cargo goes by road or ship")
        }
    }

    private func checkDate(on day: LegalDate, _ findings: inout [Finding]) {
        guard let date = details.documentDate.flatMap({ DocumentDate.read($0) }) else { return }
        if date > day {
            find(
                &findings, names.documentDate, "transport.dateInFuture", names.codes.dateInFuture,
                "is \(DocumentDate.text(date)), after \(DocumentDate.text(day))")
        } else if let documentDay, date < documentDay {
            find(
                &findings, names.documentDate, "transport.dateBefore", names.codes.dateBefore,
                "is \(DocumentDate.text(date)), before the document of \(DocumentDate.text(documentDay))")
        }
    }

    private func checkDistance(_ findings: inout [Finding]) {
        guard let distance = details.distance, (0...4_000).contains(distance), let fromPin, let toPin else { return }
        if fromPin == StatePins.otherCountryPin || toPin == StatePins.otherCountryPin {
            if distance == 0 {
                find(
                    &findings, names.distance, "transport.distanceAbroad", names.codes.abroad,
                    "is 0, but nothing can be worked out from PIN 999999", "Write the kilometres within India")
            }
        } else if fromPin == toPin {
            let most = isLineSales ? 300 : 100
            if !(1...most).contains(distance) {
                find(
                    &findings, names.distance, "transport.samePin", names.codes.samePin,
                    "is \(distance) within one PIN; 1 to \(most) are allowed", "Write the kilometres")
            }
        }
    }
}
