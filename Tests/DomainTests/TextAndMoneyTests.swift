import Domain
import Testing

@Suite struct TextAndMoneyTests {
    @Test func escapeSequencesAndBidiControlsBecomeVisibleText() {
        #expect(HarmlessText.line("a\u{1B}[2Jb\u{202E}c") == "a\\u{1b}[2Jb\\u{202e}c")
        #expect(HarmlessText.line("x\u{9B}31m") == "x\\u{9b}31m")
    }

    @Test func aLineStaysOneLineAndABlockKeepsItsLines() {
        #expect(HarmlessText.line("one\r\n\ttwo\nthree") == "one two three")
        #expect(HarmlessText.block("one\r\ntwo\rthree\n") == "one\ntwo\nthree\n")
    }

    @Test func indianScriptsAreLeftAlone() {
        #expect(HarmlessText.line("हिन्दी தமிழ் తెలుగు ಕನ್ನಡ ₹") == "हिन्दी தமிழ் తెలుగు ಕನ್ನಡ ₹")
    }

    @Test func whatHasNoWidthIsWrittenOutUnlessAScriptNeedsIt() {
        #expect(HarmlessText.line("Bela\u{200B}Stores\u{2060}") == "Bela\\u{200b}Stores\\u{2060}")
        #expect(HarmlessText.line("Be\u{200D}la") == "Be\\u{200d}la" && HarmlessText.strange(in: "Be\u{200D}la") != nil)
        let joined = "क्\u{200D}ष \u{1F469}\u{200D}\u{1F4BB}"
        #expect(HarmlessText.line(joined) == joined && HarmlessText.strange(in: joined) == nil)
        #expect(HarmlessText.strange(in: "Bela Stores") == nil)
    }

    @Test func aMegabyteLineIsCut() {
        #expect(HarmlessText.line(String(repeating: "x", count: 1_000_000)).count == 501)
    }

    @Test func rupeesAreReadExactlyAndGroupedTheIndianWay() throws {
        #expect(try #require(Rupees("412300.00")).grouped == "4,12,300.00")
        #expect(try #require(Rupees("12345678.5")).decimalText == "12345678.50")
        #expect(try #require(Rupees("-0.05")).grouped == "-0.05")
        #expect(try #require(Rupees("999")).grouped == "999.00")
    }

    @Test(arguments: ["", "1.", ".5", "1.234", "1e5", "1,000", "99999999999999999999", "٣"])
    func whatIsNoAmountIsRefused(text: String) {
        #expect(Rupees(text) == nil)
    }

    @Test func theLargestAmountsAreWrittenAndNotAddedBeyond() {
        let (least, most) = (Rupees(paise: .min), Rupees(paise: .max))
        #expect(least.decimalText == "-92233720368547758.08" && most.decimalText == "92233720368547758.07")
        #expect(least.grouped == "-92,23,37,20,36,85,47,758.08" && most.grouped == "92,23,37,20,36,85,47,758.07")
        #expect(Rupees(most.decimalText) == most)
        #expect(Rupees.sum([most, Rupees(paise: 1)]) == nil && Rupees.sum([least, Rupees(paise: -1)]) == nil)
        #expect(Rupees.sum([most, Rupees(paise: -7)])?.paise == Int64.max - 7)
    }
}
