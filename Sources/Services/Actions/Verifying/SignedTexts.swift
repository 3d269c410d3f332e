import Domain
import Portals
import Wire

/// Verifies signed invoices and QR texts, ours or a supplier's.
public struct SignedTexts: Sendable {
    private struct Ring {
        var keys: SignatureKeys
        var isSimulated: Bool
    }

    /// Each key with those that came beside it; the first that knows a token's key is asked.
    private let rings: [Ring]
    /// Trusted for whatever key a token names: the caller brought it.
    private let given: SignatureKeys.Key?

    /// - Parameter pem: a public key or certificate.
    /// - Throws: a `Complaint` (65) when it is none.
    public init(pem: String) throws(Complaint) {
        do {
            given = try SignatureKeys.Key(try RsaCertificate(pem: pem))
        } catch {
            throw Complaint("the key cannot be used", why: error.message, status: .badData)
        }
        rings = []
    }

    /// With the keys that provider files of registration portals name.
    ///
    /// - Throws: a `Complaint` (78) when none names any.
    public init(_ workspace: Workspace) throws(Complaint) {
        given = nil
        rings = workspace.providers().files.compactMap { file in
            file.profile.nic.map { nic in
                Ring(
                    keys: ActionConnections.signingKeys(nic, beside: file.path),
                    isSimulated: file.isSimulated || file.startsSandbox)
            }
        }.filter { !$0.keys.isEmpty }
        guard rings.isEmpty else { return }
        throw Complaint(
            "no provider file names a key that invoices are signed with",
            remedy: "Give the signer's public key with --key", status: .badConfiguration)
    }

    /// Verifies what stands in a file: one signed text, or an answer of a portal with `SignedInvoice` and
    /// `SignedQRCode`.
    ///
    /// - Parameter invoice: an INV-01 file that the signed text is compared with.
    /// - Throws: a `Complaint` (65) when either holds nothing of the kind.
    public func verify(_ bytes: [UInt8], against invoice: [UInt8]? = nil) throws(Complaint) -> [SignedVerdict] {
        let expected = try invoice.map { bytes throws(Complaint) in try Self.invoice(bytes) }
        let (tokens, irn) = Self.tokens(bytes)
        guard !tokens.isEmpty else {
            throw Complaint("the file holds no signed invoice and no QR text", status: .badData)
        }
        let verdicts = tokens.map { token in
            var verdict = verify(token.text, expected)
            if let kind = token.kind, verdict.isTrue, verdict.kind != kind {
                verdict.problem = "it stands where the \(kind == .invoice ? "signed invoice" : "signed QR") belongs"
            }
            return verdict
        }
        return Self.together(verdicts, irn)
    }

    private struct Token {
        var text: String
        /// What an answer calls it; nil of a text that stands alone.
        var kind: SignedVerdict.Kind?
    }

    /// What came in one answer has to be of one invoice: each text may be true, and the two of different ones.
    private static func together(_ verdicts: [SignedVerdict], _ irn: String?) -> [SignedVerdict] {
        var verdicts = verdicts
        let first = verdicts.first { $0.isTrue }?.claims?.irn
        for place in verdicts.indices where verdicts[place].isTrue {
            guard let own = verdicts[place].claims?.irn else { continue }
            if let irn, irn.lowercased() != own {
                verdicts[place].problem = "it is of another invoice than the answer names: IRN \(own)"
            } else if let first, first != own {
                verdicts[place].problem = "it is of another invoice than the text beside it: IRN \(own)"
            }
        }
        return verdicts
    }

    /// What is to be said of the texts that a portal signed of a registered invoice: of the invoice, or of the QR when
    /// only that is wrong. With the keys that are known now.
    static func verdict(_ result: IrnResult, sent: [UInt8], _ workspace: Workspace) -> SignedVerdict {
        guard let texts = try? SignedTexts(workspace) else {
            return SignedVerdict(problem: "no provider file names a key that invoices are signed with")
        }
        do throws(Complaint) {
            let expected = try invoice(sent)
            guard let token = result.signedInvoice else {
                return SignedVerdict(problem: "the portal gave no signed invoice")
            }
            let verdict = texts.verify(token, expected)
            guard verdict.isTrue else { return verdict }
            guard let qr = result.signedQr else { return SignedVerdict(problem: "the portal gave no signed QR") }
            let other = texts.verify(qr, expected)
            return other.isTrue ? verdict : SignedVerdict(problem: "of the signed QR: \(other.sentence)")
        } catch {
            return SignedVerdict(problem: error.description)
        }
    }

    private func verify(_ token: String, _ invoice: Invoice?) -> SignedVerdict {
        var named: String?
        do throws(SignatureProblem) {
            do throws(SignatureProblem) {
                named = try SignedDocument.keyId(of: token)
            } catch {
                // Whoever brings one key means that one.
                guard error == .noKeyId, given != nil else { throw error }
            }
            let signer = keys(for: named)
            var verdict = SignedVerdict(try SignedDocument(verifying: token, keys: signer.keys), against: invoice)
            verdict.isSimulated = signer.isSimulated
            return verdict
        } catch {
            return SignedVerdict(problem: error, keyId: named)
        }
    }

    private func keys(for id: String?) -> (keys: SignatureKeys, isSimulated: Bool?) {
        if let given {
            var keys = SignatureKeys()
            if let id { keys[id] = given } else { keys.forUnnamed = given }
            return (keys, nil)
        }
        guard let id, let ring = rings.first(where: { $0.keys[id] != nil }) else { return (SignatureKeys(), nil) }
        return (ring.keys, ring.isSimulated)
    }

    private static func invoice(_ bytes: [UInt8]) throws(Complaint) -> Invoice {
        let reading = InvoiceJSON.read(bytes)
        if let invoice = reading.value { return invoice }
        let why = reading.findings.first.map { "\($0.path.isEmpty ? "the file" : $0.path) \($0.problem)" } ?? ""
        throw Complaint("the invoice file is not understood", why: why, status: .badData)
    }

    /// - Returns: with the IRN that the answer names beside them; nil where it names none.
    private static func tokens(_ bytes: [UInt8]) -> (tokens: [Token], irn: String?) {
        // A text that was mailed or copied has line ends in it, and a byte order mark before it.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let unmarked = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        let whole = unmarked.filter { $0 > 0x20 && $0 != 0x7F }
        guard whole.first == UInt8(ascii: "{") else {
            let text = String(decoding: whole, as: UTF8.self)
            let bare = text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
            return (bare.isEmpty ? [] : [Token(text: bare)], nil)
        }
        guard let answer = try? NicFields(Array(unmarked)) else { return ([], nil) }
        let inner = answer.fields("Data", "result", "govt_response") ?? answer
        // As a portal names them, and as `einvoice get --json` does.
        let tokens = [
            inner.text("SignedInvoice", "signed_invoice").map { Token(text: $0, kind: .invoice) },
            inner.text("SignedQRCode", "signed_qr").map { Token(text: $0, kind: .qr) },
        ]
        return (tokens.compactMap(\.self), inner.text("Irn", "irn"))
    }
}
