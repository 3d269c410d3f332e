import Foundation
import Testing

extension Whole {
    @Suite("An authenticator by command")
    struct AuthenticatorCommandTests {
        /// Starts the program, types the letters that it prints into the app, and hands it the app's code.
        private static let script =
            AuthenticatorApp.functions + """
                run = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                letters = run.stdout.readline().strip()
                run.communicate(code(letters) + "\\n")
                print(letters)
                sys.exit(run.returncode)
                """

        @Test("A script sets one up with the letters, sees it and removes it")
        func script() async throws {
            try await Workplace.withDemo { place in
                let command = [place.program, "authenticator", "enrol", "--otp-file", "-"]
                let child = try Child.start(
                    ["/usr/bin/python3", "-c", Self.script] + command, environment: place.environment,
                    folder: place.folder)
                let enrolled = try await place.finish(child)
                #expect(enrolled.status == 0, "\(enrolled.errors)")
                #expect(enrolled.output.wholeMatch(of: /([A-Z2-7]{4} ){7}[A-Z2-7]{4}\n/) != nil)
                let row = try #require(try await place.run("authenticator", "status", "--json").rows().first)
                #expect(row["state"] == .text("set") && row["confirm"] == .text("mail"))
                #expect(row["since"].text?.hasSuffix("Z") == true)
                try await place.run("authenticator", "enrol", "--otp-file", "-").expectComplaint(65)
                // A session that was left open is not enough.
                try await place.run("authenticator", "remove").expectComplaint(77)
                let removal = ["authenticator", "remove", "--password-file", "-"]
                try await place.run(removal, input: "wrong\n").expectComplaint(77)
                #expect(try await place.run(removal, input: "demo\n").status == 0)
                try await place.run("authenticator", "remove").expectComplaint(65)
            }
        }

        @Test("A wrong code sets nothing up, and without a code to read nothing begins")
        func refused() async throws {
            try await Workplace.withDemo { place in
                try await place.run("authenticator", "enrol").expectComplaint(64)
                let wrong = try await place.run("authenticator", "enrol", "--otp-file", "-", input: "no code\n")
                #expect(wrong.status == 77)
                let row = try #require(try await place.run("authenticator", "status", "--json").rows().first)
                #expect(row["state"] == .text("none") && row["since"] == .null)
                _ = try await place.run("logout")
                try await place.run("authenticator", "status").expectComplaint(77)
            }
        }

        @Test("On a terminal the picture stands on a screen of its own, and Esc leaves nothing behind")
        func terminal() async throws {
            try await Workplace.withDemo { place in
                // The pane stays alive: its end would scroll the first line away.
                let command = "\(place.program) authenticator enrol; echo ended $?; exec cat"
                try await Tmux.with(place, columns: 80, rows: 40, command) { terminal in
                    let shown = try await terminal.wait("Scan it with your authenticator app", "Code:")
                    #expect(shown.contains("▀") && shown.contains("▄"))
                    let letters = try #require(shown.firstMatch(of: /([A-Z2-7]{4} ){7}[A-Z2-7]{4}/)).output.0
                    try await terminal.type("123456")
                    try await terminal.press("Enter")
                    try await terminal.wait("the code is not right")
                    try await terminal.press("Escape")
                    let left = try await terminal.wait("ended 75", "no authenticator was set up")
                    #expect(!left.contains(letters) && !left.contains("▀"))
                }
                try await Tmux.with(place, columns: 80, rows: 24, command) { terminal in
                    let shown = try await terminal.wait(
                        "The QR code needs a window of 50x", "this one is 80x24", "Code:")
                    #expect(shown.contains(/([A-Z2-7]{4} ){7}[A-Z2-7]{4}/))
                    try await terminal.press("C-c")
                    try await terminal.wait("ended 75")
                }
                let row = try #require(try await place.run("authenticator", "status", "--json").rows().first)
                #expect(row["state"] == .text("none"))
            }
        }
    }
}
