/// Everything that the e-way bill system would refuse, found before it is sent (facts: nic-einvoice-ewb 3.2 to 3.4, 6).
public enum EWayBillRules {
    /// - Parameter day: the day in India on which it would be made.
    public static func check(
        _ bill: EWayBill, on day: LegalDate, _ settings: EWayBillSettings = EWayBillSettings()
    ) -> [Finding] {
        var shape = ShapeCheck()
        shape.check(bill, EWayBillSchema.bill)
        var check = EWayBillCheck(bill: bill, day: day, settings: settings)
        check.checkDocument()
        check.checkParties()
        check.checkItems()
        check.checkTotals()
        check.checkTransport()
        return shape.findings + check.findings
    }
}

/// One pass over one bill. Its rules stand in the extensions, by what they look at.
struct EWayBillCheck: DocumentCheck {
    let bill: EWayBill
    let day: LegalDate
    let settings: EWayBillSettings
    var findings: [Finding] = []

    func isAbroad(_ state: Int?) -> Bool { state.map { settings.abroadStates.contains($0) } ?? false }

    mutating func checkTransport() {
        let plan = TransportPlan(
            details: bill.transport.filled, names: TransportPlan.direct, documentDay: bill.documentDay,
            fromPin: bill.from.pin, toPin: bill.to.pin, isLineSales: bill.subSupply == .lineSales)
        findings += plan.check(on: day)
    }
}

extension String {
    /// nil for an empty text, which the e-way bill system takes for none.
    public var filled: String? { isEmpty ? nil : self }
}

extension TransportDetails {
    /// With nothing in place of empty texts.
    var filled: TransportDetails {
        var details = self
        details.transporterId = transporterId?.filled
        details.mode = mode?.filled
        details.documentNumber = documentNumber?.filled
        details.documentDate = documentDate?.filled
        details.vehicleNumber = vehicleNumber?.filled
        details.vehicleType = vehicleType?.filled
        return details
    }
}
