import Foundation
import Testing

extension Whole {
    /// E-way bills and invoices that stand at the authority, by command.
    @Suite("E-way bills by command")
    struct BillCommandTests {
        @Test("Bills that go on in one vehicle get one number, once, and every list names it")
        func consolidate() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                var numbers: [String] = []
                for number in ["DC-1", "DC-2"] {
                    let file = try actions.write(actions.challan(number), "\(number).json")
                    let made = try await place.run("ewaybill", "generate", file, "--json")
                    numbers.append(try #require(try made.rows().first?["reference"].text, "\(made.errors)"))
                }
                let words = ["--mode", "road", "--from-place", "Kanpur", "--from-state", "9", "--json"]
                let first = try await place.run(
                    ["ewaybill", "consolidate"] + numbers + ["--vehicle", "UP32CD5678"] + words)
                let row = try #require(try first.rows().first, "\(first.errors)")
                #expect(first.status == 0 && row["kind"] == .text("ewaybill_consolidate"))
                let trip = try #require(row["reference"].text)
                #expect(trip.count == 10)
                let again = try await place.run(
                    ["ewaybill", "consolidate"] + numbers.reversed() + ["--vehicle", "UP32CD5678"] + words)
                #expect(try again.rows().first?["id"] == row["id"])
                let shown = try await place.run("ewaybill", "show", numbers[0], "--json").rows()
                #expect(shown.first?["consolidated"] == .text(trip))
                let listed = try await place.run("ewaybill", "list", "--json").rows().filter {
                    $0["number"].text != nil
                }
                #expect(listed.map { $0["consolidated"] } == [.text(trip), .text(trip)])
                let asked = try await place.run("operation", "list", "--kind", "ewaybill_consolidate", "--json").rows()
                #expect(asked.compactMap { $0["id"].text } == [row["id"].text])
                let train = ["--mode", "rail", "--from-place", "Kanpur", "--from-state", "9"]
                try await place.run(["ewaybill", "consolidate"] + numbers + train).expectComplaint(65, "transDocNo")
                let documented = ["--transport-doc", "RR-7", "--transport-doc-date", "2026-13-01"]
                try await place.run(["ewaybill", "consolidate"] + numbers + train + documented).expectComplaint(
                    64, "--document-date")
            }
        }

