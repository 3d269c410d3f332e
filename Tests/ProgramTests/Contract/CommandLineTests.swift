import Foundation
import Testing

extension Whole {
    @Suite("The command line")
    struct CommandLineTests {
        @Test(
            "Wrong usage names the values that are allowed and the command's own help",
            arguments: [
                ("job list --status nope", "needs_input", "job list"),
                ("job list --portal x", "income_tax", "job list"),
                ("account list --status nope", "not_verified", "account list"),
                ("notice list --state nope", "partly_replied", "notice list"),
                ("notice export --format pdf --out x", "json", "notice export"),
                ("notice export --format csv", "--out", "notice export"),
                ("job list --page 0", "1 or more", "job list"),
                ("job list --sort x", "completed", "job list"), ("fetch --all --portal gst", "--all", "fetch"),
            ])
        func usage(command: String, word: String, help: String) async throws {
            try await Workplace.withDemo { place in
                let run = try await place.run(command.split(separator: " ").map(String.init))
                run.expectComplaint(64, word, "See 'portaldesk \(help) --help'")
            }
        }

        @Test("A page past the end has no rows, and the closing object tells the true total")
        func pages() async throws {
            try await Workplace.withDemo { place in
                let jobs = try await place.run("job", "list", "--page", "99999", "--json")
                #expect(jobs.output == #"{"page":99999,"per_page":20,"total":4884}"# + "\n")
                let plain = try await place.run("job", "list", "--page", "99999")
                #expect(plain.lines.count == 1 && plain.errors.contains("There is no page 99999; the last is 245"))
                for list in ["account", "business", "notice"] {
                    let words = [list, "list", "--per-page", "7", "--json", "--page"]
                    let first = try await place.run(words + ["1"]).rows()
                    #expect(first.count == 8 || list == "notice", "\(list)")
                    let past = try await place.run(words + ["9999"]).rows()
                    #expect(past.count == 1 && past.first?["page"] == .number(9_999), "\(list)")
                    #expect(past.first?["total"] == first.last?["total"], "\(list)")
                }
            }
        }

        @Test("Commands that change something print what they changed as JSON, and only that, on standard output")
        func changes() async throws {
            try await Workplace.withDemo { place in
                let added = try await place.run("business", "add", "--name", "Made Up & Co", "--json")
                let id = try #require(try added.rows().first?["id"].integer)
                let edited = try await place.run("business", "edit", "\(id)", "--group", "Retail", "--json")
                #expect(try edited.rows().map { $0["group"] } == [.text("Retail")])
                let removed = try await place.run("business", "remove", "\(id)", "--json")
                #expect(try removed.rows().map { $0["name"] } == [.text("Made Up & Co")])
                let refused = try await place.run("job", "retry", "1", "999999", "--json")
                #expect(try refused.rows().map { $0["accepted"] } == [.flag(false), .flag(false)])
                #expect(refused.status == 65 && refused.errorLines.count == 2)
                let long = try await place.run("business", "add", "--name", String(repeating: "A", count: 201))
                long.expectComplaint(65, "201", "200")
            }
        }

        @Test("What was added is said, once, and an empty --home is no folder")
        func told() async throws {
            try await Workplace.withDemo { place in
                let words = ["business", "add", "--name", "Kaveri Silks", "--gstin", "27AAPFU0939F1ZV"]
                let text = try await place.run(words)
                #expect(text.status == 0 && text.output.isEmpty && text.errorLines.count == 1)
                #expect(text.errors.contains("added: Kaveri Silks, with PAN AAPFU0939F, GSTIN 27AAPFU0939F1ZV."))
                let json = try await place.run("business", "add", "--name", "Prime Traders", "--json")
                #expect(try json.errors.isEmpty && json.rows().map { $0["name"].text } == ["Prime Traders"])
                for command in [
                    ["job", "list"], ["demo", "--no-desk"], ["init", "--user", "a", "--email", "a@b.example"],
                ] {
                    try await place.run(command + ["--home", ""]).expectOneLine(64, "--home is empty")
                }
                try await place.run("--home", "").expectOneLine(64, "--home is empty")
            }
        }

