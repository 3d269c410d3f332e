import Domain
import Testing

@Suite struct CountedTests {
    @Test func oneIsSingular() {
        #expect([0, 1, 2].map { Counted.text($0, "row") } == ["0 rows", "1 row", "2 rows"])
        #expect([1, 2].map { Counted.text($0, "business", "businesses") } == ["1 business", "2 businesses"])
        #expect([1, 3].map(Counted.times) == ["once", "3 times"])
    }
}
