import Domain
import Testing

struct JsonLayoutTests {
    @Test func onlyBlanksMove() {
        let text = #"{"a":1.10,"b":["x, y: {z}",[],{}],"c":"say \"hi\\"}"#
        let laid = JsonLayout.indented(text)
        #expect(
            laid == """
                {
                  "a": 1.10,
                  "b": [
                    "x, y: {z}",
                    [],
                    {}
                  ],
                  "c": "say \\"hi\\\\"
                }
                """)
        #expect(JsonLayout.indented(laid ?? "") == laid)
    }

    @Test(arguments: ["", "plain", "\"text\"", "{\"a\": 1", "}{", "[1]]", "<table>"])
    func whatIsNoWholeJsonIsLeftAlone(text: String) {
        #expect(JsonLayout.indented(text) == nil)
    }

    @Test func aNameOfARecordIsReadBackOrRefused() {
        let id = StrayId(account: AccountId(12), place: .selfFya, contentHash: "9f3ab2c1ffffffff")
        #expect("\(id)" == "12-self_fya-9f3ab2c1" && StrayId("\(id)") == id)
        for text in [
            "", "12", "12-notices", "x-notices-9f3ab2c1", "12-nowhere-9f3ab2c1", "12-notices-9F3AB2C1", "1-notices-9f",
        ] {
            #expect(StrayId(text) == nil)
        }
    }
}
