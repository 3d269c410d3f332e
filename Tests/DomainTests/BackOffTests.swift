import Domain
import Testing

@Suite struct BackOffTests {
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var mixed = state
            mixed ^= mixed >> 33
            mixed = mixed &* 0xff51_afd7_ed55_8ccd
            return mixed ^ (mixed >> 33)
        }
    }

    @Test func jobWaitsDoubleFromFifteenSecondsToAnHour() {
        let seconds = (1...10).map { BackOff.job.ceiling(failures: $0).components.seconds }
        #expect(seconds == [15, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600])
    }

    @Test func aWaitIsNeverBelowHalfNorAboveTheWhole() {
        var random = Seeded(state: 7)
        for failures in [1, 2, 5, 9, 40, 1_000_000, Int(Int32.max)] {
            let whole = BackOff.job.ceiling(failures: failures)
            for _ in 0..<200 {
                let wait = BackOff.job.equalJitter(failures: failures, using: &random)
                #expect(wait >= whole / 2 && wait <= whole)
            }
        }
    }

    @Test func aThousandJobsFailingTogetherSpreadOut() {
        var random = Seeded(state: 11)
        var buckets: [Int64: Int] = [:]
        for _ in 0..<1_000 {
            buckets[BackOff.job.equalJitter(failures: 5, using: &random).components.seconds, default: 0] += 1
        }
        #expect(buckets.values.allSatisfy { $0 <= 30 })
    }

    @Test func aServersWishIsNeverCutShortAndCappedAtADay() {
        var random = Seeded(state: 3)
        let asked = BackOff.honouring(retryAfter: .seconds(100), computed: .seconds(5), using: &random)
        #expect(asked >= .seconds(100) && asked <= .seconds(110))
        let capped = BackOff.honouring(retryAfter: .seconds(1_000_000), computed: .seconds(5), using: &random)
        #expect(capped >= .seconds(86_400) && capped <= .seconds(95_041))
        #expect(BackOff.honouring(retryAfter: .seconds(-5), computed: .seconds(5), using: &random) == .seconds(5))
    }
}
