import Foundation
import Testing

extension Whole {
    /// An invoice from a file to its IRN and back, by keys alone.
    @Suite("E-invoices in the desk")
    struct InvoiceFlowTests {
        @Test(
            "A folder is checked, what is in order is registered after a yes, and taken back after another",
            arguments: DeskFlowTests.sizes)
        func registersAndCancels(size: DeskFlowTests.Size) async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                _ = try actions.write(actions.invoice("GE-1"), "march/ge-1.json")
                _ = try actions.write(actions.invoice("GE-2", total: "999.00"), "march/ge-2.json")
                let command = "exec \(place.program) demo --home \(place.home)"
                try await Tmux.with(place, columns: size.columns, rows: size.rows, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    try await terminal.press("M-i")
                    try await terminal.wait("No invoice was registered yet")
                    try await terminal.press("a")
                    try await terminal.wait("Prepare e-invoices", "From")
                    try await terminal.type("\(place.folder)/march")
                    try await terminal.press("Enter")
                    try await terminal.wait("○ 1 draft · ✗ 1", "✗ Findings", "○ Draft", "TotItemVal")
                    try await terminal.press("s")
                    try await terminal.wait(
                        "Register this invoice?", actions.seller, "₹708.00", "SANDBOX: a simulation")
                    // The answer that stands is No.
                    try await terminal.press("Enter")
                    try await terminal.wait(for: "the question to go") { !$0.contains("Register this invoice?") }
                    #expect(try await actions.registered().isEmpty)
                    try await terminal.press("Down", "s")
                    try await terminal.wait("Register this invoice?")
                    try await terminal.press("y")
                    // The selection goes on from the draft to its invoice.
                    try await terminal.wait("✓ Registered", "INV GE-1", "left to cancel", "✗ Findings")
                    let held = try await actions.registered()
                    #expect(held.count == 1)
                    try await terminal.press("P")
                    try await terminal.wait("Write the page to print", "GE-1.html")
                    try await terminal.press("C-u")
                    try await terminal.type("\(place.folder)/GE-1.html")
                    try await terminal.press("Enter")
                    try await terminal.wait("Written to")
                    let page = try String(contentsOfFile: "\(place.folder)/GE-1.html", encoding: .utf8)
                    #expect(page.contains("SANDBOX") && page.contains("<svg") && page.contains("GE-1"))

                    try await terminal.press("Enter")
                    try await terminal.wait("Steel boxes", "signed by the portal, and says what was sent")
                    try await terminal.press("Escape")
                    try await terminal.wait("E-invoices", "✓ Registered")
                    try await terminal.press("X")
                    try await terminal.wait("Remark")
                    try await terminal.press("Tab")
                    try await terminal.type("wrong rate")
                    try await terminal.press("Enter")
                    try await terminal.wait("Cancel this invoice?", "Duplicate: wrong rate")
                    try await terminal.press("y")
                    try await terminal.wait("– Cancelled")
                    let row = try #require(try await place.run("einvoice", "list", "--json").rows().first)
                    #expect(row["state"] == .text("cancelled") && row["irn"] == held.first?["reference"])
                }
            }
        }
    }
}
