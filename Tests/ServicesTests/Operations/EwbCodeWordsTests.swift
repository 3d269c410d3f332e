import Testing
import Wire

@testable import Portals

@Suite("What the numbers of the e-way bill system mean") struct EwbCodeWordsTests {
    @Test func `one number becomes its meaning, several keep their numbers`() throws {
        #expect(EwbCodeWords.text(EwbError(codes: ["223"], text: "223")) == EwbCodeWords.meaning(of: 223))
        let both = EwbCodeWords.text(EwbError(codes: ["239", "380"], text: "239,380"))
        #expect(both.hasPrefix("239: ") && both.contains("; 380: "))
    }

    /// facts: nic-einvoice-ewb 7.4 and 6; a person mends the field that the words name.
    @Test(arguments: [
        (220, "mode"), (221, "distance"), (222, "transporter's GSTIN"), (223, "transport document"),
        (224, "date of the transport document"), (225, "vehicle's number"), (226, "both missing"), (390, "remains"),
        (382, "window"), (315, "24 hours"), (604, "has a bill already"), (116, "login"), (720, "IRN"), (358, "caller"),
    ])
    func `a number names the field that it is about`(code: Int, noun: String) throws {
        #expect(try #require(EwbCodeWords.meaning(of: code)).contains(noun))
    }

    @Test func `what the system said in words stays, and so does a number that nobody knows`() {
        #expect(EwbCodeWords.text(EwbError(codes: ["604"], text: "604: bill 341000000011")) == "604: bill 341000000011")
        #expect(EwbCodeWords.text(EwbError(codes: [], text: "9999")) == "9999")
        #expect(EwbCodeWords.text(nil).isEmpty)
    }

    /// A number that decides what becomes of an action is never shown bare.
    @Test func `every number of the tables has words`() {
        let silent = (100...823).filter { code in
            (NicCodes.ewb["\(code)"] != nil || NicCodes.ewbLook["\(code)"] != nil)
                && EwbCodeWords.meaning(of: code) == nil
        }
        #expect(silent.isEmpty, "\(silent)")
    }
}
