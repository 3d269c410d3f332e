import Domain
import Testing

@Suite struct CountedTests {
    @Test func oneIsSingular() {
        #expect([0, 1, 2].map { Counted.text($0, "row") } == ["0 rows", "1 row", "2 rows"])
        #expect([1, 2].map { Counted.text($0, "business", "businesses") } == ["1 business", "2 businesses"])
        #expect([1, 3].map(Counted.times) == ["once", "3 times"])
    }

    @Test func `numbers on the screen are grouped as they are written in India`() {
        let written = [0, 999, 1_000, 12_345, 100_000, 1_234_567, 10_000_000, -100_000].map(\.grouped)
        #expect(
            written == ["0", "999", "1,000", "12,345", "1,00,000", "12,34,567", "1,00,00,000", "-1,00,000"])
        #expect(Counted.text(150_000, "job") == "1,50,000 jobs")
        #expect(Rupees(paise: -123_456_789).grouped == "-12,34,567.89")
    }
}
