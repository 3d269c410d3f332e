import Domain
import Foundation
import Sandbox
import Testing
import Wire

/// Invoices of every kind that NIC takes (facts: nic-einvoice-ewb 4.2, 4.6): what the sandbox refuses of them would be
/// refused for nothing.
@Suite(.timeLimit(.minutes(20))) struct InvoiceKindTests {
    private static let intra = [
        (NicHand.buyer, NicHand.gstin("09AAACB1234F1Z")), (#""Pos":"29""#, #""Pos":"09""#),
        (#""Pin":560001,"Stcd":"29""#, #""Pin":201301,"Stcd":"09""#),
    ]
    private static let sez = [(NicHand.buyer, NicHand.gstin("29AAACB7777F1Z"))]
    private static let export = [
        (NicHand.buyer, "URP"), (#""Pos":"29""#, #""Pos":"96""#),
        (#""Pin":560001,"Stcd":"29""#, #""Pin":999999,"Stcd":"96""#),
    ]
    private static let untaxed = [
        (#""IgstAmt":108,"TotItemVal":708.00"#, #""IgstAmt":0,"TotItemVal":600.00"#),
        (#""IgstVal":108.00,"TotInvVal":708.0"#, #""IgstVal":0,"TotInvVal":600.0"#),
    ]

    private static func supply(_ kind: String) -> (String, String) { (#""SupTyp":"B2B""#, "\"SupTyp\":\"\(kind)\"") }

    static let kinds: [(name: String, changes: [(String, String)])] = [
        ("between states", []),
        (
            "within a state",
            intra + [
                (#""IgstAmt":108"#, #""CgstAmt":54,"SgstAmt":54"#),
                (#""IgstVal":108.00"#, #""CgstVal":54,"SgstVal":54"#),
            ]
        ),
        ("IGST within a state", intra + [(#""RegRev":"N""#, #""RegRev":"N","IgstOnIntra":"Y""#)]),
        ("reverse charge, tax in", [(#""RegRev":"N""#, #""RegRev":"Y""#)]),
        (
            "reverse charge, tax out",
            [
                (#""RegRev":"N""#, #""RegRev":"Y""#), (#""TotItemVal":708.00"#, #""TotItemVal":600"#),
                (#""TotInvVal":708.0"#, #""TotInvVal":600"#),
            ]
        ),
        ("SEZ with payment", sez + [supply("SEZWP")]), ("SEZ without payment", sez + untaxed + [supply("SEZWOP")]),
        ("export with payment", export + [supply("EXPWP")]),
        ("export without payment", export + untaxed + [supply("EXPWOP")]), ("deemed export", [supply("DEXP")]),
        (
            "credit note whose tax is rounded over the lines",
            [
                (#""Typ":"INV""#, #""Typ":"CRN""#), (#""IgstAmt":108,"#, #""IgstAmt":110.5,"#),
                (#""IgstVal":108.00"#, #""IgstVal":110.5"#), ("708.00", "710.50"), ("708.0", "710.5"),
            ]
        ),
        (
            "services only",
            [(#""IsServc":"N","HsnCd":"732690","Qty":10.000,"Unit":"Nos""#, #""IsServc":"Y","HsnCd":"998311""#)]
        ),
        (
            "other charges, discount and rounding",
            [
                (#""TotInvVal":708.0"#, #""Discount":10,"OthChrg":20,"RndOffAmt":0.30,"TotInvVal":718.30"#)
            ]
        ),
        (
            "cess of every kind",
            [
                (
                    #""TotItemVal":708.00"#,
                    #""CesRt":5,"CesAmt":30,"CesNonAdvlAmt":2,"StateCesRt":1,"StateCesAmt":6,"StateCesNonAdvlAmt":1,"TotItemVal":747"#
                ), (#""TotInvVal":708.0"#, #""CesVal":32,"StCesVal":7,"TotInvVal":747"#),
            ]
        ),
    ]

    @Test(arguments: kinds.indices) func anInvoiceOfEveryKindIsTaken(index: Int) async throws {
        let kind = Self.kinds[index]
        try await SandboxHouse.with { house in
            let hand = try await NicHand.loggedIn(house)
            let answer = try await hand.post(Nic.Path.invoice, SampleInvoice(kind.changes).json)
            #expect(answer.isSuccess, "\(kind.name): \(answer.errors)")
        }
    }
}
