// Kind of supply, number and dates (facts: nic-einvoice-ewb 4.2, 4.7, 4.8).
extension InvoiceCheck {
    mutating func checkHeader() {
        checkKind()
        checkNumber()
        checkDate()
    }

    private mutating func checkKind() {
        let transaction = invoice.transaction
        if transaction.isReverseCharge, let kind, kind != .business {
            // One list of rules takes it, another does not.
            let isDoubtful = kind.isSez && settings.allowsReverseChargeToSez
            find(
                isDoubtful ? .warning : .error, "TranDtls.RegRev", "header.reverseCharge", "2162",
                "is Y with \(kind.rawValue)", "Reverse charge goes with B2B: write N or leave it out")
        }
        if transaction.isIgstOnIntra, let sellerState, let placeOfSupply, sellerState != placeOfSupply {
            error(
                "TranDtls.IgstOnIntra", "header.igstOnIntra", "2262",
                "is Y, but the seller is in state \(sellerState) and the place of supply is \(placeOfSupply)",
                "Leave it out: the supply is between states anyway")
        }
        if let ecommerce = transaction.ecommerceGstin {
            checkGstin(ecommerce, "TranDtls.EcmGstin", "2169")
        }
    }

    private mutating func checkNumber() {
        guard let number = invoice.document.number, DocumentNumber.isValid(number) else { return }
        let registered = DocumentNumber.normalised(number)
        if registered != number {
            warning(
                "DocDtls.No", "header.numberCase", nil, "is \(number); the portals register it as \(registered)",
                "Write it in capital letters")
        }
    }

    private mutating func checkDate() {
        guard let date = invoice.document.day else { return }
        if date > day {
            error(
                "DocDtls.Dt", "header.dateInFuture", "2163",
                "is \(DocumentDate.text(date)), after \(DocumentDate.text(day))",
                "An invoice is registered on its day or later")
        } else if date < settings.earliestDate {
            error(
                "DocDtls.Dt", "header.dateTooEarly", "2163",
                "is \(DocumentDate.text(date)); nothing before \(DocumentDate.text(settings.earliestDate)) is taken")
        } else if let limit = settings.reportingDays(of: invoice.seller.gstin), day.dayNumber - date.dayNumber > limit {
            error(
                "DocDtls.Dt", "header.dateTooOld", "2305",
                "is \(Counted.text(day.dayNumber - date.dayNumber, "day")) ago; \(limit) are allowed",
                "Issue a new document; if the limit does not bind the seller (turnover below 10 crore), say so in config.toml "
                    + "under [einvoices] with unlimited")
        }
    }

    mutating func checkReferences() {
        if let period = invoice.references?.period, let start = period.start.flatMap({ DocumentDate.read($0) }),
            let end = period.end.flatMap({ DocumentDate.read($0) }), end < start
        {
            error(
                "RefDtls.DocPerdDtls.InvEndDt", "references.period", "2219",
                "is \(DocumentDate.text(end)), before the start \(DocumentDate.text(start))")
        }
        let preceding = invoice.references?.precedingDocuments ?? []
        for (place, document) in preceding.enumerated() {
            guard let date = document.date.flatMap({ DocumentDate.read($0) }), date > day else { continue }
            error(
                "RefDtls.PrecDocDtls[\(place)].InvDt", "references.dateInFuture", "2218",
                "is \(DocumentDate.text(date)), after \(DocumentDate.text(day))")
        }
        if settings.needsPrecedingDocument, isNote, preceding.isEmpty {
            error(
                "RefDtls.PrecDocDtls", "references.preceding", "2191", "is missing from a note",
                "Name the invoice that it corrects")
        }
    }
}
