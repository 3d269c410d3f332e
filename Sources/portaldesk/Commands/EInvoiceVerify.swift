import ArgumentParser
import Domain
import Foundation
import Services

/// `einvoice verify`.
struct EInvoiceVerify: Performable {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Tell a true signed invoice or QR text from a false one, ours or a supplier's.",
        discussion: """
            Signature, IRN as the hash of seller, year, type and number, and with --invoice the first field that differs. \
            Needs no workspace when the signer's key is given. Ends with 0 when all of it is true, else with 65.
            """)
    @Argument(
        help: "The signed text, a portal's answer with it, or what `einvoice get --json` prints; - for standard input.")
    var file: String
    @Option(name: .long, help: "The signer's public key or certificate, PEM. Else the provider files' keys.")
    var key: String?
    @Option(name: .long, help: "An invoice, INV-01 as JSON, that it must agree with.") var invoice: String?
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    private struct Row: Encodable {
        let valid: Bool
        let what: String
        @OrNull var kind: String?
        @OrNull var key_id: String?
        @OrNull var issuer: String?
        @OrNull var irn: String?
        @OrNull var irn_fits: Bool?
        @OrNull var seller_gstin: String?
        @OrNull var buyer_gstin: String?
        @OrNull var document_type: String?
        @OrNull var document_number: String?
        @OrNull var document_date: String?
        @OrNull var total: String?
        @OrNull var differs_at: String?
        @OrNull var simulated: Bool?

        init(_ verdict: SignedVerdict) {
            let claims = verdict.claims
            valid = verdict.isTrue
            what = verdict.sentence
            kind = verdict.kind?.rawValue
            key_id = verdict.keyId.map { HarmlessText.line($0, limit: 80) }
            issuer = verdict.issuer
            irn = claims?.irn
            irn_fits = claims?.irnFits
            seller_gstin = claims?.sellerGstin
            buyer_gstin = claims?.buyerGstin
            document_type = claims?.documentType
            document_number = claims?.documentNumber
            document_date = claims?.documentDate?.description
            total = Money.text(claims?.total)
            differs_at = verdict.difference?.path
            simulated = verdict.isSimulated
        }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let bytes = try Self.bytes(file)
        let expected = try invoice.map { file throws(Complaint) in try EInvoiceCommand.bytes(file) }
        let texts: SignedTexts
        if let key {
            texts = try SignedTexts(pem: String(decoding: try EInvoiceCommand.bytes(key), as: UTF8.self))
        } else {
            texts = try SignedTexts(try await place.enter(surroundings))
        }
        let rows = try texts.verify(bytes, against: expected).map(Row.init)
        try Rows(json: output.json).print(
            rows, header: ["TRUE", "KIND", "SELLER", "DOCUMENT", "DATE", "TOTAL", "IRN", "WHAT WAS FOUND"]
        ) {
            [
                $0.valid ? "yes" : "NO", $0.kind ?? "", $0.seller_gstin ?? "",
                "\($0.document_type ?? "") \($0.document_number ?? "")", $0.document_date ?? "", $0.total ?? "",
                $0.irn ?? "",
                $0.simulated == true ? "\($0.what); SANDBOX: a simulated portal signed it, no invoice" : $0.what,
            ]
        }
        if key != nil, rows.contains(where: { $0.valid && $0.key_id == nil }) {
            Messages.line("The text names no key: it was verified with the one that was given.")
        }
        return rows.allSatisfy(\.valid) ? .done : .badData
    }

    /// A signed invoice is some megabytes at the most; nothing larger is read into memory.
    private static func bytes(_ file: String) throws(Complaint) -> [UInt8] {
        let most = 16 << 20
        let bytes: [UInt8]
        if file == "-" {
            bytes = [UInt8]((try? FileHandle.standardInput.read(upToCount: most + 1)) ?? Data())
        } else {
            let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
            bytes = (size ?? 0) > most ? [UInt8](repeating: 0, count: most + 1) : try EInvoiceCommand.bytes(file)
        }
        guard bytes.count <= most else {
            let what = file == "-" ? "standard input" : HarmlessText.line(file, limit: 200)
            throw Complaint(
                "\(what) is too long", why: "a signed invoice has some megabytes at the most", status: .badData)
        }
        return bytes
    }
}
