import Domain
import Testing

@Suite struct GoodInvoiceTests {
    struct Good: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var invoice: Invoice
    }

    private static let sez = InvoiceSamples.buyer(InvoiceSamples.tamilNadu, 602_117)

    private static func changed(_ invoice: Invoice, _ change: (inout Invoice) -> Void) -> Invoice {
        var invoice = invoice
        change(&invoice)
        return invoice
    }

    static let all: [Good] = [
        Good(testDescription: "B2B within a state", invoice: InvoiceSamples.intra),
        Good(testDescription: "B2B between states", invoice: InvoiceSamples.inter),
        Good(
            testDescription: "IGST within a state",
            invoice: changed(
                InvoiceSamples.integrated(
                    .business, buyer: InvoiceSamples.buyer(InvoiceSamples.secondKarnataka, 562_110))
            ) { $0.transaction.igstOnIntra = "Y" }),
        Good(
            testDescription: "reverse charge, tax in the total",
            invoice: changed(InvoiceSamples.intra) { $0.transaction.reverseCharge = "Y" }),
        Good(
            testDescription: "reverse charge, tax left out of the total",
            invoice: changed(InvoiceSamples.taxLeftOut(InvoiceSamples.intra, keepsTax: true)) {
                $0.transaction.reverseCharge = "Y"
            }),
        Good(testDescription: "SEZ with payment", invoice: InvoiceSamples.integrated(.sezWithPayment, buyer: sez)),
        Good(
            testDescription: "SEZ without payment", invoice: InvoiceSamples.withoutTax(.sezWithoutPayment, buyer: sez)),
        Good(
            testDescription: "export with payment",
            invoice: InvoiceSamples.integrated(.exportWithPayment, buyer: InvoiceSamples.abroad)),
        Good(
            testDescription: "export with payment, tax left out of the total",
            invoice: InvoiceSamples.taxLeftOut(
                InvoiceSamples.integrated(.exportWithPayment, buyer: InvoiceSamples.abroad), keepsTax: true)),
        Good(
            testDescription: "export without payment",
            invoice: InvoiceSamples.withoutTax(.exportWithoutPayment, buyer: InvoiceSamples.abroad)),
        Good(testDescription: "deemed export", invoice: InvoiceSamples.integrated(.deemedExport, buyer: sez)),
        Good(testDescription: "credit note with split rounding", invoice: InvoiceSamples.creditNote),
        Good(testDescription: "cesses and charges", invoice: InvoiceSamples.cesses),
        Good(testDescription: "with an e-way bill", invoice: InvoiceSamples.withTransport),
        Good(
            testDescription: "services only",
            invoice: changed(InvoiceSamples.intra) {
                $0.items.removeFirst()
                $0.totals.assessable = InvoiceSamples.amount("1000")
                $0.totals.cgst = InvoiceSamples.amount("90")
                $0.totals.sgst = InvoiceSamples.amount("90.0")
                $0.totals.invoiceTotal = InvoiceSamples.amount("1180")
            }),
        Good(
            testDescription: "kind in small letters",
            invoice: changed(InvoiceSamples.intra) { $0.transaction.supplyType = "b2b" }),
    ]

    @Test(arguments: all) func nothingIsFound(good: Good) {
        #expect(InvoiceRules.check(good.invoice, on: InvoiceSamples.day).map(\.line) == [])
    }
}
