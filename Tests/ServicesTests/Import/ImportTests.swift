import Domain
import Foundation
import Testing

@testable import Services

/// Spreadsheets as they really come.
@Suite struct ImportTests {
    private func imported(_ text: some Sequence<UInt8>, dryRun: Bool = false) async throws -> (
        ImportSummary, [Business]
    ) {
        let place = try Place()
        let workspace = try await place.workspace()
        defer { workspace.close() }
        let file = try place.file("sheet.csv", text)
        let summary = try await workspace.businesses.importSheet(file: file, dryRun: dryRun)
        return (summary, try await workspace.businesses.page(BusinessQuery(perPage: nil)).rows)
    }

    @Test func whatIsNoRegularFileHoldsNobodyUp() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        defer { workspace.close() }
        let fifo = place.folder + "/pipe.csv"
        #expect(mkfifo(fifo, 0o600) == 0)
        for path in [fifo, "/dev/zero"] {
            for isHanded in [false, true] {
                let businesses = await complaint {
                    try await workspace.businesses.importSheet(file: path, dryRun: true, takesHanded: isHanded)
                }
                let logins = await complaint {
                    try await workspace.credentials.importSheet(file: path, dryRun: true, takesHanded: isHanded)
                }
                for refusal in [businesses, logins] {
                    #expect(refusal?.status == .badData && refusal?.why == "it is no regular file", "\(path)")
                }
            }
        }
    }

    private func refused(_ text: some Sequence<UInt8>) async throws -> Complaint? {
        let place = try Place()
        let workspace = try await place.workspace()
        defer { workspace.close() }
        let file = try place.file("sheet.csv", text)
        return await complaint {
            try await workspace.businesses.importSheet(file: file, dryRun: false)
        }
    }

    static let plain = "name,pan,group\nHarihar & Co,AAFHH6756K,Retail\nनमस्ते ट्रेडर्स,,Retail\n"

    enum Shape: CaseIterable {
        case plain, byteOrderMark, crlf, carriageReturns, semicolons, tabs, quoted, emptyColumns, blankRows, loudHeader
        case utf16, utf16Other

        var bytes: [UInt8] {
            let plain = ImportTests.plain
            switch self {
            case .plain: return Array(plain.utf8)
            case .byteOrderMark: return [0xEF, 0xBB, 0xBF] + Array(plain.utf8)
            case .crlf: return replaced("\n", "\r\n")
            case .carriageReturns: return replaced("\n", "\r")
            case .semicolons: return replaced(",", ";")
            case .tabs: return replaced(",", "\t")
            case .quoted:
                let cells = plain.split(separator: "\n").map { row in
                    row.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(
                        separator: ",")
                }
                return Array(cells.joined(separator: "\n").utf8)
            case .emptyColumns: return replaced("\n", ",,\n")
            case .blankRows: return Array("\n\(plain)\n,,\n\" \",,\n\n".utf8)
            case .loudHeader: return replaced("name,pan,group", " Name ,PAN, Group")
            case .utf16: return [0xFF, 0xFE] + plain.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            case .utf16Other: return [0xFE, 0xFF] + plain.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
            }
        }

        private func replaced(_ old: String, _ new: String) -> [UInt8] {
            Array(ImportTests.plain.replacingOccurrences(of: old, with: new).utf8)
        }
    }

    @Test(arguments: Shape.allCases)
    func theSameSheetIsReadInEveryShape(shape: Shape) async throws {
        let (summary, rows) = try await imported(shape.bytes)
        #expect(summary == ImportSummary(rows: 2, created: 2))
        #expect(Set(rows.map(\.name)) == ["Harihar & Co", "नमस्ते ट्रेडर्स"])
        #expect(rows.first { $0.name == "Harihar & Co" }?.pan?.text == "AAFHH6756K")
        #expect(rows.allSatisfy { $0.group == "Retail" })
    }

    @Test func windowsLettersAreRead() async throws {
        let (_, rows) = try await imported([UInt8]("name\nCaf".utf8) + [0xE9, 0x20, 0x96, 0x20] + [UInt8]("Co\n".utf8))
        #expect(rows.map(\.name) == ["Café – Co"])
    }

    @Test func aQuotedFieldMayHoldSeparatorsQuotesAndLines() async throws {
        let (summary, rows) = try await imported("name,group\n\"Rao, \"\"Sons\"\"\nand Co\",\"a;b\"\n".utf8)
        #expect(summary.created == 1)
        #expect(rows.map(\.name) == ["Rao, \"Sons\" and Co"] && rows.map(\.group) == ["a;b"])
    }

    @Test func eachBadRowIsNamedByItsLineAndTheOthersAreKept() async throws {
        let text = """
            name,gstin,pan,gst_username
            "Two
            lines",,AAFHH6756K,
            ,,AAFHH6756K,
            Bad check,09AAFHH6756K1ZA,,
            Bad pan,,AAFHH67,
            Other pan,09AAFHH6756K1ZQ,AAACB1234C,
            No gstin,,,someone
            Pipes 5" wide,,,
            Comma,,,,,unquoted
            "Good",,AAACB1234C,
            """
        let (summary, rows) = try await imported(text.utf8)
        #expect(summary.refusals.map(\.line) == [4, 5, 6, 7, 8, 9, 10])
        #expect(summary.rows == 9 && summary.created == 2)
        #expect(Set(rows.map(\.name)) == ["Two lines", "Good"])
        let words = ["name", "check", "PAN", "GSTIN", "gst_username", "quote", "fields"]
        for (refusal, word) in zip(summary.refusals, words) { #expect(refusal.reason.contains(word)) }
    }

    @Test func aSeparatorUnderACombiningMarkDoesNotShiftTheColumns() async throws {
        let (summary, rows) = try await imported("name,pan\nRao,\u{301}AAFHH6756K\nGood,\n".utf8)
        #expect(summary.refusals.map(\.line) == [2])
        #expect(rows.map(\.name) == ["Good"])
    }

    @Test(arguments: [("sep=;\n", ";"), ("\"SEP=|\"\r\n", "|"), ("sep=\t\n", "\t"), ("\u{FEFF}sep=,\n", ",")])
    func theSeparatorThatExcelNamesIsTaken(first: String, sign: String) async throws {
        let (summary, rows) = try await imported("\(first)name\(sign)pan\nRao\(sign)AAFHH6756K\nBad\(sign)x\n".utf8)
        #expect(rows.map(\.name) == ["Rao"] && rows.map { $0.pan?.text } == ["AAFHH6756K"])
        // The rows keep the numbers that a spreadsheet shows.
        #expect(summary.refusals.map(\.line) == [4])
    }

    @Test func aNameThatDoesNotFitIsRefusedNotShortened() async throws {
        let fits = String(repeating: "अ", count: Business.longestName)
        let (summary, rows) = try await imported(
            "name\n\(fits)\n\(fits)x\n\(String(repeating: "A", count: 200_000))\n".utf8)
        #expect(rows.map(\.name) == [fits])
        #expect(summary.refusals.map(\.line) == [3, 4])
        #expect(summary.refusals.allSatisfy { $0.reason.contains("200 are the most") })
    }

    @Test func otherLineEndsInsideNamesAreBlanks() async throws {
        let (summary, rows) = try await imported("name\nOne\u{2028}Two\nThree\u{0B}Four\n".utf8)
        #expect(summary.created == 2)
        #expect(Set(rows.map(\.name)) == ["One Two", "Three Four"])
    }

    @Test func controlCharactersOfASheetReachNoScreen() async throws {
        let (_, rows) = try await imported("name\n\u{1B}[31mRed\u{202E}\n".utf8)
        let name = try #require(rows.first?.name)
        #expect(name.unicodeScalars.allSatisfy(HarmlessText.isHarmless))
    }

    @Test(arguments: [
        ("", "is empty"), ("\n\n", "is empty"), ("pan,group\nAAFHH6756K,x\n", "no column \"name\""),
        ("name,colour\nA,red\n", "\"colour\""), ("name,name\nA,B\n", "twice"), ("name\nA\n\"B\nC\n", "line 3"),
        ("name\nA\u{0}B\n", "no text"),
    ])
    func aSheetThatCannotServeIsRefusedWhole(text: String, word: String) async throws {
        let refusal = try await refused(text.utf8)
        #expect(refusal?.status == .badData)
        #expect(refusal?.description.contains(word) == true)
    }

    @Test func aMissingFileAndAFolderAreRefused() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        for file in ["\(place.folder)/none.csv", place.folder] {
            let refusal = await complaint {
                try await workspace.businesses.importSheet(file: file, dryRun: false)
            }
            #expect(refusal?.status == .badData)
        }
        workspace.close()
    }

    @Test func aDryRunKeepsNothingAndSaysWhatARealOneWouldDo() async throws {
        let text = "name,pan\nOne,AAFHH6756K\nTwo,AAFHH6756K\nThree,bad\n"
        let (dry, none) = try await imported(text.utf8, dryRun: true)
        let (real, kept) = try await imported(text.utf8)
        #expect(none.isEmpty && kept.count == 1)
        #expect(dry == real)
    }

    @Test func aDryRunKnowsRowsThatStandFarApart() async throws {
        let filler = (0..<2_500).map { "Filler \($0),\n" }.joined()
        let (summary, rows) = try await imported(
            "name,pan\nOne,AAFHH6756K\n\(filler)One,AAFHH6756K\n".utf8, dryRun: true)
        #expect(rows.isEmpty)
        #expect(summary.created == 2_501 && summary.unchanged == 1)
    }

    @Test func rowsOfOneBusinessJoinAndARowSeenBeforeChangesNothing() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        let file = try place.file(
            "sheet.csv",
            """
            name,gstin,pan,tan,gst_username,group
            Harihar & Co,09AAFHH6756K1ZQ,,,hari.gst,
            Harihar and Company,,AAFHH6756K,,,Retail
            By name,,,,,
            BY NAME,,,MUMH12345A,,
            """)
        let first = try await workspace.businesses.importSheet(file: file, dryRun: false)
        #expect(first.created == 2 && first.extended == 2 && first.refusals.isEmpty)
        let again = try await workspace.businesses.importSheet(file: file, dryRun: false)
        #expect(again == ImportSummary(rows: 4, unchanged: 4))
        let rows = try await workspace.businesses.page(BusinessQuery(perPage: nil)).rows
        let business = try #require(rows.first { $0.name == "Harihar & Co" })
        #expect(business.group == "Retail" && business.gstins == ["09AAFHH6756K1ZQ"])
        #expect(rows.first { $0.name == "By name" }?.tans == ["MUMH12345A"])
        let gst = try await workspace.credentials.account(PortalIdentity(stored: .gst, "09AAFHH6756K1ZQ"))
        #expect(gst?.username == "hari.gst" && gst?.isPasswordSet == false)
        workspace.close()
    }

    @Test func `dates of birth or incorporation are filled in, and never replaced`() async throws {
        let sheet = """
            name,pan,formed_on
            Harihar & Co,AAFHH6756K,04-07-1985
            Harihar & Co,AAFHH6756K,1999-01-01
            Blue Lotus,,31-02-1999

            """
        let (summary, businesses) = try await imported(sheet.utf8)
        #expect(businesses.map(\.formedOn) == [LegalDate("1985-07-04")])
        #expect(summary.refusals.map(\.line) == [4] && summary.unchanged == 1)
    }
}
