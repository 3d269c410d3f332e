import Domain
import Testing

@Suite struct InvoiceCancellationTests {
    private let acknowledged = NicTime.instant(InvoiceSamples.day, hour: 18, minute: 35)

    private func codes(_ cancellation: InvoiceCancellation, afterHours hours: Int64, seconds: Int64 = 0) -> [String?] {
        InvoiceRules.check(
            cancellation, acknowledged: acknowledged, at: acknowledged + .seconds(hours * 3_600 + seconds)
        ).map(\.code)
    }

    @Test func aDayIsGivenAndReasonsAreFour() {
        var cancellation = InvoiceCancellation()
        #expect(codes(cancellation, afterHours: 1) == ["2145", "5002", "5002"])
        cancellation.irn = String(repeating: "0f", count: 32)
        cancellation.reason = "2"
        cancellation.remark = "Wrong quantity"
        #expect(codes(cancellation, afterHours: 24) == [])
        #expect(codes(cancellation, afterHours: 24, seconds: 1) == ["2270"])
        cancellation.reason = "5"
        #expect(codes(cancellation, afterHours: 1) == ["5002"])
    }
}
