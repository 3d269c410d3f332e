import Domain
import Services
import TerminalKit

/// An invoice as a registration portal showed it when it was asked, whoever registered it.
struct ReadInvoiceScreen: TextScreen {
    var text: ScrolledText<ReadInvoice>

    init(invoice: ReadInvoice) { text = ScrolledText(invoice) }

    static var noun: String { "invoice" }
    var scope: CommandScope { .readInvoice }
    var trail: [String] { ["From the portal"] }

    func reading(_ ticket: Ticket) -> Effect? { nil }
    static func content(of loaded: Loaded) -> ReadInvoice? { nil }

    func head(_ invoice: ReadInvoice, _ context: ScreenContext) -> [Line] {
        let total = invoice.rupees.map { Line(" · ₹\($0.grouped)", .heading) } ?? .empty
        let source = "As \(invoice.provider) showed it on \(context.full(invoice.readAt))"
        return [
            Line(invoice.title, .heading, .bold) + total,
            Self.badge(invoice).line + Line("  its signature fits", .success),
            Line(source, .muted),
        ]
    }

    func lines(_ invoice: ReadInvoice, _ context: ScreenContext) -> [Line] {
        let facts: [(String, String)] = [
            ("IRN", invoice.irn), ("Ack. number", invoice.ackNumber),
            ("Registered", invoice.ackAt.map(context.full) ?? "the portal does not say when"),
            ("Seller", invoice.sellerGstin), ("Buyer", invoice.buyerGstin), ("Asked by", invoice.gstin.text),
        ]
        let widest = (facts.map { $0.0.count }.max() ?? 0) + 2
        let told = facts.map { Line(Text.pad($0.0, to: widest), .muted) + Line($0.1) }
        let qr = invoice.signedQr.map { [Line.empty, Line("Signed QR", .heading, .bold), Line($0, .muted)] } ?? []
        return told + [.empty, Line("Signed invoice", .heading, .bold), Line(invoice.signedInvoice, .muted)] + qr
    }

    static func badge(_ invoice: ReadInvoice) -> Badge {
        switch invoice.isCancelled {
        case true: Badge(glyph: "–", word: EInvoiceStanding.cancelled.title, role: .muted)
        case false: Badge(glyph: "✓", word: EInvoiceStanding.registered.title, role: .success)
        case nil: Badge(glyph: "?", word: "Not told", role: .warning)
        }
    }
}

extension Toast {
    /// What came of an invoice, for somebody who did not wait for the answer.
    init(_ invoice: ReadInvoice) {
        self.init(
            invoice.isCancelled == false ? .success : .warning,
            "\(invoice.title): \(ReadInvoiceScreen.badge(invoice).word)",
            detail: "the portal's answer is kept")
    }
}
