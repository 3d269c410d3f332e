import Services
import Testing

@Suite struct ReadableJsonTests {
    @Test func `values stay as they came, on lines of their own`() {
        let json = #"{"a":[1.50,{"b":"x, {\"y\"}"}],"c":{},"d":[ ],"e":-0}"#
        #expect(
            ReadableJson.lines(Array(json.utf8)) == [
                "{", "  \"a\": [", "    1.50,", "    {", #"      "b": "x, {\"y\"}""#, "    }", "  ],", "  \"c\": {},",
                "  \"d\": [],", "  \"e\": -0", "}",
            ])
    }

    @Test(arguments: ["", "plain\ntext", "{\"cut", "]]]]", "[[[["])
    func `what is no whole JSON loses nothing but white space`(text: String) {
        let shown = ReadableJson.lines(Array(text.utf8)).joined()
        #expect(shown.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    }
}
