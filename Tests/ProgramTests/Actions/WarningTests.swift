import Foundation
import Testing

extension Whole {
    /// What the portal would sign although nobody means it.
    @Suite("Warnings before something is sent")
    struct WarningTests {
        @Test("A name with what nobody sees is told before it is registered, on standard error and harmless")
        func strangeNames() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                for (number, (sign, name)) in [
                    (#"\u001b[2J"#, "U+001B"), (#"\u202e"#, "U+202E"), (#"\u200b"#, "U+200B"), (#"\u200d"#, "U+200D"),
                ].enumerated() {
                    let invoice = actions.invoice("WA-\(number + 1)")
                    let strange = invoice.replacing("\"LglNm\":\"", with: "\"LglNm\":\"\(sign)")
                    try #require(strange != invoice)
                    let file = try actions.write(strange, "\(number).json")
                    for words in [["--dry-run"], []] {
                        let run = try await place.run(["einvoice", "generate", file, "--json"] + words)
                        #expect(run.status == 0, "\(run.errors)")
                        let told = run.errorLines.filter { $0.hasPrefix("warning: ") }
                        #expect(told.contains { $0.contains("SellerDtls.LglNm") && $0.contains(name) }, "\(run.errors)")
                        let hidden = "\u{1B}\u{202E}\u{200B}\u{200D}".unicodeScalars
                        #expect(!run.errors.unicodeScalars.contains { hidden.contains($0) }, "\(run.errors)")
                        #expect(!run.output.contains("warning"))
                    }
                }
            }
        }

        @Test("Of many warnings a few are told, and how many more there are")
        func many() async throws {
            try await ActionPlace.with { actions in
                for number in 1...4 {
                    let strange = actions.invoice("WB-\(number)").replacing(
                        #""LglNm":""#, with: #""LglNm":"\u200b"#)
                    _ = try actions.write(strange, "many/\(number).json")
                }
                let run = try await actions.place.run(
                    "einvoice", "generate", "\(actions.place.folder)/many", "--dry-run")
                #expect(run.errorLines.count { $0.hasPrefix("warning: ") } == 5, "\(run.errors)")
                #expect(
                    run.errors.contains("and 3 more warnings; `portaldesk einvoice check` shows all"), "\(run.errors)")
            }
        }

        @Test("So are those of a bill")
        func bills() async throws {
            try await ActionPlace.with { actions in
                let strange = actions.challan("WC-1").replacing(
                    #""fromTrdName":""#, with: #""fromTrdName":"\u200b"#)
                let file = try actions.write(strange, "bill.json")
                let run = try await actions.place.run("ewaybill", "generate", file, "--dry-run", "--json")
                #expect(run.status == 0, "\(run.errors)")
                #expect(run.errors.contains("warning: ") && run.errors.contains("U+200B"), "\(run.errors)")
            }
        }
    }
}
