import Domain
import Wire

/// An e-way bill as the simulated system holds it.
struct EwbBill: Sendable {
    struct Vehicle: Sendable {
        var number: String
        var place: String
        var state: Int
        var mode: String
        var documentNumber: String
        var documentDate: String?
        var enteredAt: Instant
        var by: String
        /// The consolidated bill that entered it.
        var trip: String?
    }

    let number: String
    /// `GSTIN/TYPE/NUMBER/FY` of its document.
    let key: String
    let owner: String
    let at: Instant
    /// As GENEWAYBILL was asked for it.
    let document: JsonTree
    let irn: String?
    var transporter: String
    /// Kilometres.
    var distance: Int
    var isOverDimensional: Bool
    /// The newest first.
    var vehicles: [Vehicle] = []
    /// nil until Part B is entered.
    var validUntil: Instant?
    var partBAt: Instant?
    var cancelledAt: Instant?
    var rejectedAt: Instant?
    var extensions = 0

    init(number: String, key: String, owner: String, at: Instant, document: JsonTree, irn: String?) {
        self.number = number
        self.key = key
        self.owner = owner
        self.at = at
        self.document = document
        self.irn = irn
        transporter = document.text("transporterId")?.uppercased() ?? ""
        distance = document.integer("transDistance") ?? 0
        isOverDimensional = document.text("vehicleType")?.uppercased() == "O"
        if document.text("vehicleNo") != nil || document.text("transDocNo") != nil {
            let from = JsonTree.made([
                "vehicleNo": document["vehicleNo"], "fromPlace": document["fromPlace"],
                "fromState": document["actFromStateCode"], "transMode": document["transMode"],
                "transDocNo": document["transDocNo"], "transDocDate": document["transDocDate"],
                "vehicleType": document["vehicleType"],
            ])
            enterVehicle(from, by: owner, at: at)
        }
    }

    var isActive: Bool { cancelledAt == nil && rejectedAt == nil }
    var status: String { cancelledAt == nil ? "ACT" : "CNL" }

    /// One day for each 200 kilometres or part of them, or 20 for over-dimensional cargo and by ship (facts:
    /// nic-einvoice-ewb 6).
    func days(for kilometres: Int) -> Int {
        let perDay = isOverDimensional || vehicles.first?.mode == "4" ? 20 : 200
        return max(1, (kilometres + perDay - 1) / perDay)
    }

    /// The last minute of the day that is `days` after that of `start`.
    static func end(_ start: Instant, days: Int) -> Instant {
        NicTime.instant(LegalDate.inIndia(start).adding(days: days), hour: 23, minute: 59)
    }

    mutating func enterVehicle(_ asked: JsonTree, by gstin: String, at: Instant, trip: String? = nil) {
        vehicles.insert(
            Vehicle(
                number: asked.text("vehicleNo")?.uppercased() ?? "", place: asked.text("fromPlace") ?? "",
                state: asked.integer("fromState") ?? 0, mode: asked.text("transMode") ?? "1",
                documentNumber: asked.text("transDocNo") ?? "", documentDate: asked.text("transDocDate"),
                enteredAt: at, by: gstin, trip: trip), at: 0)
        if let type = asked.text("vehicleType") { isOverDimensional = type.uppercased() == "O" }
        guard partBAt == nil else { return }
        partBAt = at
        validUntil = Self.end(at, days: days(for: distance))
    }

    mutating func assign(_ asked: JsonTree, at: Instant) {
        transporter = asked.text("transporterId")?.uppercased() ?? transporter
    }

    mutating func extend(_ asked: JsonTree, by gstin: String, at: Instant) {
        enterVehicle(asked, by: gstin, at: at)
        extensions += 1
        validUntil = Self.end(at, days: days(for: asked.integer("remainingDistance") ?? 0))
    }
}
