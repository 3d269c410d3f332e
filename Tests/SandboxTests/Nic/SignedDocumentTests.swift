import Domain
import FoundationEssentials
import Testing
import Wire

@Suite struct SignedDocumentTests {
    private static let qr =
        #"{"SellerGstin":"09AAFHH6756K1ZQ","BuyerGstin":"URP","DocNo":"A/1","DocTyp":"INV","DocDt":"20/11/2026","#
        + #""TotInvVal":118.00,"ItemCnt":1,"MainHsnCode":"8471","Irn":"ab","IrnDt":"2026-11-20 10:00:00"}"#

    private func token(_ signer: DocumentSigner, issuer: String = "NIC") throws -> String {
        try #require(signer.token(of: Array(Self.qr.utf8), issuer: issuer))
    }

    @Test func whatWasSignedIsReadAsItWasSigned() throws {
        let signer = try TestSigner.make()
        let document = try SignedDocument(verifying: token(signer), keys: TestSigner.keys(signer))
        #expect(document.data == Array(Self.qr.utf8) && document.issuer == "NIC" && document.keyId == signer.keyId)
        let claims = try SignedFacts(document)
        #expect(claims.total == Decimal(118) && claims.itemCount == 1 && claims.mainHsn == "8471")
        #expect(claims.documentDate == LegalDate("2026-11-20") && claims.buyerGstin == "URP")
    }

