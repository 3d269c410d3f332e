import Foundation
import Testing

extension Whole {
    @Suite("Help, paths, completions")
    struct HelpTests {
        private static let commands = [
            "", "desk", "demo", "init", "business", "business import", "business list", "business add", "business edit",
            "business remove", "account", "account list", "account set", "account verify", "account import",
            "account remove", "fetch",
            "job",
            "job list", "job show", "job log", "job retry", "job cancel", "job answer", "job waiting", "job question",
            "job ask-anew", "job verify", "job failures", "stray", "stray list", "stray show", "tds", "tds request",
            "tds list", "tds withdraw", "account provider",
            "coverage", "notice",
            "notice list",
            "notice show", "notice document", "notice export", "notice assign", "notice tag", "notice untag",
            "notice note",
            "notice due", "notice add", "notice state", "worker", "provider", "provider list", "provider check",
            "provider remove",
            "operation", "operation list", "operation show", "operation reconcile", "operation discard",
            "operation settle", "einvoice", "einvoice check", "einvoice generate", "einvoice list", "einvoice verify",
            "einvoice get", "einvoice print", "einvoice template",
            "einvoice cancel", "einvoice qr", "einvoice user",
            "einvoice user set", "einvoice user list", "einvoice user remove", "ewaybill", "ewaybill generate",
            "ewaybill vehicle", "ewaybill extend", "ewaybill cancel", "ewaybill transporter", "ewaybill show",
            "ewaybill list", "ewaybill get", "ewaybill consolidate", "ewaybill template",
            "mail", "mail test", "mail inbox", "mail show",
            "authenticator", "authenticator enrol", "authenticator remove", "authenticator status",
            "sandbox", "sandbox serve", "sandbox ledger", "theme", "theme list", "theme check", "paths", "doctor",
            "support",
            "support bundle", "support lookup",
        ]

        @Test("Every command explains itself, and what takes a workspace takes --home", arguments: commands)
        func help(command: String) async throws {
            try await Workplace.with { place in
                let words = command.split(separator: " ").map(String.init)
                let run = try await place.run(words + ["--help"])
                #expect(run.status == 0)
                #expect(run.errors.isEmpty)
                #expect(run.output.contains("USAGE: portaldesk \(command)".trimmingCharacters(in: .whitespaces)))
                #expect(run.output.contains("OVERVIEW: "))
                if !run.output.contains("SUBCOMMANDS:") {
                    #expect(run.output.contains("--home <home>"), "\(command)")
                }
                for (line, next) in zip(run.lines, run.lines.dropFirst() + [""])
                where line.firstMatch(of: /^  [-<]/) != nil {
                    let isExplained = line.firstMatch(of: /^  \S.*?  +\S/) != nil
                    #expect(isExplained || next.hasPrefix("          "), "\(command): \(line)")
                }
            }
        }

        @Test("Version, and a completion script for every shell that is known")
        func completions() async throws {
            try await Workplace.with { place in
                let version = try await place.run("--version")
                #expect(version.status == 0 && version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
                for shell in ["bash", "zsh", "fish"] {
                    let script = try await place.run("--generate-completion-script", shell)
                    #expect(script.status == 0 && script.output.contains("fetch"), "\(shell)")
                }
            }
        }

        @Test("paths names every place, inside the home that was asked for")
        func paths() async throws {
            try await Workplace.with { place in
                let rows = try await place.run("paths", "--json", "--home", "/some/where").rows()
                for name in [
                    "home", "database", "config", "providers", "documents", "log", "run", "sandbox", "mail", "support",
                ] {
                    let row = try #require(rows.first { $0["name"] == .text(name) }, "\(name)")
                    #expect(row["path"].text?.hasPrefix("/some/where") == true)
                }
                let xdg = try await place.run(
                    "paths", "--json", changes: ["PORTALDESK_HOME": nil, "XDG_DATA_HOME": "/data"])
                #expect(try xdg.rows().first?["path"] == .text("/data/portaldesk"))
                let plain = try await place.run("paths", "--json", changes: ["PORTALDESK_HOME": nil])
                #expect(try plain.rows().first?["path"] == .text(place.folder + "/.local/share/portaldesk"))
            }
        }

        @Test("sandbox serve says in one line where it is, and ends at SIGTERM")
        func sandbox() async throws {
            try await Workplace.with { place in
                let sandbox = try await SandboxProcess.start(place, state: place.folder + "/state")
                #expect(sandbox.ready["ready"] == .flag(true))
                #expect(
                    sandbox.ready.keys.isSuperset(of: ["ready", "port", "systems", "profile_dir", "accounts_file"]))
                guard case .object(let systems) = sandbox.ready["systems"], let port = sandbox.ready["port"].integer
                else {
                    throw Trouble("no systems: \(sandbox.ready)")
                }
                #expect(systems["bridge"] == .text("http://127.0.0.1:\(port)"))
                let profile = try #require(sandbox.ready["profile_dir"].text)
                #expect(try await place.run("provider", "check", profile + "/bridge.toml").status == 0)
                for account in try sandbox.accounts() {
                    #expect(
                        account.keys.isSuperset(of: [
                            "system", "identity", "username", "password", "otp", "client_id", "client_secret",
                            "outcome",
                        ]))
                }
                #expect(try await sandbox.stop() == 0)
            }
        }
    }
}
