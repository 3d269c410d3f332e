import Foundation
import Testing

extension Whole {
    @Suite("Signed invoices and QR texts made elsewhere")
    struct SignedTextTests {
        private struct Made: Decodable {
            let pem, invoice, qr, unnamed, irn: String
        }

        private struct Row: Decodable {
            let valid: Bool
            let what: String
            let kind, irn, differs_at: String?
        }

        /// What the signer of the independent client signs, as its writer's own file has it: other order, other case.
        private static let file = #"""
            {"Version": "1.1", "BuyerDtls": {"LglNm": "Käufer \"X\" नमस्ते", "Gstin": "URP"},
             "SellerDtls": {"Gstin": "09AAFHH6756K1ZQ", "LglNm": "Harihar & Co"},
             "DocDtls": {"Typ": "INV", "No": "p-1", "Dt": "20/11/2026"},
             "ItemList": [{"SlNo": "1", "HsnCd": "8471", "TotItemVal": 118.50}], "ValDtls": {"TotInvVal": 118.50}}
            """#

        private static func made(_ place: Workplace) async throws -> Made {
            let script = BuiltProgram.repository + "/Tests/SandboxTests/Independent/nic_signer.py"
            let run = try await place.tool("/usr/bin/python3", "-B", script)
            try #require(run.status == 0, "\(run.errors)")
            return try JSONDecoder().decode(Made.self, from: Data(run.bytes))
        }

        private static func write(_ text: String, _ name: String, _ place: Workplace) throws -> String {
            let path = "\(place.folder)/\(name)"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return path
        }

        private static func rows(_ run: Run) throws -> [Row] {
            try run.lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
        }

        @Test("A portal's answer with both is true, and agrees with the file it was made of")
        func trueOnes() async throws {
            try await Workplace.with { place in
                let made = try await Self.made(place)
                let key = try Self.write(made.pem, "key.pem", place)
                let file = try Self.write(Self.file, "invoice.json", place)
                let answer = #"{"Irn":"\#(made.irn)","SignedInvoice":"\#(made.invoice)","SignedQRCode":"\#(made.qr)"}"#
                let path = try Self.write(answer, "answer.json", place)
                let run = try await place.run(
                    "einvoice", "verify", path, "--key", key, "--invoice", file, "--json")
                let rows = try Self.rows(run)
                #expect(run.status == 0 && rows.map(\.kind) == ["invoice", "qr"], "\(run.output)\(run.errors)")
                #expect(rows.allSatisfy { $0.valid && $0.irn == made.irn && $0.differs_at == nil })
            }
        }

        @Test("A text that names no key is verified with the one that is given, and the answer says so")
        func unnamed() async throws {
            try await Workplace.with { place in
                let made = try await Self.made(place)
                let key = try Self.write(made.pem, "key.pem", place)
                let run = try await place.run("einvoice", "verify", "-", "--key", key, "--json", input: made.unnamed)
                let row = try #require(try Self.rows(run).first)
                #expect(run.status == 0 && row.valid && row.irn == made.irn, "\(run.output)\(run.errors)")
                #expect(run.errors.contains("The text names no key: it was verified with the one that was given."))
                let named = try await place.run("einvoice", "verify", "-", "--key", key, "--json", input: made.qr)
                #expect(named.status == 0 && !named.errors.contains("names no key"))
                let other = try Self.write(try await Self.made(place).pem, "other.pem", place)
                let wrong = try await place.run(
                    "einvoice", "verify", "-", "--key", other, "--json", input: made.unnamed)
                #expect(wrong.status == 65 && wrong.output.contains("signature does not fit"), "\(wrong.output)")
            }
        }

        @Test("One changed letter, another key and no signature at all are told from a true one")
        func falseOnes() async throws {
            try await Workplace.with { place in
                let made = try await Self.made(place)
                let key = try Self.write(made.pem, "key.pem", place)
                let other = try Self.write(try await Self.made(place).pem, "other.pem", place)
                let dot = try #require(made.qr.firstIndex(of: "."))
                let at = made.qr.index(dot, offsetBy: 40)
                let letter = made.qr[at] == "A" ? "B" : "A"
                let changed = made.qr.replacingCharacters(in: at...at, with: letter)
                for (text, pem, why) in [
                    (changed, key, "signature does not fit"), (made.qr, other, "signature does not fit"),
                    ("just some words", key, "no signed document"),
                ] {
                    let run = try await place.run(
                        "einvoice", "verify", "-", "--key", pem, "--json", input: text + "\n")
                    let rows = try Self.rows(run)
                    #expect(run.status == 65 && rows.map(\.valid) == [false], "\(run.output)\(run.errors)")
                    #expect(rows.first?.what.contains(why) == true, "\(run.output)")
                }
                let words = try Self.write("no key at all", "words.pem", place)
                let run = try await place.run("einvoice", "verify", "-", "--key", words, input: made.qr)
                #expect(run.status == 65 && run.output.isEmpty && run.errors.contains("the key cannot be used"))
            }
        }

        @Test(
            "The first field that differs from a file is named",
            arguments: [
                ("118.50}}", "118.51}}", "ValDtls.TotInvVal", "ValDtls.TotInvVal"),
                ("\"8471\"", "\"8472\"", "ItemList[0].HsnCd", "MainHsnCode"),
                ("p-1", "p-2", "DocDtls.No", "DocDtls.No"),
                ("\"URP\"", "\"27TQVCN5027C1ZV\"", "BuyerDtls.Gstin", "BuyerDtls.Gstin"),
            ])
        func differences(from: String, to: String, invoice: String, qr: String) async throws {
            try await Workplace.with { place in
                let made = try await Self.made(place)
                let key = try Self.write(made.pem, "key.pem", place)
                let file = try Self.write(Self.file.replacing(from, with: to), "invoice.json", place)
                for (text, path) in [(made.invoice, invoice), (made.qr, qr)] {
                    let run = try await place.run(
                        "einvoice", "verify", "-", "--key", key, "--invoice", file, "--json", input: text)
                    #expect(run.status == 65)
                    #expect(try Self.rows(run).map(\.differs_at) == [path], "\(run.output)\(run.errors)")
                }
            }
        }
    }
}
