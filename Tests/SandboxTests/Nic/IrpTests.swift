import Crypto
import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(20))) struct IrpTests {
    @Test func aRegisteredInvoiceIsSignedAsItWasSent() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let made = try await hand.register(SampleInvoice(number: "a/101"))
            #expect(made.irn == ContentHash.sha256(Array("\(NicHand.seller)2026-27INVA/101".utf8)))
            #expect(made.status == .active && made.eWayBill == nil)
            #expect(made.ackNumber.utf8.count == 15 && made.ackNumber.hasPrefix("112610"))
            let keys = try hand.signatureKeys()
            let invoice = try SignedDocument(verifying: made.signedInvoice ?? "", keys: keys)
            let text = String(decoding: invoice.data, as: UTF8.self)
            #expect(text.contains(#""Qty":10.000,"Unit":"Nos","UnitPrice":60.0,"#))
            #expect(text.contains(#""ItemList":[{"ItemNo":0,"SlNo":"1""#) && text.contains(#""No":"A/101""#))
            let facts = try SignedFacts(invoice)
            #expect(facts.irn == made.irn && facts.total == 708 && facts.ackNumber == made.ackNumber)
            let qr = try SignedDocument(verifying: made.signedQr ?? "", keys: keys)
            let order = [
                "SellerGstin", "BuyerGstin", "DocNo", "DocTyp", "DocDt", "TotInvVal", "ItemCnt", "MainHsnCode", "Irn",
                "IrnDt",
            ]
            let claims = String(decoding: qr.data, as: UTF8.self)
            #expect(
                order
                    == order.sorted { left, right in
                        (claims.range(of: "\"\(left)\"")?.lowerBound ?? claims.endIndex)
                            < (claims.range(of: "\"\(right)\"")?.lowerBound ?? claims.endIndex)
                    })
            #expect(try SignedFacts(qr).mainHsn == "732690" && claims.contains(#""TotInvVal":708.0,"#))
        }
    }

    @Test func aDocumentIsRegisteredOnceAtBothPortalsTogether() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let made = try await hand.register()
            let again = try await hand.post(Nic.Path.invoice, SampleInvoice(number: "a/101").json)
            guard case .duplicate(let known)? = again.infos.first else {
                Issue.record("\(again)")
                return
            }
            #expect(again.errors.map(\.code) == ["2150"])
            #expect(known.irn == made.irn && known.ackNumber == made.ackNumber && known.ackAt == made.ackAt)
            // The token is good at the other portal, where the document is known to be elsewhere.
            var other = hand
            other.system = "irp2"
            let elsewhere = try await other.post(Nic.Path.invoice, SampleInvoice().json)
            guard case .duplicateElsewhere(let found)? = elsewhere.infos.first else {
                Issue.record("\(elsewhere)")
                return
            }
            #expect(elsewhere.errors.map(\.code) == ["2295"])
            #expect(found.registrar == "NIC1" && found.irn == made.irn)
            #expect(try await other.get(Nic.Path.invoice(irn: made.irn)).errors.map(\.code) == ["2148"])
            other.registrar = "NIC1"
            let fetched = try await other.get(Nic.Path.invoice(irn: made.irn))
            #expect(try IrnResult(fetched.opened(under: other.sek)).signedInvoice == made.signedInvoice)
        }
    }

    @Test func anInvoiceIsFoundByItsDocumentForTwoDays() async throws {
        try await SandboxHouse.with { house in
            var hand = try await NicHand.loggedIn(house)
            let made = try await hand.register()
            let path = Nic.Path.invoice(type: "INV", number: "A/101", date: "20/11/2026")
            let found = try await hand.get(path)
            #expect(try IrnResult(found.opened(under: hand.sek)).irn == made.irn)
            let missing = try await hand.get(Nic.Path.invoice(type: "CRN", number: "A/101", date: "20/11/2026"))
            #expect(missing.errors.map(\.code) == ["2148"])
            house.clock.advance(.seconds(2 * 86_400))
            try await hand.logIn()
            #expect(try await hand.get(path).errors.map(\.code) == ["2283"])
        }
    }

    @Test func aCancelledDocumentNeverComesBack() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let made = try await hand.register()
            let cancelled = try await hand.cancel(made.irn)
            #expect(try IrnCancellation(cancelled.opened(under: hand.sek)).irn == made.irn)
            #expect(try await hand.cancel(made.irn).errors.map(\.code) == ["9999"])
            #expect(try await hand.code(Nic.Path.invoice, SampleInvoice().json) == "2278")
            let shown = try await hand.get(Nic.Path.invoice(irn: made.irn))
            #expect(try IrnResult(shown.opened(under: hand.sek)).status == .cancelled)
        }
    }

    @Test func afterADayNothingIsCancelled() async throws {
        try await SandboxHouse.with { house in
            var hand = try await NicHand.loggedIn(house)
            let made = try await hand.register()
            house.clock.advance(.seconds(86_401))
            try await hand.logIn()
            #expect(try await hand.cancel(made.irn).errors.map(\.code) == ["2270"])
        }
    }

    @Test func theBillOfTheSameCallAndWhatItKeepsFromHappening() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let answer = try await hand.post(Nic.Path.invoice, SampleInvoice().withTransport().json)
            let made = try IrnResult(answer.opened(under: hand.sek))
            let bill = try #require(made.eWayBill)
            // Steps between 226 and 560, ten kilometres each, and fifty.
            #expect(answer.infos == [.distance(3_390, text: "Pin-Pin calc distance: 3390KM")])
            #expect(bill.validUntil.map(NicTime.invoiceText) == "2026-12-07 23:59:00")
            #expect(try await hand.cancel(made.irn).errors.map(\.code) == ["2230"])
            let read = try await hand.get(Nic.Path.eWayBill(irn: made.irn))
            #expect(try EwbResult(read.opened(under: hand.sek)).number == bill.number)
            // The bill stands in the e-way bill system too, under the same token.
            var ewb = hand
            ewb.system = "ewb"
            let detail = try await ewb.detail(bill.number)
            #expect(detail.documentNumber == "A/101" && detail.total == 708 && detail.vehicles.count == 1)
            // NIC's sandbox takes this at the portal's host as well.
            let cancel = #"{"ewbNo":\#(bill.number),"cancelRsnCode":2,"cancelRmrk":"x"}"#
            let sealed = try NicRequest.body(.cancel, Array(cancel.utf8), under: hand.sek)
            let done = try await hand.send(.post, "/ewaybillapi/v1.03/ewayapi", sealed)
            #expect(try EwbAnswer(done.body).isSuccess)
            #expect(try await hand.cancel(made.irn).isSuccess)
        }
    }

    @Test func aBillThatCannotBeMadeDoesNotUndoTheInvoice() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let invoice = SampleInvoice().withTransport(#","EwbDtls":{"TransMode":"1","Distance":0}}"#)
            let answer = try await hand.post(Nic.Path.invoice, invoice.json)
            #expect(answer.infos == [.ewbRefused([NicError(code: "4011", message: "Vehicle is missing")])])
            let made = try IrnResult(answer.opened(under: hand.sek))
            let details = #"{"Irn":"\#(made.irn)","Distance":1700,"TransId":"\#(NicHand.transporter)"}"#
            let bill = try await hand.post(Nic.Path.eWayBill, details)
            let partA = try EwbResult(bill.opened(under: hand.sek))
            #expect(partA.number.utf8.count == 12 && partA.validUntil == nil && bill.infos.isEmpty)
            #expect(try await hand.code(Nic.Path.eWayBill, details) == "4002")
        }
    }

    @Test(
        arguments: [
            (#""SupTyp":"B2B""#, #""SupTyp":"B2C""#, "5002"), (#""No":"A/101""#, #""No":"/101""#, "5002"),
            (#""Qty":10.000"#, #""Qty":10.0005"#, "5002"), (#""Version":"1.1","#, "", "5002"),
            (#""Stcd":"09""#, #""Stcd":"08""#, "2258"), (#""Pin":226001"#, #""Pin":560002"#, "3039"),
            ("20/11/2026", "21/11/2026", "2218"), ("20/11/2026", "20/10/2026", "2305"),
            (#""IgstAmt":108,"#, #""IgstAmt":110.5,"#, "2235"), (#""TotItemVal":708.00"#, #""TotItemVal":711"#, "2194"),
            (#""TotInvVal":708.0"#, #""TotInvVal":710"#, "2189"), (#""Unit":"Nos","#, "", "2239"),
            (#""HsnCd":"732690""#, #""HsnCd":"998311""#, "2176"), (#""GstRt":18"#, #""GstRt":17"#, "2240"),
            (NicHand.buyer, "URP", "2171"), (NicHand.buyer, NicHand.gstin("29AAACB9999F1Z"), "3029"),
            (NicHand.seller, NicHand.gstin("09AAFHH6757K1Z"), "2143"), (#""AssVal":600.0"#, #""AssVal":602"#, "2182"),
            (#""RegRev":"N""#, #""RegRev":"N","IgstOnIntra":"Y""#, "2262"),
        ])
    func whatIsWrongHasItsNumber(text: String, instead: String, code: String) async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let answer = try await hand.post(Nic.Path.invoice, SampleInvoice([(text, instead)]).json)
            #expect(answer.errors.map(\.code).contains(code), "\(answer.errors)")
            #expect(!answer.isSuccess && answer.data == nil)
        }
    }

    @Test func namesInAnyCaseAndSmallDifferencesAreTaken() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let made = try await hand.register(
                SampleInvoice([("DocDtls", "docdtls"), (#""IgstAmt":108,"#, #""igstamt":108.9,"#)]))
            let document = try SignedDocument(verifying: made.signedInvoice ?? "", keys: hand.signatureKeys())
            #expect(String(decoding: document.data, as: UTF8.self).contains(#""IgstAmt":108.9"#))
        }
    }

    @Test func textsOfEveryScriptAreSignedAndBrokenJsonIsRefused() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let made = try await hand.register(SampleInvoice([("Bela Stores", #"Bela \u0928\ud83d\ude00\/\t\u00e9"#)]))
            let document = try SignedDocument(verifying: made.signedInvoice ?? "", keys: hand.signatureKeys())
            #expect(String(decoding: document.data, as: UTF8.self).contains(#""LglNm":"Bela न😀/\u0009é""#))
            for bad in [#"{"Version":"1.1",}"#, "[]", #"{"a":01}"#, #"{"a":"\ud83d"}"#, "{\"a\":\"\t\"}", "{} x", ""] {
                #expect(try await hand.code(Nic.Path.invoice, bad) == "5002", "\(bad)")
            }
        }
    }

    @Test func detailsOfATaxpayerAndTheHeartbeat() async throws {
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let own = try await NicFields(hand.get(Nic.Path.gstin(NicHand.seller)).opened(under: hand.sek))
            #expect(own.text("LegalName") == "Harihar & Co" && own.text("Status") == "ACT")
            #expect(own.number("StateCode") == 9)
            let unknown = try await hand.get(Nic.Path.gstin(NicHand.gstin("29AAACB0000F1Z")))
            #expect(unknown.errors.map(\.code) == ["3028"])
            let ping = try await hand.send(.get, Nic.Path.ping)
            #expect(String(decoding: ping.body, as: UTF8.self).contains("-20-11-2026 "))
        }
    }
}
