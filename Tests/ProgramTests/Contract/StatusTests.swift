import Foundation
import Testing

extension Whole {
    @Suite("Exit statuses")
    struct StatusTests {
        @Test(
            "Wrong usage is 64 and one line",
            arguments: [
                ["no-such-command"], ["job", "list", "--no-such-option"], ["job", "show", "one"], ["fetch"],
                ["fetch", "--all", "--portal", "gst"], ["fetch", "--portal", "moon"], ["job", "list", "--page", "0"],
                ["job", "list", "--sort", "colour"], ["job", "list", "--from", "yesterday"],
                ["demo", "--jobs", "many"],
                ["account", "set", "--portal", "gst"], ["notice", "export", "--format", "pdf", "--out", "x"],
                ["worker", "--concurrency", "0"], ["sandbox", "serve", "--fault", "nonsense"], ["init", "--user", "a"],
            ])
        func usage(arguments: [String]) async throws {
            try await Workplace.withDemo { place in
                let run = try await place.run(arguments)
                run.expectComplaint(64)
            }
        }

        @Test(
            "An id that does not exist is 65",
            arguments: [
                ["job", "show", "999999"], ["job", "log", "999999"], ["job", "cancel", "999999"],
                ["job", "retry", "999999"],
                ["job", "answer", "999999", "--text-file", "/dev/null"], ["notice", "show", "999999"],
                ["notice", "document", "999999"], ["notice", "tag", "999999", "x"], ["notice", "note", "999999", "x"],
                ["notice", "due", "999999", "2026-11-27"], ["notice", "assign", "999999", "demo"],
                ["notice", "state", "999999", "closed"], ["business", "remove", "999999"],
                ["account", "verify", "--portal", "gst", "--identity", "27AAAAA0000A1Z5"],
                ["account", "verify", "--portal", "gst", "--identity", "nonsense"],
            ])
        func unknown(arguments: [String]) async throws {
            try await Workplace.withDemo { place in
                let run = try await place.run(arguments)
                #expect(run.status == 65, "\(run.errors)")
                #expect(run.errorLines.count == 1, "\(run.errors)")
            }
        }

        @Test("fetch --wait: 0 when done, 1 when the portal said no, 75 when a person or time is needed")
        func fetchWait() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                for (outcome, status) in [
                    ("success", 0), ("locked", 1), ("otp_required", 1), ("place_failed", 75), ("unavailable_twice", 75),
                ] as [(String, Int32)] {
                    let identity = try sandbox.identity("gst", outcome)
                    let run = try await place.run(
                        "fetch", "--portal", "gst", "--identity", identity, "--wait", "--json")
                    #expect(run.status == status || outcome == "otp_required", "\(outcome): \(run.errors)")
                }
                let captcha = try sandbox.identity("income_tax", "captcha")
                let waiting = try await place.run(
                    "fetch", "--portal", "income_tax", "--identity", captcha, "--wait", "--json")
                #expect(waiting.status == 75, "\(waiting.errors)")
                #expect(try waiting.rows().first?["status"] == .text("needs_input"))
                let job = try #require(try waiting.rows().first?["id"].integer)
                let code = try #require(try sandbox.accounts("income_tax", "captcha").first?["otp"].text)
                #expect(
                    try await place.run("job", "answer", "\(job)", "--text-file", "-", input: code + "\n").status == 0)
                let commits = try Commits(place.home)
                try await commits.wait(for: "the answered job to be done") {
                    try await place.run("job", "show", "\(job)", "--json").rows().first?["status"] == .text("done")
                }
            }
        }

        @Test("account set verifies at once: 1 and the reason for a wrong password, 0 for the right one")
        func accountSet() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let login = try #require(try sandbox.accounts("income_tax", "wrong_password").first)
                let (identity, username, password) = try (
                    #require(login["identity"].text), #require(login["username"].text), #require(login["password"].text)
                )
                let set = ["account", "set", "--portal", "income_tax", "--identity", identity, "--username", username]
                let wrong = try await place.run(set + ["--password-file", "-"], input: "Not-The-One@1\n")
                wrong.expectComplaint(1, "wrong password")
                #expect(!wrong.errors.contains("Not-The-One"))
                let file = try place.write(password + "\n", to: "password")
                let right = try await place.run(set + ["--password-file", file])
                #expect(right.status == 0, "\(right.errors)")
                #expect(right.errors.contains("Verified"))
                let verify = try await place.run("account", "verify", "--portal", "income_tax", "--identity", identity)
                #expect(verify.status == 0)
                try await place.run(set, input: "").expectComplaint(64, "--password-file")
                try await place.run(set + ["--password-file", place.folder + "/none"]).expectComplaint(65, "none")
            }
        }

        @Test("Without a provider that answers, a verification is 69")
        func unavailable() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place, faults: ["unavailable:1000"])
                let identity = try sandbox.identity("gst", "success")
                let run = try await place.run("account", "verify", "--portal", "gst", "--identity", identity)
                run.expectComplaint(69)
            }
        }
    }
}