    @Test func everyChangedCharacterIsRefused() async throws {
        let signer = try TestSigner.make()
        let keys = try TestSigner.keys(signer)
        let whole = Array(try token(signer).utf8)
        for index in whole.indices {
            // Others wait for the same two threads.
            await Task.yield()
            var changed = whole
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: SignatureProblem.self, "character \(index)") {
                try SignedDocument(verifying: String(decoding: changed, as: UTF8.self), keys: keys)
            }
        }
    }

    /// The last character of a signature holds bits that stand for nothing: another one would decode to the same bytes.
    @Test func aSecondWayToWriteTheSameSignatureIsRefused() throws {
        let signer = try TestSigner.make()
        var text = try token(signer)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let last = try #require(alphabet.firstIndex(of: text.removeLast()))
        text.append(alphabet[last + 1])
        #expect(throws: SignatureProblem.base64(.signature)) {
            try SignedDocument(verifying: text, keys: TestSigner.keys(signer))
        }
    }

    @Test func whatIsWrongIsNamed() throws {
        let signer = try TestSigner.make()
        let keys = try TestSigner.keys(signer)
        let good = try token(signer)
        let parts = good.split(separator: ".").map(String.init)
        func problem(_ header: String? = nil, _ text: String? = nil, _ keys: SignatureKeys = keys) -> SignatureProblem?
        {
            let head = header.map { Base64.text(Array($0.utf8)).replacing("=", with: "") }
            return #expect(throws: SignatureProblem.self) {
                try SignedDocument(verifying: text ?? "\(head ?? "").\(parts[1]).\(parts[2])", keys: keys)
            }
        }
        let kid = signer.keyId
        #expect(problem(#"{"alg":"none","kid":"\#(kid)"}"#) == .algorithm("none"))
        #expect(problem(#"{"alg":"HS256","kid":"\#(kid)"}"#) == .algorithm("HS256"))
        #expect(problem(#"{"alg":"RS256"}"#) == .noKeyId)
        #expect(problem(#"{"alg":"RS256","kid":"00","jwk":{"kty":"RSA"}}"#) == .unknownKey("00"))
        #expect(problem(#"{"alg":"RS256","kid":"\#(kid)","crit":["b64"]}"#) == .header)
        #expect(problem("[]") == .header)
        #expect(problem(nil, good + ".AAAA") == .parts(4))
        #expect(problem(nil, "a.b") == .parts(2))
        #expect(problem(nil, "\(parts[0]).\(parts[1])=.\(parts[2])") == .base64(.payload))
        #expect(problem(nil, good, SignatureKeys()) == .unknownKey(kid))
        let foreign = try token(signer, issuer: "Somebody")
        #expect(problem(nil, foreign) == .issuer("Somebody"))
        let unreadable = signer.token(of: Array("no JSON".utf8), issuer: "NIC") ?? ""
        #expect(problem(nil, unreadable) == .payload)
    }

    @Test func aKeyIsTrustedForItsOwnTimeOnly() throws {
        let signer = try TestSigner.make()
        var keys = try TestSigner.keys(signer)
        keys[signer.keyId]?.until = LegalDate("2026-11-20")
        _ = try SignedDocument(verifying: token(signer), keys: keys)
        keys[signer.keyId]?.until = LegalDate("2026-11-19")
        let day = try #require(LegalDate("2026-11-20"))
        #expect(throws: SignatureProblem.outOfTime(day)) {
            try SignedDocument(verifying: token(signer), keys: keys)
        }
    }

    private static func facts(_ text: String) throws -> SignedFacts { try SignedFacts(verified: Array(text.utf8)) }

    @Test func whatAQrDoesNotStateIsNotComparedAndAnInvoiceStatesAll() throws {
        let text = SampleInvoice(number: "A/1").json
        let invoice = try #require(InvoiceJSON.read(Array(text.utf8)).value)
        let head = #"{"AckNo":112610100000001,"AckDt":"2026-11-20 10:00:00","Irn":"ab","#
        let whole = head + text.dropFirst()
        #expect(SignedDifference.first(of: try Self.facts(whole), invoice) == nil)
        // Portals sign an empty part where no bill was wanted.
        let withPart = String(whole.dropLast()) + #","EwbDtls":{"Distance":0}}"#
        #expect(SignedDifference.first(of: try Self.facts(withPart), invoice) == nil)
        let totalless = whole.replacing(#","TotInvVal":708.0"#, with: "")
        #expect(totalless != whole)
        #expect(SignedDifference.first(of: try Self.facts(totalless), invoice, .identity)?.name == "total")
        var other = invoice
        other.buyer.location = "Mysuru"
        let deep = SignedDifference.first(of: try Self.facts(whole), other)
        #expect(deep?.path == "BuyerDtls.Loc" && deep?.given == "Mysuru")
        #expect(SignedDifference.first(of: try Self.facts(whole), other, .identity) == nil)

        let seller = try #require(invoice.seller.gstin)
        let buyer = try #require(invoice.buyer.gstin)
        let day = try #require(invoice.document.date)
        let document = #""DocNo":"a/1","DocTyp":"INV","DocDt":"\#(day)""#
        let parties = #""SellerGstin":"\#(seller)","BuyerGstin":"\#(buyer)",\#(document)"#
        let bare = #"{\#(parties),"TotInvVal":708,"Irn":"ab"}"#
        #expect(SignedDifference.first(of: try Self.facts(bare), invoice) == nil)
        // A total that is missing, or that nobody can read, is no total that agrees.
        for total in ["", #","TotInvVal":1e400"#] {
            let text = #"{\#(parties)\#(total),"Irn":"ab"}"#
            #expect((try? Self.facts(text)).map { SignedDifference.first(of: $0, invoice)?.name == "total" } ?? true)
        }
        #expect(SignedDifference.first(of: try Self.facts(#"{\#(parties),"Irn":"ab"}"#), invoice)?.name == "total")
        var another = invoice
        (another.document.number, another.buyer.gstin, another.transaction.supplyType) = ("A/2", "URP", "EXPWP")
        #expect(SignedDifference.first(of: try Self.facts(bare), another)?.path == "DocDtls.No")
        #expect(SignedDifference.first(of: try Self.facts(whole), another)?.path == "TranDtls.SupTyp")
        let counted = bare.replacing("}", with: #","ItemCnt":7}"#)
        #expect(SignedDifference.first(of: try Self.facts(counted), invoice)?.name == "number of items")
        let main = bare.replacing("}", with: #","MainHsnCode":"0000"}"#)
        #expect(SignedDifference.first(of: try Self.facts(main), invoice)?.path == "MainHsnCode")
    }
}
