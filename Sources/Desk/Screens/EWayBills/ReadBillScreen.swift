import Domain
import Services
import TerminalKit

/// An e-way bill as the system showed it when it was asked, whoever made it and whoever changed it since.
struct ReadBillScreen: TextScreen {
    var text: ScrolledText<ReadBill>

    init(bill: ReadBill) { text = ScrolledText(bill) }

    static var noun: String { "bill" }
    var scope: CommandScope { .readInvoice }
    var trail: [String] { ["From the system"] }

    func reading(_ ticket: Ticket) -> Effect? { nil }
    static func content(of loaded: Loaded) -> ReadBill? { nil }

    func head(_ bill: ReadBill, _ context: ScreenContext) -> [Line] {
        let total = bill.total.map { Line(" · ₹\($0.grouped)", .heading) } ?? .empty
        let standing = bill.standing(at: context.now, soon: EWayBillStanding.soon)
        let until = bill.isCancelled || bill.isRejected ? nil : bill.validUntil
        return [
            Line("E-way bill \(bill.number)", .heading, .bold) + total,
            Line(standing.title, standing == .valid ? .success : .warning, .bold)
                + Line(until.map { " · valid until \(context.full($0))" } ?? ""),
            Line("As \(bill.provider) showed it to \(bill.gstin) on \(context.full(bill.readAt))", .muted),
        ]
    }

    func lines(_ bill: ReadBill, _ context: ScreenContext) -> [Line] {
        let facts: [(String, String?)] = [
            ("Document", bill.document), ("Made", bill.madeAt.map(context.full)), ("Made by", bill.madeBy),
            ("From", bill.fromGstin), ("To", bill.toGstin), ("Transporter", bill.transporter),
            ("Distance", bill.distance.map { "\($0) km" }),
            ("Extended", bill.extensions == 0 ? "never" : Counted.times(bill.extensions)),
        ]
        let told = facts.compactMap { name, value in
            value.map { Line(Text.pad(name, to: 13), .muted) + Line(HarmlessText.line($0, limit: 200)) }
        }
        guard !bill.vehicles.isEmpty else { return told + [.empty, Line("No vehicle is entered yet.", .muted)] }
        let vehicles = bill.vehicles.map { row in
            let parts = [
                row.number ?? "no number", row.fromPlace.map { "from \($0)" },
                row.enteredAt.map { "entered \(context.full($0))" }, row.consolidated.map { "consolidated bill \($0)" },
            ]
            return Line(HarmlessText.line(parts.compactMap(\.self).joined(separator: " · "), limit: 300))
        }
        return told + [.empty, Line("Vehicles, the newest first", .heading, .bold)] + vehicles
    }
}

extension EWayBillsScreen {
    /// A bill of others stands in no list here: its number is typed.
    static let askOther = Prompt(
        id: "ask", title: "Ask the system about a bill", label: "Number",
        hint: "12 digits; behind it the GSTIN that asks: a party or the transporter",
        needed: "the number is needed: 12 digits")

    /// What was typed: a number, and behind it who asks.
    mutating func asking(_ text: String, _ context: ScreenContext) -> [Effect] {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let named = words.dropFirst().first.flatMap { try? Gstin($0.uppercased()) }
        guard let number = words.first, words.count <= 2, words.count == 1 || named != nil else {
            return [.toast(Toast(.warning, "That is no number of a bill", detail: "such as 331001000002 GSTIN"))]
        }
        return asking(number: number, named, context)
    }

    mutating func asking(number: String, _ asker: Gstin?, _ context: ScreenContext) -> [Effect] {
        awaited = number
        return [
            .eWayBills(.ask(number, asker: asker), context.awaited),
            .toast(Toast(.info, "The system is asked how bill \(number) stands", detail: "the answer opens")),
        ]
    }
}

extension Toast {
    /// How a bill stands, for somebody who did not wait for the answer.
    init(_ bill: ReadBill, _ now: Instant, _ utcOffset: Int) {
        let standing = bill.standing(at: now, soon: EWayBillStanding.soon)
        let end = bill.isCancelled || bill.isRejected ? nil : bill.validUntil
        let parts = [
            end.map {
                "until \(TimeText.date(CivilTime($0, offset: utcOffset).date)) \(TimeText.minute($0, offset: utcOffset))"
            },
            bill.vehicles.first.map { HarmlessText.line($0.number ?? "a vehicle without a number", limit: 30) },
        ]
        self.init(
            standing == .valid ? .success : .warning, "E-way bill \(bill.number): \(standing.title)",
            detail: parts.compactMap(\.self).joined(separator: " · "))
    }
}
