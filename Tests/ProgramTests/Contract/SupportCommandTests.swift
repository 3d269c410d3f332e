import Foundation
import Glibc
import Testing

extension Whole {
    @Suite("A support bundle by command")
    struct SupportCommandTests {
        private static func files(in place: Workplace) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: place.folder).filter { $0.hasSuffix(".tar.gz") }
        }

        @Test("A preview writes nothing; without a terminal nothing is written unasked; then nothing planted is inside")
        func bundle() async throws {
            try await Workplace.withDemo { place in
                let gstin = try #require(
                    try await place.run("job", "list", "--json", "--per-page", "100").rows()
                        .first { $0["portal"] == .text("gst") }?["identity"].text)
                let secret = "Kadamba@7391"
                let log = "2026-11-20T10:00:00Z error \(gstin.lowercased()) password=\(secret) 192.168.17.4\n"
                _ = try place.write(log, to: "home/log/worker.log")
                let preview = try await place.run("support", "bundle", "--preview", "--days", "90")
                preview.expectStatus(0)
                #expect(preview.output.contains("log/worker.log") && preview.output.contains("GSTINs"))
                #expect(!preview.output.contains(gstin) && !preview.output.contains(secret))
                try await place.run("support", "bundle").expectComplaint(64)
                #expect(try Self.files(in: place).isEmpty)
                let made = try await place.run(
                    "support", "bundle", "--yes", "--days", "90", "--json", "--out", place.folder)
                let row = try #require(try made.rows().last)
                let file = try #require(row["file"].text)
                #expect(try Self.files(in: place) == [String(file.dropFirst(place.folder.count + 1))])
                var facts = stat()
                #expect(stat(file, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
                #expect(row["bytes"].integer == Int(facts.st_size))
                let sum = try await place.tool("/usr/bin/sha256sum", file)
                #expect(row["sha256"].text.map { sum.output.hasPrefix($0) } == true)
                let text = try await place.tool("/usr/bin/tar", "-xOzf", file).output
                for planted in [gstin, gstin.lowercased(), secret, "192.168.17.4"] { #expect(!text.contains(planted)) }
                try await Self.lookUp(place, text, gstin)
                let again = try await place.run("support", "bundle", "--yes", "--json", "--out", file)
                again.expectComplaint(65)
            }
        }

        private static func lookUp(_ place: Workplace, _ text: String, _ gstin: String) async throws {
            let line = try #require(text.split(separator: "\n").first { $0.contains("password=") })
            let mask = try #require(line.firstMatch(of: /GSTIN-[0-9a-f]+/).map { String($0.output) })
            let found = try await place.run("support", "lookup", mask, "--json").rows()
            #expect(found.map { $0["value"] } == [.text(gstin)])
            try await place.run("support", "lookup", "GSTIN-zzzzzz").expectComplaint(65)
            let trail = try await place.run("audit", "list", "--action", "support", "--json").rows()
            #expect(
                trail.map { "\($0["action"].text ?? "") \($0["outcome"].text ?? "")" } == [
                    "support.bundle done", "support.lookup done", "support.lookup failed",
                ])
            #expect(trail.allSatisfy { $0["detail"].text?.contains(gstin) == false })
        }

        @Test("What cannot be is refused before anything is collected")
        func refused() async throws {
            try await Workplace.withDemo { place in
                try await place.run("support", "bundle", "--days", "0").expectComplaint(64)
                try await place.run("support", "bundle", "--out", "-", "--yes").expectComplaint(64)
                try await place.run("support", "bundle", "--job", "999999", "--preview").expectComplaint(65)
            }
        }

        @Test("At a terminal what was masked is shown, then one question; no writes nothing")
        func terminal() async throws {
            try await Workplace.withDemo { place in
                let command =
                    "\(place.program) support bundle --out \(place.folder); echo ended $?; \(place.program) support bundle --out \(place.folder); exec cat"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await terminal.wait("SUCH AS", "Write this bundle? [y/N]")
                    try await terminal.press("Enter")
                    try await terminal.wait("Nothing was written.", "ended 1")
                    #expect(try Self.files(in: place).isEmpty)
                    try await terminal.wait("Write this bundle? [y/N]")
                    try await terminal.type("y")
                    try await terminal.press("Enter")
                    try await terminal.wait("Written: ")
                    #expect(try Self.files(in: place).count == 1)
                }
            }
        }
    }
}
