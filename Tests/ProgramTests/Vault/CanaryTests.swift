import Foundation
import Glibc
import Testing

extension Whole {
    /// Secrets that nothing else contains go through every flow; afterwards they stand nowhere in clear.
    @Suite("Canary secrets")
    struct CanaryTests {
        private static let typed = "Kadamba-typed@7391"
        private static let given = "Kadamba-given@7392"
        private static let imported = "Kadamba-imported@7393"
        private static let login = "Kadamba-login@7394"
        private static let portal = [typed, given, imported]

        @Test("Typed, given, imported, verified, revealed, fetched with, and masked: found nowhere")
        func nowhere() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place, faults: ["latency:20"])
                let identities = try (0..<3).map { try sandbox.identity("gst", "success", number: $0) }
                let recovery = place.folder + "/recovery"
                try await place.run("vault", "recovery-code", "--recovery-file", recovery).expectStatus(0)
                try await Self.people(place)
                try await Self.commands(place, identities)
                let code = try await Self.desk(place, identities[0])
                // The lock of the desk ended the session of commands too.
                try await place.run("account", "list").expectComplaint(77)
                try await place.run("login", "--user", "demo", "--password-file", "-", input: "demo\n")
                    .expectStatus(0)
                let secrets = Self.portal + [Self.login, place.text(of: recovery)]
                for pid in place.processes() {
                    for file in ["cmdline", "environ"] {
                        Self.expectNone(secrets, in: place.text(of: "/proc/\(pid)/\(file)"), "/proc/\(file)")
                    }
                }
                let out = place.folder + "/notices.csv"
                try await place.run("notice", "export", "--format", "csv", "--out", out).expectStatus(0)
                Self.expectNone(secrets, in: place.text(of: out), "the export")
                for command in [
                    ["audit", "list", "--json"], ["account", "list", "--json"], ["doctor", "--json"],
                    ["account", "history", "--portal", "gst", "--identity", identities[0]],
                ] {
                    let run = try await place.run(command)
                    Self.expectNone(secrets + [code], in: run.output + run.errors, "\(command)")
                }
                let walk = try #require(FileManager.default.enumerator(atPath: place.home))
                for name in walk.compactMap({ $0 as? String }) {
                    // The message that carries the code is the one place where it may stand.
                    let looked = name.hasPrefix("mail/") ? secrets : secrets + [code]
                    Self.expectNone(looked, in: place.text(of: "\(place.home)/\(name)"), name)
                    #expect(!name.hasPrefix("core"), "a core was dumped")
                }
            }
        }

        private static func people(_ place: Workplace) async throws {
            let file = try place.write(login + "\n", to: "login-password")
            try await place.run(
                "user", "add", "olu", "--email", "olu@firm.example", "--role", "operator", "--password-file", file
            ).expectStatus(0)
            try await place.run("login", "--user", "olu", "--password-file", file).expectStatus(0)
            // A password in the field of the name.
            try await place.run("login", "--user", login, "--password-file", file).expectStatus(77)
            try await place.run("login", "--user", "demo", "--password-file", "-", input: "demo\n").expectStatus(0)
        }

        private static func commands(_ place: Workplace, _ identities: [String]) async throws {
            let set = [
                "account", "set", "--portal", "gst", "--identity", identities[1], "--username", "some.one",
                "--password-file", "-",
            ]
            try await place.run(set, input: given + "\n").expectStatus(1)
            try await place.run("fetch", "--portal", "gst", "--identity", identities[1], "--wait").expectStatus(1)
            let sheet = try place.write(
                "portal,identity,username,password\ngst,\(identities[2]),some.one,\(imported)\n", to: "logins.csv")
            chmod(sheet, 0o600)
            try await place.run("account", "import", sheet).expectStatus(0)
            try await place.run("account", "verify", "--portal", "gst", "--identity", identities[2]).expectStatus(1)
            try await place.run("vault", "rotate").expectStatus(0)
        }

        /// A password typed into the form, revealed there and masked again; then the lock.
        ///
        /// - Returns: the code that was mailed.
        private static func desk(_ place: Workplace, _ identity: String) async throws -> String {
            let command = "exec \(place.program) --home \(place.home)"
            return try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                try await terminal.wait("demo (admin)")
                try await terminal.press("1")
                try await terminal.wait("View/Edit Business Credentials")
                try await terminal.press("/")
                try await terminal.type(identity)
                try await terminal.press("Enter")
                try await terminal.wait("Total 1 item")
                try await terminal.press("e")
                try await terminal.wait("kept unless")
                try await terminal.press("Tab")
                try await terminal.type(typed)
                try await terminal.press("Enter")
                try await terminal.wait("Not Verified: wrong password")
                try await terminal.press("F2")
                try await terminal.wait("Reason")
                try await terminal.press("Enter")
                try await terminal.wait("Sent to d•••@")
                let mail = try #require(try await place.run("mail", "show").output.firstMatch(of: /\b[0-9]{8}\b/))
                try await terminal.type(String(mail.output))
                try await terminal.press("Enter")
                try await terminal.wait(typed, "◉ hide F2")
                try await terminal.press("F2")
                try await terminal.wait(for: "the mask") { !$0.contains(typed) }
                try await terminal.press("F12")
                try await terminal.wait("Keys are wiped")
                let history = try await terminal.tell("capture-pane", "-p", "-S", "-").output
                expectNone(portal + [String(mail.output)], in: history, "the terminal's memory")
                return String(mail.output)
            }
        }

        private static func expectNone(_ secrets: [String], in text: String, _ what: String) {
            for secret in secrets { #expect(!text.contains(secret), "a secret stands in \(what)") }
        }
    }
}
