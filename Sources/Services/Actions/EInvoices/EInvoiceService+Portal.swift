import Domain
import Portals
import Store
import Wire

extension EInvoiceService {
    /// A registered invoice as somebody names it.
    public enum Wanted: Sendable, Hashable {
        case irn(String)
        case document(Gstin, type: DocumentKind, number: String, date: LegalDate)
    }

    /// Where what is known of an invoice comes from.
    public enum Found: Sendable, Hashable {
        /// From the action of ours that registered it.
        case kept(KeptInvoice)
        /// From a portal that was asked for it before.
        case readBefore(ReadInvoice)
        /// From a portal that was asked now.
        case readNow(ReadInvoice)
    }

    /// Whose document that is, where nobody named the seller: the one that registered it from here or whose it was read as,
    /// else the only one with an API user.
    ///
    /// - Parameter document: as `TYPE/NUMBER/DATE`.
    /// - Throws: a `Complaint`: 64 for a text of another form, and when it may be several sellers' or nobody's.
    public func seller(of document: String) async throws(Complaint) -> Gstin {
        try await workspace.permit(.see)
        let users = try workspace.users(of: .irp).sorted { $0.text < $1.text }
        let keys = try users.map { seller throws(Complaint) in
            guard case .document(_, let type, let number, let date) = try Wanted(document: document, seller: seller)
            else { return "" }
            return Self.businessKey(
                IrnSource(
                    sellerGstin: seller.text, documentType: type.rawValue, documentNumber: number, date: date))
        }
        let known = try await workspace.read { reader in
            try zip(users, keys).filter { _, key in
                try reader.operation(key: key) != nil || reader.invoiceReading(document: key) != nil
            }.map(\.0)
        }
        if let only = known.count == 1 ? known.first : users.count == 1 ? users.first : nil { return only }
        throw Complaint(
            "it is not clear whose document \(HarmlessText.line(document, limit: 60)) is",
            why: known.isEmpty
                ? "no seller is known to have registered it"
                : "\(Counted.text(known.count, "seller")) registered one of that number",
            remedy: "Name the seller with --gstin", status: .usage)
    }

    /// What the workspace holds of an invoice; nil when it holds nothing.
    ///
    /// - Throws: a `Complaint`: 65 for what is no IRN.
    public func held(_ wanted: Wanted) async throws(Complaint) -> Found? {
        try await workspace.permit(.see)
        if let kept = try await find(wanted) { return .kept(kept) }
        let reading: InvoiceReading?
        switch wanted {
        case .irn(let text):
            let irn = try Self.irn(text)
            reading = try await workspace.read { try $0.invoiceReading(irn: irn) }
        case .document(let gstin, let type, let number, let date):
            let key = Self.businessKey(
                IrnSource(
                    sellerGstin: gstin.text, documentType: type.rawValue, documentNumber: number, date: date))
            reading = try await workspace.read { try $0.invoiceReading(document: key) }
        }
        guard let reading, let invoice = ReadInvoice(reading) else { return nil }
        return .readBefore(invoice)
    }

    /// Asks a registration portal for an invoice, whoever registered it, verifies what it signed and keeps the answer as
    /// evidence.
    ///
    /// - Parameters:
    ///   - gstin: who asks, seller or buyer; nil for who is known or the only one with an API user.
    ///   - provider: nil for the one that registered it, else the best of those that keep an API user.
    /// - Throws: a `Complaint`: 65 when the portal holds nothing of the kind, shows it no more, or shows what is not
    ///   believed; 64 when it is not clear who asks; 75 when provider or portal are away; 77 not permitted.
    public func ask(
        _ wanted: Wanted, gstin: Gstin? = nil, provider: String? = nil
    ) async throws(Complaint) -> ReadInvoice {
        let doer = try await workspace.permit(.act, on: gstin.map { "gst/\($0)" })
        let kept = try await find(wanted)
        let asker: Gstin
        if let known = gstin ?? kept?.operation.gstin { asker = known } else { asker = try onlyAsker(of: wanted) }
        let name: String
        if let known = provider ?? kept?.operation.provider {
            name = known
        } else {
            name = try workspace.standardProvider(.irp, for: asker)
        }
        let question: InvoiceQuestion =
            switch wanted {
            case .irn(let text): .irn(try Self.irn(text))
            case .document(_, let type, let number, let date): .document(type: type, number: number, date: date)
            }
        let (answer, nic) = try await workspace.ask(name, for: asker, .einvoiceGenerate) { connector, order in
            await connector.invoice(question, order)
        }
        let now = workspace.now
        guard answer.event == .foundSame, let json = answer.result, let irn = answer.reference else {
            try await workspace.write { writer in
                let detail = AuditDetail.text(["provider": name, "code": answer.code ?? ""])
                try writer.recordEvent(
                    doer.event(
                        "einvoice.get", "gst/\(asker)", outcome: answer.event.rawValue, detail: detail, at: now))
            }
            throw Self.complaint(answer, name, workspace.moment)
        }
        let verified = Self.verify(json, irn, wanted, nic.signingKeys)
        let body = answer.body ?? json
        let reading = InvoiceReading(
            irn: irn, document: verified.document, gstin: asker, provider: name, call: question.call, readAt: now,
            readBy: doer.name, problem: verified.problem, result: json, signed: verified.signed,
            answer: body, answerHash: ContentHash.sha256(body))
        try await workspace.write { writer in
            try writer.keep(reading)
            let detail = AuditDetail.text([
                "provider": name, "irn": irn, "answer": reading.answerHash,
            ])
            let outcome = reading.problem == nil ? "found" : "not_believed"
            try writer.recordEvent(
                doer.event("einvoice.get", "gst/\(asker)", outcome: outcome, detail: detail, at: now))
        }
        if let problem = verified.problem {
            throw Complaint(
                "what \(name) shows of this invoice is not believed", why: problem,
                remedy: "The answer is kept as evidence; ask the portal's support before you rely on it",
                status: .badData)
        }
        guard let invoice = ReadInvoice(reading) else {
            throw Complaint("the answer of \(name) is not understood", status: .badData)
        }
        return invoice
    }

    // MARK: Parts

    static func irn(_ text: String) throws(Complaint) -> String {
        let irn = text.trimmed.lowercased()
        guard irn.utf8.count == 64, irn.allSatisfy(\.isHexDigit) else {
            throw Complaint(
                "\(HarmlessText.line(text, limit: 70)) is no IRN", why: "an IRN is 64 hexadecimal digits",
                status: .badData)
        }
        return irn
    }

    private func onlyAsker(of wanted: Wanted) throws(Complaint) -> Gstin {
        if case .document(let gstin, _, _, _) = wanted { return gstin }
        if let only = try workspace.onlyUser(of: .irp) { return only }
        throw Complaint(
            "it is not clear for whom the portal is asked",
            why: "a portal shows an invoice to its seller and its buyer",
            remedy: "Name one of the two with --gstin", status: .usage)
    }
}
