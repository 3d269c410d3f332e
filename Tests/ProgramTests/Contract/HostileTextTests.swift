import Foundation
import Testing

extension Whole {
    @Suite("What a portal writes cannot harm a terminal, a spreadsheet or a reader")
    struct HostileTextTests {
        @Test("The name of a file cannot either")
        func fileNames() async throws {
            try await Workplace.with { place in
                let name = "ev\u{1B}[2Jil\nx\u{202E}.toml"
                let good = try String(
                    contentsOfFile: BuiltProgram.repository + "/docs/providers/bridge.toml", encoding: .utf8)
                try good.write(toFile: "\(place.folder)/\(name)", atomically: true, encoding: .utf8)
                for file in ["\(place.folder)/\(name)", "\(place.folder)/no\(name)"] {
                    for json in [[], ["--json"]] {
                        let run = try await place.run(["provider", "check", file] + json)
                        let told = run.output + run.errors
                        #expect(!told.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" }, "\(told)")
                        #expect(told.contains("ev"))
                    }
                }
            }
        }

        @Test("Escape sequences, bidi controls and a line of a megabyte come out harmless everywhere")
        func harmless() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let identity = try sandbox.identity("gst", "hostile_text")
                let who = ["--portal", "gst", "--identity", identity]
                let fetch = try await place.run(["fetch"] + who + ["--wait", "--json"])
                #expect(fetch.status == 0, "\(fetch.errors)")
                let job = try #require(try fetch.rows().first?["id"].integer)
                let notices = try await place.run(["notice", "list"] + who + ["--json"])
                let notice = try #require(try notices.rows().first?["id"].integer)
                #expect(
                    try notices.rows().contains { $0["description"].text?.contains("FORGED LINE") == true },
                    "the sandbox sent nothing hostile")
                for command in [
                    ["job", "log", "\(job)"], ["job", "log", "\(job)", "--json"], ["job", "show", "\(job)"],
                    ["notice", "list"] + who,
                    ["notice", "list"] + who + ["--json"], ["notice", "show", "\(notice)"],
                    ["notice", "show", "\(notice)", "--json"],
                ] {
                    let run = try await place.run(command)
                    #expect(run.status == 0, "\(run.errors)")
                    Self.expectHarmless(run.bytes, "\(command)")
                    Self.expectHarmless(Array(run.errors.utf8), "\(command)")
                }
                for format in ["csv", "json"] {
                    let file = "\(place.folder)/export.\(format)"
                    let export = try await place.run(["notice", "export", "--format", format, "--out", file] + who)
                    #expect(export.status == 0, "\(export.errors)")
                    Self.expectHarmless(Array(place.text(of: file).utf8), format)
                }
                try await Self.lookOnScreen(place)
                for log in (try? FileManager.default.contentsOfDirectory(atPath: place.home + "/log")) ?? [] {
                    Self.expectHarmless(Array(place.text(of: "\(place.home)/log/\(log)").utf8), log)
                }
            }
        }

        /// The notices and the log on the desk: the screen holds no control character, and the page stays whole.
        private static func lookOnScreen(_ place: Workplace) async throws {
            let command = "exec \(place.program) --home \(place.home)"
            try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                try await terminal.wait("Total 4,885 items")
                try await terminal.press("M-n")
                let list = try await terminal.wait("Notices & Orders", "Total")
                expectHarmless(Array(list.utf8), "the list on screen")
                try await terminal.press("Enter")
                let detail = try await terminal.wait("What", "first seen")
                expectHarmless(Array(detail.utf8), "the detail on screen")
                try await terminal.press("M-p")
                try await terminal.wait("Recent Sync Activity")
                try await terminal.press("Home", "Enter")
                let log = try await terminal.wait("claim")
                expectHarmless(Array(log.utf8), "the log on screen")
                #expect(log.split(separator: "\n", omittingEmptySubsequences: false).count == 41)
                // Sequences of our own begin with ESC, so the raw bytes are searched for the rest.
                let raw = await terminal.everything().filter { ![0x1B, 0x08, 0x0F, 0x0E].contains($0) }
                expectHarmless(raw, "the bytes written to the terminal")
            }
        }

        static func expectHarmless(_ bytes: [UInt8], _ what: String, sourceLocation: SourceLocation = #_sourceLocation)
        {
            let text = String(decoding: bytes, as: UTF8.self)
            let bad = text.unicodeScalars.first { scalar in
                switch scalar.value {
                case 0x0A, 0x09: false
                case 0x0D: false
                case 0..<0x20, 0x7F..<0xA0: true
                case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
                default: false
                }
            }
            #expect(bad == nil, "\(what) holds U+\(String(bad?.value ?? 0, radix: 16))", sourceLocation: sourceLocation)
        }
    }
}
