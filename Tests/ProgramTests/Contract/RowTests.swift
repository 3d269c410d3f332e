import Foundation
import Testing

extension Whole {
    /// The keys that scripts rely on; more may follow, none may be missing.
    @Suite("Rows of --json")
    struct RowTests {
        private static let job: Set<String> = [
            "id", "sr", "portal", "identity", "kind", "status", "trigger", "attempt", "created_at", "started_at",
            "completed_at", "next_try_at", "cause", "message", "notices_new",
        ]
        private static let promised: [(command: [String], keys: Set<String>)] = [
            (["job", "list", "--status", "failed"], job), (["job", "list", "--status", "done"], job),
            (["job", "log"], ["seq", "at", "level", "step", "message", "detail"]),
            (
                ["account", "list"],
                ["portal", "identity", "business", "username", "status", "reason", "checked_at", "password_set"]
            ),
            (
                ["notice", "list"],
                [
                    "id", "portal", "identity", "business", "reference", "form", "section", "description", "period",
                    "issued_on",
                    "due_on", "due_basis", "demand", "state", "documents", "first_seen_at", "origin", "assignee",
                    "tags", "notes", "gone_at",
                ]
            ),
            (["coverage"], ["portal", "identity", "place", "outcome", "count", "read_at", "error"]),
            (["sandbox", "ledger"], ["system", "kind", "key", "reference", "accepted_at", "calls"]),
        ]

        @Test("Every row has every key, also where there is no value, and every time is RFC 3339 in UTC")
        func keys() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let identity = try sandbox.identity("gst", "place_failed")
                _ = try await place.run("fetch", "--portal", "gst", "--identity", identity, "--wait")
                let good = try sandbox.identity("gst", "page_two")
                #expect(try await place.run("fetch", "--portal", "gst", "--identity", good, "--wait").status == 0)
                let newest = try #require(
                    try await place.run("job", "list", "--json", "--per-page", "1").rows().first?["id"].integer)
                for (command, keys) in Self.promised {
                    let words =
                        command == ["job", "log"] ? command + ["\(newest)"] : command
                    let run = try await place.run(words + ["--json"])
                    #expect(run.status == 0, "\(run.errors)")
                    var rows = try run.rows()
                    if command.starts(with: ["job", "list"]) { rows.removeLast() }
                    #expect(!rows.isEmpty, "\(command)")
                    for row in rows {
                        #expect(row.keys.isSuperset(of: keys), "\(command): missing \(keys.subtracting(row.keys))")
                        Self.expectTimes(row)
                    }
                }
            }
        }

        private static func expectTimes(_ row: Row) {
            for (key, value) in row.values where key.hasSuffix("_at") || key == "at" {
                guard let text = value.text else {
                    #expect(value == .null, "\(key)")
                    continue
                }
                #expect(text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil, "\(key): \(text)")
            }
            for (key, value) in row.values where key.hasSuffix("_on") {
                guard let text = value.text else { continue }
                #expect(text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil, "\(key): \(text)")
            }
        }

        @Test("demo --no-desk, then a page of 20 jobs and their total; the same again on the same demo")
        func demo() async throws {
            try await Workplace.with { place in
                for _ in 1...2 {
                    let made = try await place.run("demo", "--no-desk", "--home", place.home)
                    #expect(made.status == 0, "\(made.errors)")
                    #expect(made.errors.contains("The user is demo, the password demo."), "\(made.errors)")
                    let run = try await place.run("job", "list", "--home", place.home, "--json", "--per-page", "20")
                    var rows = try run.rows()
                    let end = try #require(rows.last)
                    rows.removeLast()
                    #expect(rows.count == 20)
                    #expect(rows.map { $0["sr"].integer } == Array(1...20))
                    #expect(end.values == ["total": .number(4_884), "page": .number(1), "per_page": .number(20)])
                    #expect(run.output.hasSuffix(#""total":4884}"# + "\n"), "\(run.lines.last ?? "")")
                }
            }
        }

        @Test("An existing demo is opened as it is; what is no demo is refused and left alone")
        func otherHomes() async throws {
            try await Workplace.withDemo { place in
                #expect(try await place.run("business", "add", "--name", "Added By Hand").status == 0)
                #expect(try await place.run("demo", "--no-desk", "--home", place.home, "--jobs", "7").status == 0)
                let kept = try await place.run("business", "list", "--json", "--text", "Added By Hand")
                #expect(try kept.rows().count == 1)
                let own = place.folder + "/own"
                let made = try await place.run(
                    "init", "--home", own, "--user", "asha", "--email", "asha@firm.example", "--password-file", "-",
                    input: "long enough\n")
                #expect(made.status == 0, "\(made.errors)")
                try await place.run("demo", "--no-desk", "--home", own).expectComplaint(65, "is not a demo", "--home")
                #expect(try await place.run("job", "list", "--home", own).status == 0)
                let other = place.folder + "/other"
                try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
                try Data("mine".utf8).write(to: URL(fileURLWithPath: other + "/letter.txt"))
                try await place.run("demo", "--no-desk", "--home", other).expectComplaint(65, "is not a demo")
                #expect(place.text(of: other + "/letter.txt") == "mine")
            }
        }
    }
}
