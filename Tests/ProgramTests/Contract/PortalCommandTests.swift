import Domain
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
                let told = "the last answer was not accepted"
                #expect(row["last_answer_refused"] == .flag(false))
                #expect(try await !place.run("job", "waiting").output.contains(told))
                try await place.run("job", "answer", id, "--text-file", "-", input: "wrong").expectStatus(0)
                try await place.run("fetch", "--portal", "income_tax", "--identity", identity, "--wait").expectStatus(
                    75)
                let again = try #require(try await place.run("job", "waiting", "--json").rows().first)
                #expect(again["id"] == row["id"] && again["last_answer_refused"] == .flag(true))
                let shown = try await place.run("job", "show", id, "--json").rows().first
                #expect(shown?["last_answer_refused"] == .flag(true))
                for words in [["waiting"], ["question", id], ["show", id]] {
                    #expect(try await place.run(["job"] + words).output.contains(told), "\(words)")
                }
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
                let table = try await place.run("job", "failures", "--portal", "traces").output
                #expect(table.contains("Failed\tnot registered\tTRACES 1\t") && table.contains("Fix the login"))
                #expect(!table.contains("not_registered") && !table.contains("fix_login"))
                let job = "\(try #require(found["latest_job"].integer))"
                let log = try await place.run("job", "log", job).output
                for entry in try await place.run("job", "log", job, "--json").rows() {
                    let (code, message) = (entry["step"].text ?? "", entry["message"].text ?? "")
                    // JSON keeps the code, people read words.
                    let step = Cause(rawValue: code)?.title ?? code
                    let apart = log.range(
                        of: "  \(step) {2,}\(NSRegularExpression.escapedPattern(for: message))",
                        options: .regularExpression)
                    #expect(apart != nil, "\(step) and \(message) in\n\(log)")
                }
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
                    #expect(nothing.errors.contains("nothing stands because of: API access off"), "\(nothing.errors)")
                }
                // A refused password is not offered again by the dozen.
                try await place.run("job", "verify", "--cause", "wrong_password").expectComplaint(64, "does not help")
                try await place.run("job", "retry").expectComplaint(64)
                try await place.run("job", "retry", "1", "--cause", "locked").expectComplaint(64)
                try await place.run("job", "retry", "1", "--portal", "gst").expectComplaint(64)
            }
        }

        @Test("Providers say whom they serve, and when one that is left alone is asked again, by the desk's clock")
        func providers() async throws {
            try await Workplace.withDemo { place in
                let gst = try #require(
                    try await place.run("account", "list", "--portal", "gst", "--json").rows().first?["identity"].text)
                func serves(_ name: String) async throws -> String? {
                    let rows = try await place.run("provider", "list").lines.map { $0.components(separatedBy: "\t") }
                    return rows.first { $0.first == name }?.dropFirst(4).first
                }
                #expect(try await serves("sandbox-bridge") == "GST, Income Tax, TRACES")
                #expect(try await serves("sandbox-gsp") == "nobody yet; can serve GST")
                try await place.run("account", "provider", "--portal", "gst", "--identity", gst, "sandbox-gsp")
                    .expectStatus(0)
                #expect(try await serves("sandbox-gsp") == "1 login given to it")
                let list = try await place.run("provider", "list", "--json").rows()
                #expect(list.first { $0["name"] == .text("sandbox-gsp") }?["logins"].integer == 1)

                // 18:42 in UTC of a day to come; twelve minutes past midnight by the desk's clock in India.
                let script = """
                    import sqlite3, sys
                    base = sqlite3.connect(sys.argv[1])
                    base.execute("INSERT INTO provider_circuit VALUES ('sandbox-bridge', 'reading', 'open', 4120137720000, 0, 0)")
                    base.commit()
                    """
                #expect(try await place.tool("/usr/bin/python3", "-c", script, place.home + "/desk.sqlite").status == 0)
                let status = try await place.run("provider", "status").output
                #expect(status.contains("\tOpen\t25-07-2100 00:12:00\t"), "\(status)")
                let row = try await place.run("provider", "status", "--json").rows().first {
                    $0["name"] == .text("sandbox-bridge")
                }
                #expect(row?["circuit"] == .text("open"))
                #expect(row?["next_probe_at"] == .text("2100-07-24T18:42:00.000Z"))
            }
        }

        @Test("Coverage is paged and filtered; records set aside and providers are named or refused")
        func others() async throws {
            try await Workplace.withDemo { place in
                let rows = try await place.run(
                    "coverage", "--outcome", "never", "--portal", "traces", "--per-page", "3", "--json"
                ).rows()
                #expect(rows.count == 4 && rows.dropLast().allSatisfy { $0["outcome"] == .text("never") })
                #expect(rows.dropLast().allSatisfy { $0["count"].integer == nil }, "nobody has counted there")
                #expect((rows.last?["total"].integer ?? 0) > 3 && rows[0]["business"].text?.isEmpty == false)
                for portal in ["gst", "income_tax", "traces"] {
                    let all = try await place.run("account", "list", "--portal", portal, "--json").rows()
                    let one = try #require(all.first?["identity"].text)
                    let found = try await place.run("coverage", "--identity", one, "--json").rows()
                    #expect(!found.isEmpty && found.allSatisfy { $0["identity"] == .text(one) }, "\(found)")
                    #expect(found.contains { $0["portal"] == .text(portal) })
                }
                try await place.run("coverage", "--identity", "nobody").expectComplaint(
                    65, "no GSTIN, no PAN and no TAN")
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
