import Foundation
import Testing

extension Whole {
    /// What the desk's screens of the portals show, as commands.
    @Suite("What portals ask and leave open, by command")
    struct PortalCommandTests {
        @Test("A captcha is listed, its picture saved, and another one refused where that is a login attempt")
        func question() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let account = try #require(try sandbox.accounts("income_tax", "captcha").first)
                let identity = try #require(account["identity"].text)
                #expect(try await place.run("job", "waiting", "--json").rows().isEmpty)
                try await place.run("fetch", "--portal", "income_tax", "--identity", identity, "--wait").expectStatus(
                    75)
                let row = try #require(try await place.run("job", "waiting", "--json").rows().first)
                #expect(row["asks"] == .text("captcha") && row["kind"] == .text("fetch"))
                #expect(row["identity"] == .text(identity) && row["expires_at"].text != nil && row["since"].text != nil)
                let id = "\(try #require(row["id"].integer))"
                let file = place.folder + "/captcha.png"
                let question = try await place.run("job", "question", id, "--out", file, "--json")
                #expect(try question.rows().first?["renewable"] == .flag(false))
                let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
                #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
                try await place.run("job", "question", id, "--out", file).expectComplaint(65)
                try await place.run("job", "ask-anew", id).expectComplaint(65, "another login attempt")
                let otp = try #require(account["otp"].text)
                try await place.run("job", "answer", id, "--text-file", "-", input: otp).expectStatus(0)
                try await place.run("job", "question", id).expectComplaint(65, "waits for no answer")
            }
        }

        @Test("Failures are folded by cause, and all of one cause retried")
        func failures() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let identity = try sandbox.identity("traces", "not_registered")
                let fetch = ["fetch", "--portal", "traces", "--identity", identity, "--wait"]
                try await place.run(fetch).expectStatus(1)
                func group() async throws -> Row? {
                    try await place.run("job", "failures", "--portal", "traces", "--json").rows().first {
                        $0["cause"] == .text("not_registered")
                    }
                }
                let found = try #require(try await group())
                #expect(found["count"] == .number(1) && found["action"] == .text("fix_login"))
                #expect(found["status"] == .text("failed") && found["latest_job"].integer != nil)
                let retried = try await place.run(
                    "job", "retry", "--cause", "not_registered", "--portal", "traces", "--json")
                #expect(try retried.rows().map { $0["accepted"] } == [.flag(true)])
                // The retried job, or another one when that has ended: it fails again in the same way.
                try await place.run(fetch).expectStatus(1)
                #expect(try await group()?["count"] == .number(1))
                let idle = ["job", "retry", "--cause", "no_api_access", "--portal", "traces"]
                for words in [idle, idle + ["--json"]] {
                    let nothing = try await place.run(words)
                    #expect(nothing.status == 0 && nothing.output.isEmpty && nothing.errorLines.count == 1)
                    #expect(nothing.errors.contains("nothing stands because of no_api_access"), "\(nothing.errors)")
                }
                // A refused password is not offered again by the dozen.
                try await place.run("job", "verify", "--cause", "wrong_password").expectComplaint(64, "does not help")
                try await place.run("job", "retry").expectComplaint(64)
                try await place.run("job", "retry", "1", "--cause", "locked").expectComplaint(64)
                try await place.run("job", "retry", "1", "--portal", "gst").expectComplaint(64)
            }
        }

        @Test("Coverage is paged and filtered; records set aside and providers are named or refused")
        func others() async throws {
            try await Workplace.withDemo { place in
                let rows = try await place.run(
                    "coverage", "--outcome", "never", "--portal", "traces", "--per-page", "3", "--json"
                ).rows()
                #expect(rows.count == 4 && rows.dropLast().allSatisfy { $0["outcome"] == .text("never") })
                #expect((rows.last?["total"].integer ?? 0) > 3 && rows[0]["business"].text?.isEmpty == false)
                #expect(try await place.run("stray", "list", "--json").rows().isEmpty)
                for name in ["1-notices-00000000", "no such name"] {
                    try await place.run("stray", "show", name).expectComplaint(65, "stray list")
                }
                let gstin = try #require(
                    try await place.run("account", "list", "--portal", "gst", "--json").rows().first)
                let who = ["--portal", "gst", "--identity", try #require(gstin["identity"].text)]
                try await place.run(["account", "provider"] + who + ["nobody"]).expectComplaint(65, "provider list")
                try await place.run(["account", "provider"] + who + ["sandbox-bridge"]).expectStatus(0)
                try await place.run(["account", "provider"] + who).expectStatus(0)
                let history = try await place.run(["account", "history"] + who).output
                #expect(history.contains("provider sandbox-bridge → default"))
            }
        }
    }
}
