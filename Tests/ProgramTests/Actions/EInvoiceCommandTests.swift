import Foundation
import SampleDocuments
import Testing

extension Whole {
    /// Registering invoices by command: once, whoever asks and however often, and in plain words when it cannot be.
    @Suite("E-invoices by command")
    struct EInvoiceCommandTests {
        @Test("One hundred submits of one invoice by four processes at once make one IRN and one operation")
        func oneHundredAtOnce() async throws {
            try await ActionPlace.with { actions in
                for number in 1...25 { _ = try actions.write(actions.invoice("GE-100"), "same/\(number).json") }
                let folder = "\(actions.place.folder)/same"
                let runs = try await withThrowingTaskGroup(of: Run.self) { group in
                    for _ in 0..<4 {
                        group.addTask { try await actions.place.run("einvoice", "generate", folder, "--json") }
                    }
                    return try await group.reduce(into: [Run]()) { $0.append($1) }
                }
                let rows = try runs.flatMap { try $0.rows() }
                #expect(rows.count == 100 && Set(rows.map { $0["id"] }).count == 1, "\(runs.map(\.errors))")
                let held = try await actions.registered()
                #expect(held.count == 1 && held.first?["calls"] == .number(1))
                // One that came while it was still open says so with 75, and gives the number once it is confirmed.
                for run in runs {
                    let isDone = try run.rows().allSatisfy { $0["state"] == .text("filed") }
                    #expect(run.status == (isDone ? 0 : 75), "\(run.errors)")
                }
                let again = try await actions.place.run("einvoice", "generate", "\(folder)/1.json", "--json")
                #expect(again.status == 0)
                #expect(try again.rows().first?["reference"] == held.first?["reference"])
            }
        }

        @Test("Ctrl-C in the middle loses nothing: the same command goes on, and each invoice has one IRN")
        func interrupted() async throws {
            try await ActionPlace.with { actions in
                let count = 120
                for number in 1...count {
                    _ = try actions.write(actions.invoice("GE-\(number)"), "many/\(number).json")
                }
                let folder = "\(actions.place.folder)/many"
                let commits = try Commits(actions.place.home)
                let first = try actions.place.start("einvoice", "generate", folder, "--json")
                try await commits.wait(for: "the first IRN") {
                    let rows = try await actions.place.run("operation", "list", "--state", "filed", "--json").rows()
                    return rows.contains { $0["state"] == .text("filed") }
                }
                first.signal(SIGINT)
                // It may have been done in the same moment.
                let ended = try await first.wait()
                #expect(ended == 128 + SIGINT || ended == 0)
                let said = try String(contentsOfFile: first.errorFile, encoding: .utf8)
                #expect(ended == 0 || said.contains("portaldesk: interrupted. ") && said.contains("the same command"))
                #expect(said.count(where: \.isNewline) <= 2, "\(said)")
                let again = try await actions.place.run("einvoice", "generate", folder, "--json")
                #expect(again.status == 0, "\(again.errors)")
                let rows = try again.rows()
                #expect(rows.count == count && Set(rows.map { $0["reference"] }).count == count)
                let held = try await actions.registered()
                #expect(held.count == count && Set(held.map { $0["reference"] }).count == count)
            }
        }

        @Test("A demo registers an invoice with nothing set up: its sandbox starts when it is asked")
        func demo() async throws {
            try await Workplace.withDemo { place in
                let users = try await place.run("einvoice", "user", "list", "--json").rows()
                let own = users.filter { $0["provider"] == .text("sandbox-irp") }.compactMap { $0["gstin"].text }
                let seller = try #require(own.first { $0.hasPrefix("09") })
                let buyer = try #require(own.first { $0.hasPrefix("29") })
                let file = place.folder + "/invoice.json"
                let documents = ActionPlace.samples(seller: seller, buyer: buyer)
                try Data(documents.invoice("GE-9").utf8).write(to: URL(fileURLWithPath: file))
                for (name, state) in [("sandbox-irp", "up"), ("sandbox-ewb", "reached")] {
                    let test = try await place.run("provider", "test", name, "--json")
                    #expect(test.status == 0, "\(test.errors)")
                    #expect(try test.rows().first?["state"] == .text(state))
                }
                let samples = place.home + "/samples"
                let check = try await place.run("einvoice", "check", "\(samples)/invoices")
                #expect(check.status == 0 && check.errors.contains("3 invoices"), "\(check.output)\(check.errors)")
                let dry = try await place.run("ewaybill", "generate", "\(samples)/ewaybill.json", "--dry-run")
                #expect(dry.status == 0, "\(dry.output)\(dry.errors)")
                let run = try await place.run("einvoice", "generate", file, "--json")
                #expect(run.status == 0, "\(run.errors)")
                #expect(try run.rows().first?["state"] == .text("filed"))
                let irn = try #require(try run.rows().first?["reference"].text)
                let kept = try await place.run("einvoice", "get", irn, "--json")
                let verdict = try await place.run("einvoice", "verify", "-", "--json", input: kept.output)
                #expect(verdict.status == 0, "\(verdict.errors)")
                #expect(try verdict.rows().map { $0["kind"].text } == ["invoice", "qr"])
                let status = try await place.run("provider", "status", "--json").rows()
                let calls = status.first { $0["name"] == .text("sandbox-irp") }?["calls"].integer ?? 0
                #expect(calls > 0, "\(status)")
            }
        }

