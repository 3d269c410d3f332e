import Domain
import Testing

/// When "not there" counts.
@Suite("Settling") struct SettleRuleTests {
    private let rule = SettleRule(firstLook: .seconds(60), final: .seconds(600), between: .seconds(300))
    private let sent = Instant(seconds: 1_000)

    @Test("An early look proves nothing, and the next one comes when it would count")
    func early() {
        let answer = rule.judge(now: Instant(seconds: 1_060), sendDeadline: sent, earlier: nil)
        #expect(answer == .lookAgain(at: Instant(seconds: 1_600), counts: false))
    }

    @Test("The first that counts is no proof yet; a second one five minutes later is")
    func two() {
        let first = Instant(seconds: 1_600)
        #expect(
            rule.judge(now: first, sendDeadline: sent, earlier: nil)
                == .lookAgain(at: Instant(seconds: 1_900), counts: true))
        #expect(
            rule.judge(now: Instant(seconds: 1_899), sendDeadline: sent, earlier: first)
                == .lookAgain(at: Instant(seconds: 1_900), counts: false))
        #expect(rule.judge(now: Instant(seconds: 1_900), sendDeadline: sent, earlier: first) == .proven)
    }

    @Test("One that came before the attempt had settled never counts as the first of two")
    func stale() {
        let answer = rule.judge(now: Instant(seconds: 2_000), sendDeadline: sent, earlier: Instant(seconds: 1_100))
        #expect(answer == .lookAgain(at: Instant(seconds: 2_300), counts: true))
    }
}

@Suite("Operation ids") struct OperationIdTests {
    private let random = [UInt8](repeating: 0xFF, count: 10)

    @Test("An id is a UUID of version 7 and sorts by its moment")
    func shape() {
        let id = OperationId(at: Instant(milliseconds: 0x0190_B2C4_0001), random: random)
        #expect(id.text == "0190b2c4-0001-7fff-bfff-ffffffffffff")
        #expect(id < OperationId(at: Instant(milliseconds: 0x0190_B2C4_0002), random: [UInt8](repeating: 0, count: 10)))
    }

    @Test("Text is read in either case, and nothing else is taken")
    func text() {
        #expect(OperationId("0190B2C4-0001-7FFF-BFFF-FFFFFFFFFFFF")?.text == "0190b2c4-0001-7fff-bfff-ffffffffffff")
        for bad in [
            "", "0190b2c4", "0190b2c4-0001-7fff-bfff-fffffffffff", "0190b2c4-0001-7fff-bfff-ffffffffffg1", "--------",
        ] {
            #expect(OperationId(bad) == nil, "\(bad)")
        }
    }
}
