import Domain
import Services
import TerminalKit

@testable import Desk

extension Sample {
    private static func making(_ number: Int, _ state: OperationState) -> PortalOperation {
        var operation = registration(number, state)
        operation.id = OperationId(at: now, random: [UInt8](repeating: UInt8(100 + number), count: 10))
        (operation.kind, operation.provider) = (.ewaybillGenerate, "sandbox-ewb")
        operation.businessKey = "ewb/\(gstins[0])/INV/GE-\(number)/20/11/2026/1"
        operation.expectedReference = nil
        operation.reference = state == .filed ? billNumber(number) : nil
        return operation
    }

    static func billNumber(_ number: Int) -> String { "33100100000\(number % 10)" }

    /// - Parameters: hours from now, below zero for the past.
    static func bill(_ number: Int, made: Int, ends: Int?, isCancelled: Bool = false) -> StandingBill {
        StandingBill(
            operation: making(number, .filed), number: billNumber(number), madeAt: now + .seconds(3_600 * made),
            validUntil: ends.map { now + .seconds(3_600 * $0) }, vehicle: ends == nil ? "" : "UP32AB123\(number % 10)",
            transporter: number == 2 ? gstins[1] : "", distance: 420, isCancelled: isCancelled)
    }

    /// One of each standing that people meet.
    static let bills: [StandingBill] = {
        var doubtful = bill(3, made: -20, ends: 5)
        var change = making(3, .unknown)
        (change.kind, change.businessKey) = (.ewaybillExtend, "ewb/\(billNumber(3))/ewaybill_extend/1")
        doubtful.change = change
        return [
            StandingBill(operation: making(1, .queued)), bill(2, made: -30, ends: 3), doubtful,
            bill(4, made: -6, ends: 53), bill(5, made: -60, ends: -2), bill(6, made: -90, ends: -30),
            bill(7, made: -1, ends: nil), bill(8, made: -3, ends: 40, isCancelled: true),
        ]
    }()

    static let watch = BillWatch(
        expiring: 1, nextEnd: now + .seconds(3 * 3_600), changesAt: now + .seconds(3 * 3_600))

    static func billPage(_ rows: [StandingBill] = bills) -> EWayBillPage {
        EWayBillPage(
            rows: rows, page: 1, pageCount: 1, total: rows.count, firstSerial: rows.isEmpty ? 0 : 1,
            watch: rows.isEmpty ? BillWatch() : watch)
    }
}
