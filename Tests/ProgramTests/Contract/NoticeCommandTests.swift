import Foundation
import Testing

extension Whole {
    @Suite("Notices by command")
    struct NoticeCommandTests {
        @Test("A notice by post is entered, given away, tagged, noted, dated, found again, exported and closed")
        func work() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let gst = ["--portal", "gst", "--identity", try sandbox.identity("gst", "success")]
                let entry = ["--reference", "BY-POST-77", "--form", "ASMT-10", "--issued", "2020-01-31"]
                let added = try await place.run(["notice", "add"] + gst + entry)
                #expect(added.status == 0, "\(added.errors)")
                let id = added.output.trimmingCharacters(in: .whitespacesAndNewlines)
                for words in [
                    ["assign", id, "demo"], ["tag", id, "#Hearing", "appeal"], ["untag", id, "appeal"],
                    ["note", id, "=called the officer"], ["note", id, "-"],
                ] { try await place.run(["notice"] + words, input: "from a pipe\n").expectStatus(0) }
                let found = try await place.run(
                    "notice", "list", "--json", "--search", "post asmt10", "--tag", "hearing", "--assignee", "demo",
                    "--overdue", "--due-before", "2020-03-02"
                ).rows()
                #expect(found.map { $0["reference"].text } == ["BY-POST-77"])
                // A GSTIN tells its portal by itself.
                let own = try await place.run(["notice", "list", "--json"] + gst.suffix(2)).rows()
                #expect(own.contains { $0["reference"].text == "BY-POST-77" })
                #expect(found.first?["due_on"].text == "2020-03-01" && found.first?["due_basis"].text == "computed")
                #expect(try await place.run("notice", "list", "--search", "officer", "--json").rows().count == 1)
                try await place.run("notice", "due", id, "15-03-2020").expectStatus(0)
                let shown = try await place.run("notice", "show", id)
                for words in ["15-03-2020", "set by hand", "#hearing", "=called the officer", "from a pipe", "demo"] {
                    #expect(shown.output.contains(words), "\(words) is missing:\n\(shown.output)")
                }
                let file = place.folder + "/due.ics"
                let export = ["notice", "export", "--format", "ics", "--search", "BY-POST-77", "--out", file]
                try await place.run(export).expectStatus(0)
                let calendar = try String(contentsOfFile: file, encoding: .utf8)
                #expect(calendar.contains("DTSTART;VALUE=DATE:20200315\r\n") && calendar.hasSuffix("END:VCALENDAR\r\n"))
                try await place.run("notice", "state", id, "closed").expectStatus(0)
                #expect(
                    try await place.run("notice", "list", "--overdue", "--search", "BY-POST", "--json").rows().isEmpty)
            }
        }

        private static let wrong: [(words: [String], status: Int32)] = [
            (["assign", "1"], 64), (["assign", "1", "demo", "--nobody"], 64), (["due", "1"], 64),
            (["due", "1", "31-02-2026"], 64), (["tag", "1", "two words"], 65), (["untag", "1", "absent"], 65),
            (["assign", "1", "who"], 65), (["state", "1", "closed"], 65), (["note", "1", " "], 65),
            (["list", "--due-before", "soon"], 64), (["list", "--tag", "a,b"], 65),
            (["list", "--due-within", "\(Int.max)"], 64), (["list", "--due-within", "\(Int.min)"], 64),
        ]

        @Test("What is wrong is refused in one line", arguments: wrong)
        func refused(words: [String], status: Int32) async throws {
            try await Workplace.withDemo { place in
                let run = try await place.run(["notice"] + words)
                #expect(run.status == status && run.errorLines.count == 1, "\(run.errors)")
            }
        }

        @Test("Documents are saved in a folder and their names printed")
        func documents() async throws {
            try await Workplace.withDemo { place in
                let rows = try await place.run("notice", "list", "--json").rows()
                let with = try #require(rows.first { ($0["documents"].integer ?? 0) > 0 }?["id"].integer)
                let folder = place.folder + "/out"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                let run = try await place.run("notice", "document", "\(with)", "--out", folder)
                #expect(run.status == 0, "\(run.errors)")
                let files = try FileManager.default.contentsOfDirectory(atPath: folder)
                #expect(Set(run.lines) == Set(files.map { "\(folder)/\($0)" }) && !files.isEmpty)
            }
        }
    }
}
