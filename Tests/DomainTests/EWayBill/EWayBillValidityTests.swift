import Domain
import Testing

/// Worked examples of facts: nic-einvoice-ewb 6; the ends of the first two and of the extension stood on real bills.
@Suite struct EWayBillValidityTests {
    private func moment(_ text: String) throws -> Instant { try #require(NicTime.instant(text)) }

    @Test(arguments: [
        ("09/07/2025 11:32:00 AM", 29, "10/07/2025 11:59:00 PM"),
        ("2022-09-16 10:00:00", 2_467, "29/09/2022 11:59:00 PM"),
        ("2026-02-27 23:59:59", 400, "01/03/2026 11:59:00 PM"), ("2028-02-28 00:00:00", 1, "29/02/2028 11:59:00 PM"),
    ])
    func aBillHoldsToTheEndOfItsLastDay(partB: String, distance: Int, end: String) throws {
        let found = EWayBillValidity.end(partB: try moment(partB), distance: distance)
        #expect(NicTime.ewbText(found) == end)
    }

    @Test(arguments: [
        (1, VehicleKind.regular, false, 1), (200, .regular, false, 1), (201, .regular, false, 2),
        (2_467, .regular, false, 13),
        (20, .overDimensional, false, 1), (21, .overDimensional, false, 2), (4_000, .overDimensional, false, 200),
        (201, .regular, true, 11), (0, .regular, false, 1),
    ])
    func daysGoByDistance(distance: Int, kind: VehicleKind, hasShipLeg: Bool, days: Int) {
        #expect(EWayBillValidity.days(distance: distance, kind: kind, hasShipLeg: hasShipLeg) == days)
    }

    private func bill(generated: String = "01/07/2023 09:00:00 AM", end: String) throws -> EWayBillValidity.Running {
        EWayBillValidity.Running(generated: try moment(generated), end: try moment(end), distance: 600)
    }

    private func extended(
        _ bill: EWayBillValidity.Running, at text: String, _ remaining: Int,
        base: EWayBillValidity.ExtensionBase = .extensionDay
    ) throws -> String {
        NicTime.ewbText(
            try EWayBillValidity.extended(bill, at: try moment(text), remaining: remaining, base: base))
    }

    @Test func anExtensionCountsTheRemainingWay() throws {
        let bill = try bill(end: "04/07/2023 11:59:00 PM")
        #expect(try extended(bill, at: "04/07/2023 06:13:00 PM", 5) == "05/07/2023 11:59:00 PM")
        #expect(try extended(bill, at: "04/07/2023 06:13:00 PM", 600) == "07/07/2023 11:59:00 PM")
    }

    @Test func afterMidnightTheBaseIsASetting() throws {
        let bill = try bill(end: "04/07/2023 11:59:00 PM")
        #expect(try extended(bill, at: "05/07/2023 02:00:00 AM", 5) == "06/07/2023 11:59:00 PM")
        #expect(try extended(bill, at: "05/07/2023 02:00:00 AM", 5, base: .oldExpiry) == "05/07/2023 11:59:00 PM")
    }

    @Test func theWindowIsEightHoursBeforeAndAfter() throws {
        let bill = try bill(end: "04/07/2023 11:59:00 PM")
        let window = EWayBillValidity.extensionWindow(bill.end)
        #expect(NicTime.ewbText(window.lowerBound) == "04/07/2023 03:59:00 PM")
        #expect(NicTime.ewbText(window.upperBound) == "05/07/2023 07:59:00 AM")
        #expect(throws: EWayBillValidity.ExtensionProblem.tooEarly(from: window.lowerBound)) {
            try extended(bill, at: "04/07/2023 03:58:59 PM", 5)
        }
        #expect(throws: EWayBillValidity.ExtensionProblem.tooLate(until: window.upperBound)) {
            try extended(bill, at: "05/07/2023 07:59:01 AM", 5)
        }
        #expect(throws: EWayBillValidity.ExtensionProblem.tooFar) {
            try extended(bill, at: "04/07/2023 06:13:00 PM", 601)
        }
    }

    @Test func afterThreeHundredAndSixtyDaysNothingIsExtended() throws {
        // 360 days after 01-01-2025 is 27-12-2025.
        let near = try bill(generated: "01/01/2025 09:00:00 AM", end: "26/12/2025 11:59:00 PM")
        #expect(try extended(near, at: "26/12/2025 08:00:00 PM", 600) == "27/12/2025 11:59:00 PM")
        let over = try bill(generated: "01/01/2025 09:00:00 AM", end: "27/12/2025 11:59:00 PM")
        #expect(throws: EWayBillValidity.ExtensionProblem.capReached) {
            try extended(over, at: "27/12/2025 08:00:00 PM", 600)
        }
    }

    @Test func cancellingHasADay() throws {
        let generated = try moment("28/02/2026 11:30:00 PM")
        #expect(
            NicTime.ewbText(EWayBillValidity.cancelUntil(generated: generated)) == "01/03/2026 11:30:00 PM")
    }

    @Test(arguments: [
        ("09/07/2025 11:32:00 AM", "2025-07-09 11:32:00"), ("10/07/2025 11:59:00 PM", "2025-07-10 23:59:00"),
        ("10/07/2025 12:00:00 AM", "2025-07-10 00:00:00"), ("10/07/2025 12:05:09 PM", "2025-07-10 12:05:09"),
    ])
    func bothFormsOfAMomentAreOne(twelve: String, twentyFour: String) throws {
        let moment = try moment(twelve)
        #expect(NicTime.instant(twentyFour) == moment)
        #expect(NicTime.instant(twelve + " ") == moment)
        #expect(NicTime.ewbText(moment) == twelve)
        #expect(NicTime.invoiceText(moment) == twentyFour)
    }

    @Test(arguments: [
        "", "09/07/2025", "09/07/2025 13:32:00 PM", "31/02/2025 11:32:00 AM", "2025-07-09 24:00:00",
        "2025-07-09 11:60:00",
        "09/07/2025 11:32 AM", "09/07/2025 11:32:00 XM", "09/07/2025 00:32:00 AM",
    ])
    func whatIsNoMomentIsRefused(text: String) {
        #expect(NicTime.instant(text) == nil)
    }

    @Test func theThirdDigitNamesTheSite() {
        #expect(EWayBillNumber("141000000001")?.site == .first)
        #expect(EWayBillNumber("148000000001")?.site == .second)
        #expect(EWayBillNumber("14100000001") == nil)
        #expect(EWayBillNumber("14100000000x") == nil)
    }
}
