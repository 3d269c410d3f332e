import Domain
import FoundationEssentials
import Portals
import Store
import Wire

/// An invoice as a registration portal showed it, with a signature that fits.
public struct ReadInvoice: Sendable, Hashable {
    public var irn: String
    /// 15 digits.
    public var ackNumber: String
    public var ackAt: Instant?
    /// nil where the portal does not say how it stands.
    public var isCancelled: Bool?
    public var sellerGstin: String
    public var buyerGstin: String
    /// `INV GE-7`.
    public var title: String
    public var total: Decimal?
    /// Compact JWS, exactly as it came.
    public var signedInvoice: String
    public var signedQr: String?
    /// Who asked, and through whom.
    public var gstin: Gstin
    public var provider: String
    public var readAt: Instant

    /// nil for what is no such answer. Only of a reading that was verified when it came.
    init?(_ reading: InvoiceReading) {
        guard let result = try? IrnResult(reading.result), let token = result.signedInvoice,
            let facts = try? SignedFacts(verified: reading.signed), facts.kind == .invoice
        else { return nil }
        irn = reading.irn
        ackNumber = result.ackNumber
        ackAt = result.ackAt
        isCancelled = result.status.map { $0 == .cancelled }
        sellerGstin = HarmlessText.line(facts.sellerGstin, limit: 20)
        buyerGstin = HarmlessText.line(facts.buyerGstin, limit: 20)
        title = HarmlessText.line("\(facts.documentType) \(facts.documentNumber)", limit: 40)
        total = facts.total
        signedInvoice = token
        signedQr = result.signedQr
        (gstin, provider, readAt) = (reading.gstin, reading.provider, reading.readAt)
    }
}

extension EInvoiceService {
    /// Whether what a portal showed is signed by it, and is what it was asked for (facts: nic-einvoice-ewb 5.1). A QR that
    /// says anything else than the invoice beside it spoils both: nobody knows which of them is right.
    ///
    /// - Parameter irn: as the answer tells it.
    static func verify(_ json: [UInt8], _ irn: String, _ wanted: Wanted, _ keys: SignatureKeys) -> Verified {
        let result = try? IrnResult(json)
        guard let token = result?.signedInvoice else { return Verified(problem: "it has no signed invoice") }
        let signed: SignedDocument
        let facts: SignedFacts
        do throws(SignatureProblem) {
            signed = try SignedDocument(verifying: token, keys: keys)
            facts = try SignedFacts(signed)
            guard facts.kind == .invoice else { throw .payload }
        } catch {
            return Verified(problem: error.words)
        }
        guard let date = facts.documentDate else { return Verified(problem: "the signed invoice has no date") }
        let source = IrnSource(
            sellerGstin: facts.sellerGstin, documentType: facts.documentType.uppercased(),
            documentNumber: facts.documentNumber, date: date, registered: facts.registeredAt.map(LegalDate.inIndia))
        var verified = Verified()
        verified.document = businessKey(
            IrnSource(
                sellerGstin: facts.sellerGstin, documentType: facts.documentType.uppercased(),
                documentNumber: facts.documentNumber, date: date))
        let isAsked =
            switch wanted {
            case .irn(let asked): asked.trimmed.lowercased() == irn
            case .document(let gstin, let type, let number, let day):
                facts.sellerGstin == gstin.text && facts.documentType.uppercased() == type.rawValue && date == day
                    && DocumentNumber.normalised(facts.documentNumber) == DocumentNumber.normalised(number)
            }
        if facts.irn != irn || Irn(of: source).text != irn {
            verified.problem = "its IRN is not the hash of seller, year, type and number that are signed"
        } else if !isAsked {
            verified.problem = "it is another invoice than was asked for"
        } else if let problem = result?.signedQr.flatMap({ self.problem(ofQr: $0, facts, signed.data, keys) }) {
            verified.problem = "of the signed QR: \(problem)"
        } else {
            verified.signed = signed.data
        }
        return verified
    }

    /// - Parameter invoice: the JSON of the signed invoice beside it.
    private static func problem(
        ofQr token: String, _ facts: SignedFacts, _ invoice: [UInt8], _ keys: SignatureKeys
    ) -> String? {
        do throws(SignatureProblem) {
            let qr = try SignedFacts(try SignedDocument(verifying: token, keys: keys))
            guard qr.kind == .qr, let stated = InvoiceJSON.read(invoice).value else { throw .payload }
            guard qr.irn == facts.irn else { return "its IRN is not that of the signed invoice" }
            return SignedDifference.first(of: qr, stated).map {
                "\($0.path) differs: the QR has \($0.signed), the signed invoice \($0.given)"
            }
        } catch {
            return error.words
        }
    }

    struct Verified {
        /// `GSTIN/TYPE/NUMBER/YEAR`, empty where nothing tells.
        var document = ""
        /// The JSON that is signed; empty when it is not believed.
        var signed: [UInt8] = []
        /// Why it is not believed.
        var problem: String?
    }

    /// Why a portal gave no invoice, in words.
    static func complaint(
        _ answer: ActionAnswer, _ provider: String, _ moment: (Instant) -> String
    ) -> Complaint {
        let said = [answer.code, answer.message.isEmpty ? nil : answer.message].compactMap(\.self)
            .joined(separator: " ")
        if answer.event == .notFound {
            return Complaint(
                "\(provider) holds no such invoice", why: said,
                remedy: "Another registration portal may hold it: name its provider with --provider", status: .badData)
        }
        switch answer.code {
        case "2283":
            return Complaint(
                "the portal shows this invoice no more", why: "\(said); it shows one for about two days",
                remedy: "Use the copy that was kept when it was registered, or GSTN's, which is kept for six months",
                status: .badData)
        case "2143", "2226":
            return Complaint(
                "the portal does not show this invoice to who asks", why: said,
                remedy: "Ask with --gstin as its seller or its buyer", status: .badData)
        default: break
        }
        return .unanswered(answer, provider, "gave no invoice", moment)
    }
}

extension Complaint {
    /// A question to a provider that brought neither what was asked for nor the word that there is none.
    static func unanswered(
        _ answer: ActionAnswer, _ provider: String, _ what: String, _ moment: (Instant) -> String
    ) -> Complaint {
        if let until = answer.notBefore {
            return Complaint(
                "\(provider) is not asked now", why: answer.message,
                remedy: "Try again after \(moment(until))", status: .tryLater)
        }
        let said = [answer.code, answer.message.filled].compactMap(\.self).joined(separator: " ")
        guard let cause = answer.cause else {
            return Complaint("\(provider) \(what)", why: said, remedy: "Try again later", status: .tryLater)
        }
        var complaint = Complaint(PortalFailure(cause, said, portalCode: answer.code))
        switch cause {
        case .portalDown, .portalTimeout, .rateLimited, .sessionExpired: complaint.status = .tryLater
        default: break
        }
        return complaint
    }

    static func noApiUser(of gstin: Gstin, at provider: String) -> Complaint {
        Complaint(
            "no API user of \(gstin) is kept for \(provider)",
            remedy: "Keep it with `portaldesk einvoice user set`", status: .badData)
    }
}
