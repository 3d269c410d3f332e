import Domain
import Testing

@Suite struct ExactDecimalTests {
    @Test(arguments: ["0", "600.0", "600.00", "6000", "-0.02", "12.345", "1.50000", "99999999999999.999"])
    func whatWasWrittenIsWrittenAgain(text: String) throws {
        #expect(try #require(ExactDecimal(text)).text == text)
    }

    @Test func decimalsDoNotMakeAnotherNumber() throws {
        #expect(try #require(ExactDecimal("600.0")) == 600)
        #expect(try #require(ExactDecimal("600.00")).significantDecimals == 0)
        #expect(try #require(ExactDecimal("0.5")) < 1)
        #expect(try #require(ExactDecimal("12.500")).rupees == Rupees("12.50"))
        #expect(try #require(ExactDecimal("12.505")).rupees == nil)
    }

    @Test(arguments: [
        ("", ExactDecimal.Problem.notANumber), ("1.", .notANumber), (".5", .notANumber), ("1,000", .notANumber),
        ("--1", .notANumber), ("1e3", .exponent), ("1.2345", .tooManyDecimals), ("100000000000000", .tooLarge),
        ("99999999999999999999999", .tooLarge), ("٣", .notANumber),
    ])
    func whatIsNoNumberIsToldWhy(text: String, problem: ExactDecimal.Problem) {
        #expect(throws: problem) { try ExactDecimal(utf8: Array(text.utf8)) }
    }
}
