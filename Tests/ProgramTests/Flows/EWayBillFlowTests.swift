import Foundation
import Testing

extension Whole {
    /// An e-way bill on the desk, by keys alone.
    @Suite("E-way bills in the desk")
    struct EWayBillFlowTests {
        /// A registered invoice, and an API user at the e-way bill system.
        private static func with(_ body: @Sendable (ActionPlace) async throws -> Void) async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                let file = try actions.write(actions.invoice("GE-5"), "invoice.json")
                let invoice = try await place.run("einvoice", "generate", file, "--json")
                let irn = try #require(try invoice.rows().first?["reference"].text, "\(invoice.errors)")
                #expect(invoice.status == 0 && irn.count == 64)
                try await body(actions)
            }
        }

        @Test(
            "A bill is made of an invoice, shows how long it holds, is not extended too early, and is taken back after a yes",
            arguments: DeskFlowTests.sizes)
        func showsAndCancels(size: DeskFlowTests.Size) async throws {
            try await Self.with { actions in
                let place = actions.place
                let command = "exec \(place.program) demo --home \(place.home)"
                try await Tmux.with(place, columns: size.columns, rows: size.rows, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    try await terminal.press("M-i")
                    try await terminal.wait("✓ Registered", "INV GE-5")
                    try await terminal.press("b")
                    try await terminal.wait("E-way bill · INV GE-5", "Km")
                    try await terminal.type("1900")
                    try await terminal.press("Tab", "Tab", "Tab")
                    try await terminal.type("UP32AB1234")
                    try await terminal.press("Tab", "Enter")
                    try await terminal.wait(
                        "Make this e-way bill?", "1900 km, by road, UP32AB1234", "₹708.00", "SANDBOX")
                    try await terminal.press("y")
                    try await terminal.wait("The e-way bill of INV GE-5")
                    try await terminal.press("M-w")
                    try await terminal.wait("✓ Valid", "████████", "INV GE-5", "nothing was changed since")
                    let made = try #require(try await place.run("ewaybill", "list", "--json").rows().first)
                    let number = try #require(made["number"].text)
                    #expect(made["state"] == .text("valid") && made["vehicle"] == .text("UP32AB1234"))
                    try await terminal.press("e")
                    try await terminal.wait("The system takes it from 8 hours before its end")
                    try await terminal.press("w")
                    try await terminal.wait("Watch list", "No bill ends within 8 h")
                    try await terminal.press("w")
                    try await terminal.wait("✓ Valid")
                    try await terminal.press("X")
                    try await terminal.wait("Cancel e-way bill", "Remark")
                    try await terminal.press("Tab", "Enter")
                    try await terminal.wait(
                        "Cancel e-way bill?", number, "₹708.00", "sandbox-ewb", "SANDBOX: a simulation")
                    try await terminal.press("Enter")
                    try await terminal.wait(for: "the question to go") { !$0.contains("SANDBOX: a simulation") }
                    try await terminal.press("Enter")
                    try await terminal.wait("SANDBOX: a simulation")
                    try await terminal.press("y")
                    try await terminal.wait("– Cancelled", "It was taken back")
                    let row = try #require(try await place.run("ewaybill", "list", "--json").rows().first)
                    #expect(row["state"] == .text("cancelled") && row["number"] == .text(number))
                }
            }
        }
    }
}