        @Test("gsp status says who serves the GSTINs that have no API session")
        func servedOtherwise() async throws {
            try await Workplace.withDemo { place in
                let status = try await place.run("gsp", "status")
                #expect(status.status == 0)
                let others = "GSTINs without a GSP, served by: sandbox-bridge 74."
                #expect(status.errorLines.count == 1 && status.errors.contains(others), "\(status.errors)")
            }
        }

        @Test("A finished job is refused before an answer is asked for; a file that cannot be read is 65")
        func refusals() async throws {
            try await Workplace.withDemo { place in
                try await place.run("job", "answer", "1").expectComplaint(65, "waits for no answer")
                for kind in ["theme", "provider"] {
                    let missing = try await place.run(kind, "check", "/nonexist", "--home", place.home)
                    missing.expectComplaint(65, "/nonexist cannot be read")
                    let text = try place.write("= nonsense", to: "\(kind).toml")
                    let wrong = try await place.run(kind, "check", text, "--json")
                    #expect(wrong.status == 78)
                    #expect(try wrong.rows().allSatisfy { $0["grade"] == .text("problem") } && !wrong.rows().isEmpty)
                }
            }
        }

        @Test("An export goes to standard output, and never over a file without --force")
        func out() async throws {
            try await Workplace.withDemo { place in
                let words = ["notice", "export", "--format", "csv", "--out"]
                let piped = try await place.run(words + ["-"])
                #expect(piped.status == 0 && piped.lines.first?.hasPrefix("id,portal") == true)
                #expect(!FileManager.default.fileExists(atPath: place.folder + "/-"))
                let file = try place.write("mine", to: "out.csv")
                try await place.run(words + [file]).expectComplaint(65, "--force")
                #expect(place.text(of: file) == "mine")
                #expect(try await place.run(words + [file, "--force"]).status == 0)
                #expect(place.text(of: file) == piped.output)
            }
        }

        @Test("People read times of their own zone and words; programs read what is stored")
        func words() async throws {
            try await Workplace.withDemo { place in
                let plain = try await place.run("account", "list")
                #expect(plain.output.contains("Verified") && !plain.output.contains("income_tax"))
                #expect(plain.output.firstMatch(of: /\d\d-\d\d-\d{4} \d\d:\d\d:\d\d/) != nil)
                #expect(plain.output.firstMatch(of: /\d{4}-\d\d-\d\dT/) == nil)
                #expect(try await place.run("coverage").output.firstMatch(of: /\d{4}-\d\d-\d\dT/) == nil)
                let show = try await place.run("job", "show", "1")
                for label in ["Provider", "Attempt", "Trigger", "Started", "Completed", "New notices"] {
                    #expect(show.lines.contains { $0.hasPrefix(label + " ") }, "\(label)")
                }
            }
        }

        @Test("Logins of a sheet are stored once, refused by line, and no password is repeated anywhere")
        func logins() async throws {
            try await Workplace.withDemo { place in
                let row = try #require(try await place.run("account", "list", "--portal", "gst", "--json").rows().first)
                let identity = try #require(row["identity"].text)
                let text = """
                    sep=;
                    portal;identity;username;password
                    gst;\(identity);me;Hush-Hush@1
                    gst;Hush-Hush@1;me;x
                    Hush-Hush@1;\(identity);me;x
                    """
                let file = try place.write(text, to: "logins.csv")
                let first = try await place.run("account", "import", file, "--json")
                #expect(first.status == 65 && !first.errors.contains("Hush-Hush") && !first.output.contains("Hush"))
                #expect(first.errors.contains("logins.csv:4: ") && first.errors.contains("logins.csv:5: "))
                #expect(try first.rows().first?["stored"] == .number(1))
                let again = try await place.run("account", "import", file, "--json")
                #expect(try again.rows().first?["unchanged"] == .number(1))
                let now = try await place.run("account", "list", "--text", identity, "--json").rows()
                #expect(now.contains { $0["username"] == .text("me") && $0["password_set"] == .flag(true) })
            }
        }
    }
}
