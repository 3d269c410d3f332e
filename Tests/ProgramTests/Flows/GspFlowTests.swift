import Foundation
import Testing

extension Whole {
    /// A firm of its own GSP: from the provider file to the notices, through commands alone.
    @Suite("GST through a GSP")
    struct GspFlowTests {
        /// A workspace of a firm whose only provider is the simulated GSP, with one business in it.
        private static func with(
            _ outcome: String,
            _ body: @Sendable (Workplace, _ gstin: String) async throws -> Void
        ) async throws {
            try await Workplace.with { place in
                let sandbox = try await SandboxProcess.start(
                    place, faults: ["\(outcome):09AAFHH6756K1ZQ"], state: place.folder + "/sandbox")
                try await place.run(
                    "init", "--user", "asha", "--email", "asha@firm.example", "--password-file", "-", "--provider",
                    sandbox.profile + "/gsp.toml", input: "a made-up password\n"
                ).expectStatus(0)
                let account = try #require(try sandbox.accounts("gst", outcome).first)
                let gstin = try #require(account["identity"].text)
                let firms = try place.write(
                    "name,gstin,gst_username\nPrime Traders,\(gstin),\(try #require(account["username"].text))\n",
                    to: "firms.csv")
                try await place.run("business", "import", firms).expectStatus(0)
                // GSTN is never offered the portal's password, so none is asked for.
                try await place.run(
                    "account", "set", "--portal", "gst", "--identity", gstin, "--username",
                    try #require(account["username"].text), "--no-verify"
                ).expectStatus(0)
                try await body(place, gstin)
            }
        }

        private static func standing(_ place: Workplace) async throws -> Row {
            try #require(try await place.run("gsp", "status", "--json").rows().first)
        }

        @Test("connect asks for the OTP, the session is kept, the notices come, and the vault may rotate meanwhile")
        func connects() async throws {
            try await Self.with("page_two") { place, gstin in
                #expect(try await place.run("provider", "test", "sandbox-gsp").status == 0)
                #expect(try await Self.standing(place)["state"] == .text("none"))
                let waiting = try await place.run("gsp", "connect", "--gstin", gstin)
                waiting.expectStatus(75)
                #expect(waiting.errors.contains("GSTN sent an OTP to the authorised signatory of \(gstin)"))
                #expect(try await Self.standing(place)["state"] == .text("awaits_otp"))
                let job = try #require(
                    try await place.run("job", "list", "--status", "needs_input", "--json").rows().first)
                #expect(job["cause"] == .text("otp_required"))
                let id = try #require(job["id"].integer)
                try await place.run("job", "answer", "\(id)", "--text-file", "-", input: "575757\n").expectStatus(0)
                try await place.run("gsp", "connect", "--gstin", gstin).expectStatus(0)
                let open = try await Self.standing(place)
                #expect(open["state"] == .text("open") && open["until"].text != nil)

                try await place.run("vault", "rotate").expectStatus(0)
                try await place.run("fetch", "--portal", "gst", "--identity", gstin, "--wait").expectStatus(0)
                let notices = try await place.run("notice", "list", "--json").rows()
                #expect(notices.count > 100)
                let coverage = try await place.run("coverage", "--json").rows()
                let outcomes = Dictionary(
                    coverage.compactMap { row in row["place"].text.map { ($0, row["outcome"].text) } },
                    uniquingKeysWith: { first, _ in first })
                #expect(outcomes["notices"] == "read" && outcomes["additional_notices"] == "skipped")
                // Nothing of the session stands anywhere in clear.
                let everything = try await place.run("audit", "list", "--json").output
                #expect(!everything.contains("575757"))
            }
        }

        @Test("The desk leads to a session step by step, and can be left in the middle", arguments: DeskFlowTests.sizes)
        func walks(size: DeskFlowTests.Size) async throws {
            try await Self.with("success") { place, gstin in
                let command = "exec \(place.program)"
                try await Tmux.with(place, columns: size.columns, rows: size.rows, command) { terminal in
                    try await terminal.wait("Recent Sync Activity")
                    try await terminal.press("M-g")
                    try await Golden.expect("sessions", terminal, "API sessions at GSTN", gstin, "? Unknown")
                    try await terminal.press("Enter")
                    try await Golden.expect("connect", terminal, "Ask for the OTP", "not known until GSTN is asked")
                    try await terminal.press("Enter")
                    try await terminal.wait("with the authorised signatory", "[ Send ]")
                    try await terminal.press("Escape")
                    try await terminal.wait("? OTP", "✓ Yes")
                    try await terminal.press("Enter")
                    try await terminal.wait("with the authorised signatory", "[ Send ]")
                    try await terminal.type("575757")
                    try await terminal.press("Enter")
                    try await Golden.expect("connected", terminal, "✓ Connected until", "went through")
                    try await terminal.press("Enter")
                    try await terminal.wait("● Open", "✓ Yes")
                }
                #expect(try await Self.standing(place)["state"] == .text("open"))
                let everything = try await place.run("audit", "list", "--json").output
                #expect(
                    !everything.contains("575757") && !place.text(of: place.home + "/log/worker.log").contains("575757")
                )
            }
        }

        @Test("In a demo a GSTIN gets its GSP and its session by keys alone, and the desk says where the OTP lies")
        func demo() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let gstin = try sandbox.identity("gst", "success")
                let command = "exec \(place.program) demo --home \(place.home)"
                try await Tmux.with(place, columns: 80, rows: 24, command) { terminal in
                    try await terminal.wait("Recent Sync Activity")
                    try await terminal.press("M-g")
                    try await terminal.wait("API sessions at GSTN")
                    try await terminal.press("/")
                    try await terminal.type(gstin)
                    try await terminal.press("Enter")
                    try await terminal.wait("Total 1 item")
                    try await terminal.press("Enter")
                    try await terminal.wait("sandbox-gsp", "[ Use it ]")
                    try await terminal.press("Tab", "Enter")
                    try await terminal.wait("[ Ask for the OTP ]")
                    try await terminal.press("Enter")
                    try await terminal.wait("[ Send ]", "SANDBOX: every OTP is 575757")
                    try await terminal.type("575757")
                    try await terminal.press("Enter")
                    try await terminal.wait("✓ Connected until")
                }
            }
        }

        @Test("API access that is off is named with the way to switch it on")
        func accessOff() async throws {
            try await Self.with("no_api_access") { place, gstin in
                try await place.run("gsp", "connect", "--gstin", gstin).expectComplaint(
                    1, "API access off", "My Profile, Manage API Access")
                #expect(try await Self.standing(place)["state"] == .text("access_off"))
                try await place.run("gsp", "connect", "--gstin", "27AAPFU0939F1ZV").expectComplaint(65)
            }
        }
    }
}
