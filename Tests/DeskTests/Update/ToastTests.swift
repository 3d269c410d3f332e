import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// Messages stand where they hide nothing that matters, and go with the screen that they belong to.
@Suite("Messages of the desk") struct ToastTests {
    private static let bill = ReadBill(
        number: Sample.billNumber(2), gstin: Sample.gstin(0), provider: "sandbox-ewb", readAt: Sample.now,
        validUntil: Sample.now + .seconds(86_400), vehicles: [ReadBill.Vehicle(number: "DL01AB4321")])

    private static func asking(_ size: Size = Sample.wide) throws -> (bench: Bench, ticket: Ticket) {
        var bench = try EWayBillsTests.expiring(size: size)
        bench.press("g")
        let ask = bench.effects.first { if case .eWayBills(.ask, _) = $0 { true } else { false } }
        return (bench, try #require(ask?.ticket))
    }

    @Test(arguments: [Sample.narrow, Sample.wide])
    func `a short message takes the line above the hints and leaves rows and hints alone`(size: Size) throws {
        var bench = try EWayBillsTests.open(size: size)
        let before = bench.canvas.textRows
        bench.input(.notice(Toast(.success, "Written to /exports/a.json")))
        let rows = bench.canvas.textRows
        let foot = rows[size.rows - 2]
        #expect(foot.contains(" ✓ Written to /exports/a.json ") && foot.contains("/page"))
        #expect(rows.dropLast(2) == before.dropLast(2) && rows.last == before.last)
    }

    @Test func `a long message takes the hints too, and only what went wrong a line above`() throws {
        let words = Array(repeating: "word", count: 60).joined(separator: " ")
        for (kind, covered) in [(Toast.Kind.warning, 2), (.danger, 3)] {
            var bench = try EWayBillsTests.open(size: Sample.narrow)
            let before = bench.canvas.textRows
            bench.input(.notice(Toast(kind, "It is refused", detail: words)))
            let rows = bench.canvas.textRows
            #expect(rows.dropLast(covered) == before.dropLast(covered), "\(kind)")
            #expect(rows[24 - covered].contains("It is refused · word"))
        }
    }

    @Test func `what belongs to a screen goes with it; what went wrong stays`() throws {
        var bench = try EWayBillsTests.open()
        bench.input(.notice(Toast(.info, "for this screen")))
        bench.input(.notice(Toast(.danger, "what went wrong")))
        bench.press(.alt("x"))
        #expect(bench.toasts == ["what went wrong"])
        guard
            case .expireToast(_, isLong: true)? = bench.history.last(where: {
                if case .expireToast = $0 { true } else { false }
            })
        else {
            Issue.record("what went wrong is read longer")
            return
        }
    }

    @Test func `what a form says as it closes stands on the screen below`() throws {
        var bench = try ApiUsersTests.open()
        bench.press(.enter)
        bench.type("N3w-Secret")
        bench.press(.enter, .enter)
        try bench.answerLast(.done("The API user is kept"))
        #expect(bench.shows("API users") && bench.toasts == ["The API user is kept"])
    }

    @Test func `what is asked of the system is told in its row, and its answer opens`() throws {
        var (bench, ticket) = try Self.asking()
        #expect(bench.shows("◌ the system is asked how it stands"))
        #expect(bench.toasts == ["The system is asked how bill \(Sample.billNumber(2)) stands"])
        bench.press("g")
        #expect(bench.toasts.last == "The system is being asked already")
        bench.input(.loaded(.readBill(Self.bill), ticket))
        #expect(bench.shows("From the system") && bench.shows("DL01AB4321"))
        #expect(bench.toasts == ["E-way bill \(Sample.billNumber(2)): Valid"])
        bench.press(.escape)
        #expect(!bench.shows("◌ the system is asked") && bench.toasts.isEmpty)
    }

    @Test func `an answer finds whoever went elsewhere, and opens nothing over what they do`() throws {
        var (away, ticket) = try Self.asking()
        away.press(.alt("x"))
        #expect(away.toasts.isEmpty)
        away.input(.loaded(.readBill(Self.bill), ticket))
        #expect(away.toasts == ["E-way bill \(Sample.billNumber(2)): Valid"] && away.shows("DL01AB4321"))
        #expect(!away.shows("From the system") && away.shows("GSTN actions"))
        var (above, other) = try Self.asking()
        above.press("v")
        above.input(.loaded(.readBill(Self.bill), other))
        #expect(above.toasts.last == "E-way bill \(Sample.billNumber(2)): Valid" && !above.shows("From the system"))
        var (refused, third) = try Self.asking()
        refused.press(.alt("n"))
        refused.input(.loaded(.failed(Complaint("the system is away", status: .tryLater)), third))
        #expect(refused.toasts == ["the system is away"])
    }

    @Test func `the key that asks how a bill stands is among the hints at 80 columns`() throws {
        #expect(try EWayBillsTests.expiring(size: Sample.narrow).shows("g ask"))
    }
}
