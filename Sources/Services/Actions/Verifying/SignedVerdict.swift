import Domain
import FoundationEssentials
import Wire

/// What was found of one signed text: the invoice that a portal signed, or the text of a QR.
public struct SignedVerdict: Sendable, Hashable {
    public enum Kind: String, Sendable { case invoice, qr }

    /// The first place where an invoice file says something else.
    public struct Difference: Sendable, Hashable {
        /// As in INV-01: `ItemList[2].TotAmt`.
        public var path: String
        public var signed: String
        public var given: String
    }

    /// What the signed text says of itself. Only of a text whose signature fits.
    public struct Claims: Sendable, Hashable {
        public var irn: String
        /// Whether the IRN is the hash of seller, year, type and number (facts: nic-einvoice-ewb 4.1).
        public var irnFits: Bool
        public var sellerGstin: String
        public var buyerGstin: String
        public var documentType: String
        public var documentNumber: String
        public var documentDate: LegalDate?
        public var total: Decimal?
        public var registeredAt: Instant?
    }

    public var kind: Kind?
    public var keyId: String?
    public var issuer: String?
    public var claims: Claims?
    public var difference: Difference?
    /// Why it is not believed; nil when the signature fits.
    public var problem: String?
    /// Whether a simulated portal signed it; nil where nobody can tell, as of a key that was brought along.
    public var isSimulated: Bool?

    /// Whether signature and IRN fit, and nothing differs from the file that was given.
    public var isTrue: Bool { problem == nil && claims?.irnFits == true && difference == nil }

    /// What is wrong, or that nothing is.
    public var sentence: String {
        if let problem { return problem }
        if claims?.irnFits == false { return "the IRN is not the hash of seller, year, type and number" }
        if let difference {
            return "\(difference.path) differs: signed is \(difference.signed), the file has \(difference.given)"
        }
        return "signature and IRN fit"
    }

    /// Of what could not be looked at.
    init(problem: String) { self.problem = problem }

    init(problem: SignatureProblem, keyId: String?) {
        self.problem = problem.words
        self.keyId = keyId
    }

    init(_ document: SignedDocument, against invoice: Invoice?) {
        keyId = document.keyId
        issuer = document.issuer
        guard let facts = try? SignedFacts(document) else {
            problem = SignatureProblem.payload.words
            return
        }
        kind = facts.kind == .invoice ? .invoice : .qr
        claims = Claims(facts)
        difference = invoice.flatMap { SignedDifference.first(of: facts, $0) }.map {
            Difference(path: $0.path, signed: $0.signed, given: $0.given)
        }
    }
}

extension SignedVerdict.Claims {
    fileprivate init(_ facts: SignedFacts) {
        self.init(
            irn: facts.irn, irnFits: false, sellerGstin: facts.sellerGstin, buyerGstin: facts.buyerGstin,
            documentType: facts.documentType, documentNumber: facts.documentNumber, documentDate: facts.documentDate,
            total: facts.total, registeredAt: facts.registeredAt)
        irnFits = fits
    }

    private var fits: Bool {
        guard let date = documentDate else { return false }
        let source = IrnSource(
            sellerGstin: sellerGstin, documentType: documentType, documentNumber: documentNumber, date: date,
            registered: registeredAt.map(LegalDate.inIndia))
        return Irn(of: source).text == irn
    }
}
