import Domain

/// What `config.toml` says of the rules for invoices and e-way bills: what is doubtful in the portals' own, what differs
/// between firms, and what came after this program was made (facts: nic-einvoice-ewb 10).
extension Settings {
    mutating func readEInvoices(_ reader: inout TomlReader) {
        var rules = InvoiceSettings()
        if let days = reader.integer("einvoices.reporting_days", in: 0...3_650) {
            rules.reportingDays = days == 0 ? nil : days
        }
        rules.unlimitedSellers = Self.sellers("einvoices.unlimited", &reader)
        rules.fourDigitSellers = Self.sellers("einvoices.four_digit_hsn", &reader)
        if let digits = reader.integer("einvoices.hsn_digits", in: 4...8) {
            rules.leastHsnDigits = digits
            if digits % 2 != 0 { reader.complain("einvoices.hsn_digits", "must be 4, 6 or 8") }
        }
        if let way = reader.choice("einvoices.tolerance", of: Tolerance.self) { rules.tolerance = way }
        if let way = reader.choice("einvoices.forty_percent", of: Strictness.self) { rules.fortyPercent = way }
        if let way = reader.choice("einvoices.pin_prefixes", of: Strictness.self) { rules.pinPrefixes = way }
        if let way = reader.choice("einvoices.ship_to_state", of: Strictness.self) { rules.shipToState = way }
        if let flag = reader.bool("einvoices.ship_to_gstin") { rules.needsShipToGstin = flag }
        if let flag = reader.bool("einvoices.preceding_document") { rules.needsPrecedingDocument = flag }
        if let flag = reader.bool("einvoices.reverse_charge_to_sez") { rules.allowsReverseChargeToSez = flag }
        if let most = reader.integer("einvoices.most_items", in: 1...5_000) { rules.mostItems = most }
        if let text = reader.string("einvoices.earliest_date") {
            if let day = LegalDate(text) {
                rules.earliestDate = day
            } else {
                reader.complain("einvoices.earliest_date", "is no day that is written like 2025-04-01")
            }
        }
        rules.extra = Self.additions(&reader)
        eInvoices.rules = rules
        eWayBills.rules.extra = rules.extra
    }

    mutating func readEWayBills(_ reader: inout TomlReader) {
        if let hours = reader.integer("ewaybills.warn_hours", in: 1...240) { eWayBills.warnHours = hours }
        if let flag = reader.bool("ewaybills.registers_invoices") { eWayBills.rules.registersInvoices = flag }
        if let flag = reader.bool("ewaybills.ship_to_gstin") { eWayBills.rules.needsShipToGstin = flag }
        if let way = reader.choice("ewaybills.pin_prefixes", of: Strictness.self) { eWayBills.rules.pinPrefixes = way }
        if let rupees = reader.integer("ewaybills.grace_rupees", in: 0...100) { eWayBills.rules.graceRupees = rupees }
        if let days = reader.integer("ewaybills.document_days", in: 1...3_650) {
            eWayBills.rules.mostDocumentDays = days
        }
    }

    private static func sellers(_ key: String, _ reader: inout TomlReader) -> Set<String> {
        let names = (reader.strings(key) ?? []).map { $0.trimmed.uppercased() }
        let known = names.filter { (try? Gstin($0)) != nil || (try? Pan($0)) != nil }
        if known.count < names.count { reader.complain(key, "holds what is neither a GSTIN nor a PAN") }
        return Set(known)
    }

    private static func additions(_ reader: inout TomlReader) -> MasterAdditions {
        var extra = MasterAdditions()
        for text in reader.strings("einvoices.extra_rates") ?? [] {
            if let rate = ExactDecimal(text), (0...100_000).contains(rate.thousandths) {
                extra.rates.insert(rate)
            } else {
                reader.complain("einvoices.extra_rates", "holds what is no rate such as \"35\"")
            }
        }
        for text in reader.strings("einvoices.extra_units") ?? [] {
            let unit = text.trimmed.uppercased()
            if (3...8).contains(unit.utf8.count), unit.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) {
                extra.units.insert(unit)
            } else {
                reader.complain("einvoices.extra_units", "holds what is no unit such as \"NOS\"")
            }
        }
        return extra
    }
}
