import Foundation
import Testing

extension Whole {
    @Suite("Spreadsheets as people have them")
    struct SpreadsheetTests {
        private static func count(_ place: Workplace) async throws -> Int {
            try await place.run("business", "list", "--json").rows().count
        }

        @Test("An unclosed quote is refused with its line and nothing is stored")
        func unclosedQuote() async throws {
            try await Workplace.withDemo { place in
                let before = try await Self.count(place)
                let file = try place.write("name,pan\nAlpha Traders,\n\"Beta Mills,\nGamma,\n", to: "a.csv")
                let run = try await place.run("business", "import", file)
                run.expectComplaint(65, "line 3", "quote")
                #expect(try await Self.count(place) == before)
            }
        }

        @Test("What the shell hands over is read: standard input, also by its name")
        func handed() async throws {
            try await Workplace.withDemo { place in
                for name in ["-", "/dev/stdin"] {
                    let run = try await place.run(
                        "business", "import", name, "--dry-run", "--json", input: "name,pan\nAlpha Traders,\n")
                    #expect(try run.rows().first?["created"] == .number(1), "\(run.errors)")
                }
            }
        }

        @Test("A path that begins with a tilde is read in the home folder, where no shell has done so")
        func tilde() async throws {
            try await Workplace.withDemo { place in
                try #require(place.environment["HOME"] == place.folder)
                _ = try place.write("name,pan\nAlpha Traders,\n", to: "a.csv")
                try await place.run("business", "import", "~/a.csv", "--dry-run").expectStatus(0)
            }
        }

        @Test("A wrong check character is refused with its line; the good rows are kept")
        func wrongCheckCharacter() async throws {
            try await Workplace.withDemo { place in
                let before = try await Self.count(place)
                let good = try #require(try await place.run("business", "list", "--json").rows().first?["gstins"])
                guard case .list(let gstins) = good, let gstin = gstins.first?.text else { throw Trouble("no GSTIN") }
                let wrong = gstin.dropLast() + (gstin.hasSuffix("A") ? "B" : "A")
                let file = try place.write(
                    "name,gstin\nAlpha Traders,\nBeta Mills,\(wrong)\nGamma Stores,\n", to: "a.csv")
                let run = try await place.run("business", "import", file)
                #expect(run.status == 65)
                #expect(run.errorLines.count == 2)
                #expect(run.errorLines.first?.hasPrefix("\(file):3: ") == true, "\(run.errors)")
                #expect(
                    run.errorLines.first?.contains(wrong) == true || run.errorLines.first?.contains("check") == true)
                #expect(run.errorLines.last?.contains("1 refused") == true)
                #expect(try await Self.count(place) == before + 2)
            }
        }

        @Test("A dry run says the same and stores nothing")
        func dryRun() async throws {
            try await Workplace.withDemo { place in
                let before = try await Self.count(place)
                let file = try place.write("name,gstin\nAlpha Traders,\nBeta Mills,27AAAAA0000A1Z9\n", to: "a.csv")
                let run = try await place.run("business", "import", file, "--dry-run", "--json")
                #expect(run.status == 65)
                let row = try #require(try run.rows().first)
                #expect(row["created"] == .number(1))
                #expect(row["refused"] == .number(1))
                #expect(try await Self.count(place) == before)
            }
        }

        @Test(
            "Columns that nobody knows, and no name column, are refused by name",
            arguments: ["name,colour\nA,red\n", "pan,group\nX,y\n"])
        func columns(text: String) async throws {
            try await Workplace.withDemo { place in
                let file = try place.write(text, to: "a.csv")
                let run = try await place.run("business", "import", file)
                run.expectComplaint(65, text.hasPrefix("name") ? "colour" : "name")
            }
        }

        @Test("A mark of byte order, CRLF, quoted line ends and Excel's semicolons are read")
        func excel() async throws {
            try await Workplace.withDemo { place in
                let before = try await Self.count(place)
                let text = "\u{FEFF}name;group\r\n\"Asha \"\"Silk\"\" House\r\nUnit 2\";North\r\nकमल वस्त्र;South\r\n"
                let file = try place.write(text, to: "excel.csv")
                let run = try await place.run("business", "import", file)
                #expect(run.status == 0, "\(run.errors)")
                #expect(try await Self.count(place) == before + 2)
                let names = try await place.run("business", "list", "--json").rows().compactMap { $0["name"].text }
                #expect(names.contains { $0.contains("Asha \"Silk\" House") })
                #expect(names.contains("कमल वस्त्र"))
            }
        }

        @Test(
            "Bytes that are no text, an empty file, a missing file",
            arguments: [[0, 1, 2, 0xFF], [], nil] as [[UInt8]?])
        func noText(bytes: [UInt8]?) async throws {
            try await Workplace.withDemo { place in
                let file = try bytes.map { try place.write($0, to: "a.csv") } ?? place.folder + "/none.csv"
                try await place.run("business", "import", file).expectComplaint(65, file)
            }
        }

        @Test("100,000 rows come in, and a second time change nothing")
        func large() async throws {
            try await Workplace.withDemo { place in
                var text = "name,group\n"
                for number in 1...100_000 { text += "Firm number \(number),G\(number % 50)\n" }
                let file = try place.write(text, to: "large.csv")
                let first = try await place.run("business", "import", file, "--json", limit: 240)
                #expect(first.status == 0)
                #expect(try first.rows().first?["created"] == .number(100_000))
                let second = try await place.run("business", "import", file, "--json", limit: 240)
                #expect(try second.rows().first?["unchanged"] == .number(100_000))
                let found = try await place.run("business", "list", "--json", "--text", "number 77777").rows()
                #expect(found.count == 1)
            }
        }
    }
}
