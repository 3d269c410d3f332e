import Domain
import Foundation
import Testing

@testable import Services

/// Made-up names alone.
@Suite("Names in parts, and words of others") struct NamePartTests {
    private static let names = [
        "Kaveri & Co", "Mandovi Fisheries Private Limited", "Mandovi Steel Traders", "Ramesh Chandra Ghosal",
        "M/s Zuari Exports LLP", "General Power Industries Limited", "नीलकमल व्यापार",
    ]

    private func masker() -> Masker {
        var known = KnownValues()
        for name in Self.names { known.add(.name, name) }
        known.add(.user, "asha")
        for name in Self.names { for part in NameParts.parts(of: name).sorted() { known.add(part: part, of: name) } }
        return Masker(key: Array(repeating: 1, count: 32), known: known)
    }

    private func masked(_ text: String, as voice: Masker.Voice = .program) -> String {
        var masker = masker()
        return masker.mask(text, as: voice).text
    }

    @Test(
        "A name is found by what tells it from others: without its form, abbreviated, in another order, within a word",
        arguments: [
            "Kaveri and Co", "KAVERI & COMPANY", "Kaveri", "kaveri_gstr1.pdf", "KAVERI/2026/001", "Kaveri's",
            "kaveri.example",
            "Mandovi Fisheries Pvt Ltd", "MANDOVI FISHERIES", "M/s Mandovi", "mandoviFisheries2026",
            "xMANDOVIFISHERIESx",
            "Ramesh C. Ghosal", "Ghosal Ramesh", "R. C. Ghosal", "ghosal.ramesh@", "zuari-exports",
            "Zuari\n│ Exports LLP",
            "नीलकमल", "invoice_KAVERI_12.json", "kaveri1", "Kaver\u{200B}i",
        ])
    func parts(text: String) {
        let result = masked("of \(text) here").lowercased()
        for part in ["kaver", "mandovi", "fisher", "ramesh", "ghosal", "zuari", "नील"] {
            #expect(!result.contains(part), "\(text): \(result)")
        }
    }

    @Test("A part that only one name has is masked as that name, one that several have by itself")
    func sameMask() {
        var masker = masker()
        let whole = masker.mask("Mandovi Fisheries Private Limited").text
        #expect(masker.mask("MANDOVI FISHERIES").text == whole && masker.mask("fisheries").text == whole)
        #expect(masker.mask("Kaveri").text == masker.mask("KAVERI AND CO").text)
        let shared = masker.mask("Mandovi").text
        #expect(shared.hasPrefix("NAME-") && shared != whole && shared != masker.mask("Mandovi Steel Traders").text)
    }

    @Test(
        "Words that many firms have, or the program uses itself, are no name",
        arguments: [
            "General", "Power of the machine", "Exports of notices", "a company, a limited number", "Industries",
            "Natasha washashore", "private key", "the portal answered 503",
        ])
    func everyday(text: String) { #expect(masked(text) == text) }

    @Test(
        "Where others speak, a word that the program does not use is masked, names of fields and forms stay",
        arguments: [
            ("Notice to Tungabhadra Weaving Mills for AY 2026-27", "Notice to WORD for AY 2026-27"),
            (
                "the portal said: Bhadra, R. K. is the authorised signatory",
                "the portal said: WORD. is the authorised signatory"
            ),
            (
                #"{"trdCd":"x","errCode":"RET11402","remark":"see Tungabhadra"}"#,
                #"{"trdCd":"x","errCode":"RET11402","remark":"see WORD"}"#
            ),
            ("ASMT-10 of GSTR-3B, DRC-01 served", "ASMT-10 of GSTR-3B, DRC-01 served"),
            ("<legalTag>Tungabhadra</legalTag>", "<legalTag>WORD</legalTag>"),
            ("साधना को सूचना", "WORD"), ("Notice_Tungabhadra_2026.pdf", "Notice_WORD_2026.pdf"),
        ])
    func others(text: String, wanted: String) {
        let result = masked(text, as: .others).replacing(/WORD-[0-9a-f]+/, with: "WORD")
        #expect(result.replacing(/WORD( WORD)+/, with: "WORD") == wanted)
        #expect(masked(text).contains("Tungabhadra") == text.contains("Tungabhadra"))
    }

    @Test("What the program itself says of failures has no word that it would mask as another's")
    func ownWords() {
        for cause in Cause.allCases {
            for text in [cause.title, cause.meaning, cause.remedy, cause.meaningWhenOver, cause.remedyWhenOver] {
                #expect(masked(text, as: .others) == text)
            }
        }
    }

    @Test(
        "What the program writes into settings, and the examples of providers, has no word that it would mask as another's"
    )
    func ownSettings() throws {
        let folder = #filePath.components(separatedBy: "/Tests/")[0] + "/docs/providers"
        let examples = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".toml") }
        #expect(examples.count > 5)
        let texts = try examples.map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
        for text in [Settings.template, Settings.demoTemplate] + texts {
            var masker = masker()
            _ = masker.mask(text, as: .settings)
            let words = masker.book.entries.filter { $0.kind == .word }.compactMap(\.value)
            // Names of firms are names.
            let firms = "Adaequare Basic EAS Iris Octa PAS Pro Quicko Resilient Spice Tech Vayana White".split(
                separator: " ")
            #expect(words.flatMap { $0.split(separator: " ") }.filter { !firms.contains($0) }.sorted() == [])
        }
    }

    @Test("In settings others speak behind #, and nowhere else")
    func comments() {
        let text = "# for Tungabhadra, ask Sudhanva\ntheme = \"tungabhadra\" # of Sudhanva\n"
        let result = masked(text, as: .settings)
        #expect(result.hasPrefix("# for WORD-") && !result.contains("Sudhanva") && result.contains("\"tungabhadra\""))
    }

    @Test("Masking can be ended, and tells how far it is")
    func ended() {
        var masker = masker()
        var told: [Int] = []
        let text = String(repeating: "Kaveri was here and there\n", count: 20_000)
        _ = masker.mask(text) { done in
            told.append(done)
            return told.count < 3
        }
        #expect(told.count == 3 && told == told.sorted() && told.allSatisfy { $0 > 0 && $0 < text.utf8.count })
    }
}
