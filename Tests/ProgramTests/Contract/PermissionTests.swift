import Foundation
import Glibc
import Testing

extension Whole {
    /// The table of roles and actions, through the commands; each refusal leaves with 77 and changes nothing.
    @Suite("Who may do what, by command")
    struct PermissionTests {
        private struct Deed {
            let admin, operator_, editor, revealer, support: Bool
            let commands: [[String]]

            init(_ marks: String, _ commands: [String]...) {
                let may = marks.map { $0 == "y" }
                (admin, operator_, editor, revealer, support) = (may[0], may[1], may[2], may[3], may[4])
                self.commands = commands
            }

            func may(_ person: String) -> Bool {
                switch person {
                case "demo": admin
                case "olu": operator_
                case "edi": editor
                case "rev": revealer
                default: support
                }
            }
        }

        /// Columns: admin, operator, operator with `edit`, operator with `reveal`, support. What is allowed is asked for
        /// something that is not there, where it would change what the next one finds.
        private static let operation = "0190b2c4-0001-7fff-bfff-ffffffffffff"

        private static func deeds(_ gst: [String], _ other: [String], _ csv: String, _ password: String) -> [Deed] {
            [
                Deed(
                    "yyyyy", ["job", "list", "--per-page", "1"], ["job", "show", "1"], ["job", "log", "1"],
                    ["job", "waiting"], ["job", "question", "1"], ["job", "failures"],
                    ["stray", "list"], ["stray", "show", "1-notices-00000000"], ["tds", "list"],
                    ["coverage"],
                    ["notice", "list"], ["account", "list"], ["account", "history"] + gst, ["business", "list"],
                    ["whoami"], ["audit", "list"], ["provider", "list"], ["gsp", "status"],
                    ["operation", "list"], ["einvoice", "user", "list"], ["einvoice", "list"],
                    ["ewaybill", "list"], ["support", "bundle", "--preview"]),
                Deed("yyyyy", ["job", "retry", "999999"], ["job", "cancel", "999999"]),
                Deed(
                    "yyyyn",
                    [
                        "tds", "request", "--tan", "ZZZZ99999Z", "--year", "2024-25", "--quarter", "1", "--form", "26Q",
                        "--token", "012345678901234",
                    ], ["fetch"] + gst, ["account", "verify"] + gst,
                    ["job", "answer", "999999", "--text-file", password], ["job", "ask-anew", "999999"],
                    ["job", "verify", "--cause", "locked"],
                    ["operation", "reconcile", operation], ["operation", "discard", operation],
                    ["operation", "settle", operation, "--not-there"], ["ewaybill", "get", "331001000001"],
                    ["gsp", "connect", "--gstin", gst[3]],
                    ["business", "add", "--name", "A Firm"], ["business", "import", csv, "--dry-run"],
                    ["notice", "assign", "999999", "demo"], ["notice", "tag", "999999", "x"],
                    ["notice", "untag", "999999", "x"], ["notice", "note", "999999", "x"],
                    ["notice", "due", "999999", "--clear"], ["notice", "state", "999999", "closed"],
                    ["notice", "add"] + gst + ["--reference", "BY-POST-1"]),
                Deed(
                    "ynynn",
                    ["account", "set"] + gst + ["--username", "x", "--no-verify", "--password-file", password],
                    ["einvoice", "user", "remove", "--gstin", gst[3], "--provider", "nobody"],
                    [
                        "einvoice", "user", "set", "--gstin", gst[3], "--provider", "nobody", "--username", "x",
                        "--password-file", password,
                    ],
                    ["account", "undo"] + gst, ["account", "provider"] + gst + ["nobody"],
                    ["account", "import", csv, "--dry-run"], ["business", "remove", "74"],
                    ["account", "authority"] + gst + ["--given-on", "2026-04-01"],
                    ["account", "authority"] + gst + ["--withdraw"], ["account", "remove"] + other),
                Deed("ynnyn", ["account", "reveal"] + gst + ["--otp-file", password], ["account", "reveal"] + gst),
                Deed(
                    "ynnnn", ["user", "list"], ["user", "role", "nobody", "admin"], ["user", "disable", "nobody"],
                    ["user", "grant", "nobody", "edit"], ["user", "email", "nobody", "a@firm.example"],
                    ["user", "revoke", "nobody", "edit"], ["user", "enable", "nobody"],
                    ["user", "password", "nobody", "--password-file", password],
                    [
                        "user", "add", "o'hara", "--email", "o@firm.example", "--role", "support", "--password-file",
                        password,
                    ],
                    ["authenticator", "remove", "nobody"], ["support", "lookup", "GSTIN-000000"],
                    ["provider", "add", csv], ["provider", "test", "nobody"],
                    ["provider", "remove", "nobody", "--yes"],
                    ["provider", "secret", "nobody", "field", "--password-file", password],
                    // Nobody is asked for a secret first.
                    ["provider", "secret", "nobody", "field"],
                    ["vault", "recovery-code", "--recovery-file", password + ".code"],
                    ["vault", "status"], ["vault", "rotate"], ["vault", "worker-key", "--out", "-"],
                    ["mail", "test", "--to", "a@firm.example"], ["audit", "list", "--actor", "somebody"],
                    ["audit", "show", "1"], ["schedule", "add", "x", "--cron", "@daily"], ["schedule", "disable", "x"],
                    ["schedule", "enable", "x"], ["schedule", "remove", "x"]),
            ]
        }

        @Test("The table holds for every role and action")
        func table() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let gst = ["--portal", "gst", "--identity", try sandbox.identity("gst", "success")]
                let other = ["--portal", "gst", "--identity", try sandbox.identity("gst", "success", number: 1)]
                let csv = try place.write("name\n", to: "empty.csv")
                chmod(csv, 0o600)
                let password = try place.write("a made-up password\n", to: "password")
                for (name, role, grant) in [
                    ("olu", "operator", nil), ("edi", "operator", "edit"), ("rev", "operator", "reveal"),
                    ("sam", "support", nil),
                ] as [(String, String, String?)] {
                    let arguments = [
                        "user", "add", name, "--email", "\(name)@firm.example", "--role", role, "--password-file",
                        password,
                    ]
                    try await place.run(arguments).expectStatus(0)
                    if let grant { try await place.run("user", "grant", name, grant).expectStatus(0) }
                }
                var refused = 0
                // Who may not comes first: what is removed is gone.
                for person in ["sam", "olu", "rev", "edi", "demo"] {
                    let secret = person == "demo" ? "demo" : "a made-up password"
                    try await place.run("login", "--user", person, "--password-file", "-", input: secret).expectStatus(
                        0)
                    for deed in Self.deeds(gst, other, csv, password) {
                        for command in deed.commands {
                            let run = try await place.run(command, input: "12345678\n")
                            if deed.may(person) {
                                // A wrong code is refused with 77 as well, but was asked for.
                                let isPermitted = run.status != 77 || run.errors.contains("the code is not right")
                                #expect(isPermitted, "\(person): \(command): \(run.errors)")
                            } else {
                                refused += 1
                                run.expectComplaint(77, "not permitted")
                            }
                        }
                    }
                }
                #expect(refused == 164)
                try await place.run("logout").expectStatus(0)
                for command in [["job", "list"], ["fetch"] + gst, ["vault", "status"], ["whoami"]] {
                    try await place.run(command).expectComplaint(77, "not logged in")
                }
            }
        }
    }
}