        @Test("What is wrong with a file is said with its field, and nothing is queued")
        func wrongFiles() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                for (text, words) in [
                    ("{ \"Version\": ", "JSON"), (actions.invoice("GE-1", total: "999.00"), "TotItemVal"),
                    (actions.invoice("GE#2"), "DocDtls.No"), ("[]", "no invoice"),
                ] {
                    let file = try actions.write(text, "wrong.json")
                    try await place.run("einvoice", "generate", file).expectComplaint(65, words)
                }
                let file = try actions.write(actions.invoice("GE-3"), "right.json")
                try await place.run("einvoice", "generate", file, "--provider", "nobody").expectComplaint(65, "nobody")
                try await place.run("einvoice", "generate", "\(place.folder)/nowhere.json").expectComplaint(
                    65, "nowhere")
                let operations = try await place.run("operation", "list", "--json").rows()
                #expect(operations.filter { $0["id"].text != nil }.isEmpty)
                #expect(try await actions.registered().isEmpty)
            }
        }

        @Test("A dry run prints what would be sent, with sums, calls and provider, and sends nothing")
        func dryRun() async throws {
            try await ActionPlace.with { actions in
                let place = actions.place
                _ = try actions.write(actions.invoice("GE-1"), "books/1.json")
                _ = try actions.write(actions.invoice("GE-2", total: "999.00"), "books/2.json")
                let run = try await place.run(
                    "einvoice", "generate", "\(place.folder)/books", "--dry-run", "--json")
                #expect(run.status == 65 && run.errors.contains("1 call to the Invoice Registration Portal"))
                #expect(run.errors.contains("sandbox-irp (SANDBOX). Nothing was sent."))
                let rows = try run.rows()
                #expect(rows.map { $0["state"] } == [.text("ready"), .text("findings")])
                #expect(rows.first?["gstin"] == .text(actions.seller) && rows.first?["total"] == .text("708.00"))
                #expect(rows.first?["calls"] == .number(1) && rows.first?["provider"] == .text("sandbox-irp"))
                #expect(rows.last?["message"].text?.contains("TotItemVal") == true)
                #expect(try await actions.registered().isEmpty)
                let operations = try await place.run("operation", "list", "--json").rows()
                #expect(operations.allSatisfy { $0["id"].text == nil })

                let file = "\(place.folder)/books/1.json"
                let made = try await place.run("einvoice", "generate", file, "--json")
                let irn = try #require(try made.rows().first?["reference"].text, "\(made.errors)")
                #expect(irn == rows.first?["reference"].text)
                let again = try await place.run("einvoice", "generate", file, "--dry-run", "--json")
                #expect(again.status == 0 && again.errors.contains("Nothing would be sent."))
                #expect(try again.rows().first?["state"] == .text("filed"))
                let cancel = try await place.run(
                    "einvoice", "cancel", irn, "--reason", "1", "--remark", "made twice", "--dry-run", "--json")
                #expect(try cancel.rows().first?["reference"] == .text(irn), "\(cancel.errors)")
                let bill = try await place.run(
                    "ewaybill", "generate", "--irn", irn, "--distance", "1900", "--mode", "road", "--vehicle",
                    "UP32AB1234", "--vehicle-type", "regular", "--dry-run", "--json")
                #expect(try bill.rows().first?["kind"] == .text("ewaybill_by_irn"), "\(bill.errors)")
                #expect(try await place.run("operation", "list", "--json").rows().count { $0["id"].text != nil } == 1)
            }
        }

        @Test("Credentials that the portal refuses go to a person, with the portal's words")
        func refusedCredentials() async throws {
            try await ActionPlace.with(password: "not-the-password") { actions in
                let file = try actions.write(actions.invoice("GE-4"), "invoice.json")
                let run = try await actions.place.run("einvoice", "generate", file)
                #expect(run.status == 75 && run.errors.contains("attention"), "\(run.errors)")
                let row = try #require(try await actions.place.run("operation", "list", "--json").rows().first)
                #expect(row["state"] == .text("attention") && row["attempts"] == .number(0))
                #expect(try await actions.registered().isEmpty)
            }
        }

        @Test(
            "A portal that is away leaves it queued, with 75 and the time of the next try")
        func away() async throws {
            try await ActionPlace.with { actions in
                let port = try #require(actions.sandbox.ready["port"].integer)
                let dead = try actions.write(
                    try String(contentsOfFile: "\(actions.place.home)/providers/irp.toml", encoding: .utf8)
                        .replacing(":\(port)/", with: ":9/").replacing("\"sandbox-irp\"", with: "\"away\""),
                    "home/providers/away.toml")
                defer { try? FileManager.default.removeItem(atPath: dead) }
                let password = try actions.write("any", "password")
                try await actions.place.run(
                    "einvoice", "user", "set", "--gstin", actions.seller, "--provider", "away", "--username", "u",
                    "--password-file", password
                ).expectStatus(0)
                let file = try actions.write(actions.invoice("GE-5"), "invoice.json")
                let run = try await actions.place.run("einvoice", "generate", file, "--provider", "away")
                #expect(run.status == 75 && run.errors.contains("not sent"), "\(run.errors)")
                for words in ["(away)", "Waits since ", "next try ", "by itself", "nothing needs to be done"] {
                    #expect(run.errors.contains(words), "\(words): \(run.errors)")
                }
                let row = try #require(try await actions.place.run("operation", "list", "--json").rows().first)
                #expect(row["state"] == .text("not_sent") && row["next_step_at"].text != nil)
                #expect(row["attempts"] == .number(0))
                let shown = try await actions.place.run("operation", "show", row["id"].text ?? "")
                #expect(shown.output.contains("nothing needs to be done"), "\(shown.output)")
            }
        }
    }
}