        @Test("Everything that is wrong with a bill is printed at once, and the template is a bill that is made")
        func mistakes() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                let bad = actions.challan("DC-9").replacing("\"vehicleType\":\"R\"", with: "\"vehicleType\":\"Q\"")
                    .replacing("\"qtyUnit\":\"NOS\"", with: "\"qtyUnit\":\"HEAPS\"")
                let file = try actions.write(bad, "bad.json")
                let run = try await place.run("ewaybill", "generate", file, "--json")
                let paths = try run.rows().compactMap { $0["path"].text }
                #expect(run.status == 65 && paths.contains("vehicleType") && paths.contains("itemList[0].qtyUnit"))
                #expect(run.errors.contains("3 mistakes"), "\(run.errors)")
                let bulk = try actions.write(
                    "{\"version\":\"1.0\",\"billLists\":[\(actions.challan("DC-1"))]}", "bulk.json")
                try await place.run("ewaybill", "generate", bulk).expectComplaint(65, "bulk tool")
                let template = try await place.run("ewaybill", "template", "--gstin", actions.seller)
                let own = try actions.write(template.output, "own.json")
                let made = try await place.run("ewaybill", "generate", own, "--json")
                #expect(try made.rows().first?["state"] == .text("filed"), "\(made.errors)")
                let id = try #require(try made.rows().first?["id"].text)
                let shown = try await place.run("operation", "show", id)
                #expect(shown.output.contains("What can be done now\n  nothing is open"))
                for word in ["in_doubt", "unknown"] {
                    try await place.run("operation", "list", "--state", word).expectStatus(0)
                    try await place.run("operation", "reconcile", "--state", word).expectStatus(0)
                }
                try await place.run("operation", "list", "--state", "doubtful").expectStatus(64)
                let none = try await place.run("operation", "reconcile", "--state", "attention")
                #expect(none.status == 0 && none.errors.contains("No operation stands so."))
                try await place.run("operation", "reconcile").expectComplaint(64, "--state")
                try await place.run("einvoice", "print", "x", "--to", "p.pdf").expectComplaint(64, "HTML")
            }
        }

        @Test("A dry run of what stands already tells where it stands, asks nothing, and opens no vault")
        func dryRunOfWhatStands() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                let file = try actions.write(actions.challan("DC-1"), "dc-1.json")
                let first = try await place.run("ewaybill", "generate", file, "--dry-run")
                #expect(first.status == 0 && first.output.contains("\nReady\t"), "\(first.output)\(first.errors)")
                let made = try await place.run("ewaybill", "generate", file, "--json")
                let number = try #require(try made.rows().first?["reference"].text, "\(made.errors)")
                let again = try await place.run("ewaybill", "generate", file, "--dry-run", "--json")
                let row = try #require(try again.rows().first, "\(again.errors)")
                #expect(again.status == 0 && again.errors.contains("Nothing would be sent."))
                #expect(row["state"] == .text("filed") && row["calls"] == .number(0))
                #expect(row["reference"] == .text(number))
                let table = try await place.run("ewaybill", "generate", file, "--dry-run")
                #expect(table.status == 0 && table.output.contains("\nDone\t"), "\(table.output)")
                // The same number with something else in it would be refused, and is not told as what stands.
                let other = try actions.write(
                    actions.challan("DC-1").replacing("Bela Stores", with: "Sundar Auto"), "other.json")
                try await place.run("ewaybill", "generate", other, "--dry-run").expectComplaint(65, "other content")
                let header = try await place.run("ewaybill", "list").lines.first
                #expect(header?.hasSuffix("\tCONSOLIDATED") == true, "\(header ?? "")")
            }
        }

        @Test("A cancelled invoice says when and why, shown and listed")
        func cancelledInvoice() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                let file = try actions.write(actions.invoice("GE-8"), "invoice.json")
                let made = try await place.run("einvoice", "generate", file, "--json")
                let irn = try #require(try made.rows().first?["reference"].text, "\(made.errors)")
                let fresh = try await place.run("einvoice", "get", irn, "--json").rows()
                #expect(fresh.first?["cancelled_at"] == .null && fresh.first?["cancel_reason"] == .null)
                try await place.run(
                    "einvoice", "cancel", irn, "--reason", "3", "--remark", "sold to another"
                ).expectStatus(0)
                for words in [["get", irn], ["list"]] {
                    let rows = try await place.run(["einvoice"] + words + ["--json"]).rows()
                    let row = try #require(rows.first { $0["irn"] == .text(irn) })
                    #expect(row["cancelled_at"].text?.hasSuffix("Z") == true, "\(row)")
                    #expect(row["cancel_reason"] == .text("3") && row["cancel_remark"] == .text("sold to another"))
                    let run = try await place.run(["einvoice"] + words)
                    let told = run.output + run.errors
                    #expect(
                        told.contains("ancelled on ") && told.contains("order cancelled: sold to another"), "\(told)")
                }
            }
        }

        @Test("The system is asked how a bill stands, and what it shows is kept")
        func getBill() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                let file = try actions.write(actions.challan("DC-1"), "dc-1.json")
                let made = try await place.run("ewaybill", "generate", file, "--json")
                let number = try #require(try made.rows().first?["reference"].text, "\(made.errors)")
                let read = try await place.run("ewaybill", "get", number, "--json")
                let row = try #require(try read.rows().first, "\(read.errors)")
                #expect(read.status == 0 && row["number"] == .text(number) && row["state"] == .text("valid"))
                #expect(row["document"] == .text("CHL DC-1") && row["gstin"] == .text(actions.seller))
                #expect(row["valid_until"].text != nil && row["extensions"] == .number(0))
                let told = try await place.run("ewaybill", "get", number)
                #expect(told.lines.count == 2 && told.errors.contains("shows it now to \(actions.seller)"))
                try await place.run("ewaybill", "get", "331").expectComplaint(65, "12 digits")
                try await place.run("ewaybill", "get", "341000000999", "--gstin", actions.seller).expectComplaint(
                    65, "shows no bill 341000000999")
                let audited = try await place.run("audit", "list", "--json").rows()
                let outcomes = audited.filter { $0["action"] == .text("ewaybill.get") }.map { $0["outcome"] }
                #expect(outcomes.count == 3 && outcomes.filter { $0 == .text("found") }.count == 2)
            }
        }

        @Test("An invoice is shown as it was kept, or as the portal shows it, and the answer says which")
        func getInvoice() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                let file = try actions.write(actions.invoice("GE-9"), "invoice.json")
                let made = try await place.run("einvoice", "generate", file, "--json")
                let irn = try #require(try made.rows().first?["reference"].text, "\(made.errors)")
                let kept = try await place.run("einvoice", "get", irn, "--json")
                #expect(try kept.rows().first?["source"] == .text("kept") && kept.errors.contains("kept"))
                let read = try await place.run("einvoice", "get", irn, "--portal", "--json")
                let row = try #require(try read.rows().first, "\(read.errors)")
                #expect(read.status == 0 && row["source"] == .text("portal") && row["operation"] == .null)
                #expect(row["signed_invoice"] == (try kept.rows().first?["signed_invoice"]))
                #expect(read.errors.contains("signature fits") && read.errors.contains("sandbox-irp (SANDBOX)"))
                #expect(row["simulated"] == .flag(true))
                let verified = try await place.run("einvoice", "verify", "-", input: kept.output)
                for run in [
                    verified, try await place.run("einvoice", "get", irn), try await place.run("einvoice", "list"),
                ] {
                    #expect(run.status == 0 && run.output.contains("SANDBOX"), "\(run.output)\(run.errors)")
                }
                #expect(row["total"] == .text("708.00"))
                #expect(row["total"] == (try kept.rows().first?["total"]))
                let other = String(repeating: "0", count: 64)
                try await place.run("einvoice", "get", other).expectComplaint(64, "--gstin")
                try await place.run("einvoice", "get", other, "--gstin", actions.seller).expectComplaint(
                    65, "holds no such invoice")
                try await place.run("einvoice", "get", "GE-9").expectComplaint(65, "no IRN")
                let named = try await place.run("einvoice", "get", "--document", "INV/GE-9/2026-11-20", "--json")
                #expect(try named.rows().first?["irn"] == .text(irn), "\(named.errors)")
                try await place.run("einvoice", "get", "--document", "INV/GE-9").expectComplaint(64, "TYPE/NUMBER/DATE")
                let audited = try await place.run("audit", "list", "--json").rows()
                let outcomes = audited.filter { $0["action"] == .text("einvoice.get") }.map { $0["outcome"] }
                #expect(outcomes == [.text("found"), .text("not_found")])
            }
        }
    }
}
