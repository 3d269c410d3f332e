// What kind of movement it is, and its document (facts: nic-einvoice-ewb 3.4, 6).
extension EWayBillCheck {
    mutating func checkDocument() {
        checkKind()
        checkDate()
        checkUser()
        if settings.registersInvoices, bill.direction == .outward, bill.subSupply == .supply, bill.document == .invoice,
            let buyer = bill.to.gstin, buyer != TextForm.unregistered
        {
            error(
                "docType", "bill.throughIrn", "720", "is INV to a registered person",
                "Register the invoice first and ask for the bill by its IRN")
        }
    }

    private mutating func checkKind() {
        guard let direction = bill.direction, let subSupply = bill.subSupply else { return }
        let documents = subSupply.documents(direction)
        if documents.isEmpty {
            error(
                "subSupplyType", "bill.subSupply", "202",
                "is \(subSupply.rawValue), which does not go with supply type \(direction.rawValue)")
        } else if let document = bill.document, !documents.contains(document) {
            error(
                "docType", "bill.document", "205",
                "is \(document.rawValue), which does not go with sub-supply \(subSupply.rawValue)",
                "Write one of \(documents.map(\.rawValue).sorted().joined(separator: ", "))")
        }
        if subSupply == .others, bill.subSupplyDescription?.filled == nil {
            error("subSupplyDesc", "bill.subSupplyDescription", "377", "is missing for sub-supply 8")
        }
        if subSupply.staysWithOnePerson, let from = bill.from.gstin, let to = bill.to.gstin, from != to {
            error(
                "toGstin", "bill.samePerson", "611", "is not the sender's with sub-supply \(subSupply.rawValue)",
                "Write \(HarmlessText.line(from, limit: 15)) on both sides")
        }
    }

    private mutating func checkDate() {
        guard let date = bill.documentDay else { return }
        let age = day.dayNumber - date.dayNumber
        if age < 0 {
            error(
                "docDate", "bill.dateInFuture", "207", "is \(DocumentDate.text(date)), after \(DocumentDate.text(day))")
        } else if date < settings.earliestDate {
            error(
                "docDate", "bill.dateTooEarly", "819",
                "is \(DocumentDate.text(date)), before \(DocumentDate.text(settings.earliestDate))")
        } else if age > settings.mostDocumentDays {
            error(
                "docDate", "bill.dateTooOld", "820",
                "is \(Counted.text(age, "day")) ago; \(settings.mostDocumentDays) are allowed")
        }
    }

    private mutating func checkUser() {
        guard let user = bill.userGstin?.filled ?? settings.loginGstin else { return }
        if let login = settings.loginGstin, user != login {
            error("userGstin", "bill.user", "358", "is not the GSTIN that is logged in")
        }
        if bill.direction == .outward, let from = bill.from.gstin, from != user {
            error("fromGstin", "bill.outwardUser", "359", "is not the user's, but the supply is outward")
        }
        if bill.direction == .inward, let to = bill.to.gstin, to != user {
            error("toGstin", "bill.inwardUser", "360", "is not the user's, but the supply is inward")
        }
    }
}
