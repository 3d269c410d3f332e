import Domain
import Foundation
import Sandbox
import Synchronization
import Testing

@testable import Services

/// A folder of invoices: each once, whatever is wrong with its neighbours.
@Suite("Many invoices at once", .timeLimit(.minutes(20))) struct InvoiceBatchTests {
    private static func folder(_ house: ActionHouse, _ files: [String: [UInt8]]) throws -> String {
        let folder = house.place.folder + "/invoices"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        return folder
    }

    /// Registers while a worker in this process does the work.
    private static func register(_ house: ActionHouse, _ path: String) async throws -> [InvoiceBatch.Entry] {
        async let entries = house.workspace.invoiceBatch.register(path, provider: "sandbox-irp") { _, _, _ in }
        let worker = try SyncWorker(house.workspace, options: .init(concurrency: 4, linger: nil))
        async let end: Void = worker.run()
        let found = try await entries
        worker.stop()
        try await end
        return found
    }

    @Test func `those in order are registered, the others told with file and field`() async throws {
        try await ActionHouse.with { house in
            let list = "[".utf8 + house.invoice("B-1") + ",".utf8 + house.invoice("B-2") + "]".utf8
            let folder = try Self.folder(
                house,
                [
                    "a.json": house.invoice("A-1"), "book.json": Array(list),
                    "c.json": house.invoice("C-1", total: "1"),
                    "d.json": Array("{ no json".utf8), ".hidden.json": house.invoice("X-1"), "notes.txt": [65],
                ])
            let entries = try await Self.register(house, folder)
            let names = entries.map { String($0.source.split(separator: "/").last ?? "") }
            #expect(names == ["a.json", "book.json [0]", "book.json [1]", "c.json", "d.json"])
            #expect(entries.map { $0.operation?.state } == [.filed, .filed, .filed, nil, nil], "\(entries)")
            #expect(entries[3].refusal?.description.contains("TotItemVal") == true)
            #expect(entries[4].refusal?.status == .badData)
            #expect(try house.ledger("irn").count == 3)
        }
    }

    @Test func `the same folder again gives the same operations and sends nothing`() async throws {
        try await ActionHouse.with { house in
            let files = Dictionary(uniqueKeysWithValues: (1...12).map { ("\($0).json", house.invoice("N-\($0)")) })
            let folder = try Self.folder(house, files)
            let first = try await Self.register(house, folder)
            let second = try await Self.register(house, folder)
            #expect(first.count == 12 && first.allSatisfy { $0.operation?.state == .filed })
            #expect(second.map(\.operation?.id) == first.map(\.operation?.id))
            #expect(try house.ledger("irn").allSatisfy { $0.calls == 1 })
        }
    }

    @Test(arguments: ["", ",,,,\n , ,\n", "\n\n"])
    func `a sheet of a header and empty rows holds no invoice, alone and among others`(rows: String) async throws {
        try await ActionHouse.with { house in
            let sheet = Array((InvoiceTemplate.header + "\n" + rows).utf8)
            let folder = try Self.folder(house, ["a.json": house.invoice("A-1"), "empty.csv": sheet])
            let batch = house.workspace.invoiceBatch
            for isSurvey in [false, true] {
                do throws(Complaint) {
                    if isSurvey {
                        _ = try await batch.survey([folder + "/empty.csv"])
                    } else {
                        _ = try await batch.read(folder + "/empty.csv")
                    }
                    Issue.record("an empty sheet passed")
                } catch {
                    #expect(error.status == .badData && error.description.contains("empty.csv holds no invoice"))
                    #expect(error.remedy.contains("one row for each item"))
                }
            }
            let entries = try await batch.read(folder)
            #expect(entries.map(\.isInOrder) == [true, false])
            #expect(entries.last?.refusal?.description.contains("holds no invoice") == true)
        }
    }

    @Test func `a pipe in the folder is told and holds nobody up`() async throws {
        try await ActionHouse.with { house in
            let folder = try Self.folder(house, ["a.json": house.invoice("A-1")])
            #expect(mkfifo(folder + "/pipe.json", 0o600) == 0)
            let entries = try await house.workspace.invoiceBatch.read(folder)
            #expect(entries.map(\.isInOrder) == [true, false])
            #expect(entries.last?.refusal?.description.contains("no regular file") == true)
            let alone = try await house.workspace.invoiceBatch.read(folder + "/pipe.json")
            #expect(alone.first?.refusal?.status == .badData)
        }
    }

    @Test func `what was registered is the same operation after 30 days, too, and new documents have the limit`()
        async throws
    {
        try await ActionHouse.with { house in
            let folder = try Self.folder(house, ["1.json": house.invoice("N-1")])
            let first = try await Self.register(house, folder)
            house.place.time.advance(.seconds(31 * 86_400))
            let again = try await Self.register(house, folder)
            #expect(again.map(\.operation?.id) == first.map(\.operation?.id) && again[0].refusal == nil)
            #expect(again[0].operation?.state == .filed)
            let survey = try await house.workspace.invoiceBatch.survey([folder])
            #expect(survey.drafts.map(\.known) == [.filed] && !survey.drafts[0].isInOrder)
            #expect(try house.ledger("irn").map(\.calls) == [1])
        }
    }

    @Test func `who is not bound to the 30 days says so in the settings`() async throws {
        try await ActionHouse.with { house in
            let path = try Self.folder(house, ["1.json": house.invoice("N-1")])
            house.place.time.advance(.seconds(40 * 86_400))
            func findings(_ settings: String) async throws -> [Finding] {
                try settings.write(toFile: house.place.home.configuration, atomically: true, encoding: .utf8)
                let workspace = try Workspace.open(house.place.home, house.place.surroundings)
                defer { workspace.close() }
                return try await workspace.invoiceBatch.read(path).flatMap(\.findings)
            }
            let late = try await findings("")
            #expect(late.map(\.code) == ["2305"] && late.first?.remedy.contains("[einvoices]") == true)
            #expect(try await findings("[einvoices]\nreporting_days = 0\n").isEmpty)
            #expect(try await findings("[einvoices]\nunlimited = [\"\(house.seller.panText)\"]\n").isEmpty)
            #expect(try await findings("[einvoices]\nunlimited = [\"\(house.buyer)\"]\n").map(\.code) == ["2305"])
        }
    }

    @Test func `an invoice of more than two megabytes is told of in a list and on its own`() async throws {
        try await ActionHouse.with { house in
            let large = String(decoding: house.invoice("L-1"), as: UTF8.self).replacing(
                "Steel boxes", with: String(repeating: "x", count: 2 << 20))
            let list = "[".utf8 + house.invoice("L-2") + ",".utf8 + large.utf8 + "]".utf8
            let folder = try Self.folder(house, ["a.json": Array(large.utf8), "b.json": Array(list)])
            let entries = try await house.workspace.invoiceBatch.read(folder)
            #expect(entries.map { $0.findings.contains { $0.code == "5002" } } == [true, false, true])
        }
    }

    @Test
    func `a sheet tells how many of its documents are checked, keeps their order, and can be stopped in the middle`()
        async throws
    {
        try await ActionHouse.with { house in
            let rows = (1...300).map { "S-\($0),\($0 == 7 ? "XYZ" : "INV")" }
            let sheet = "Document No,Document Type\n" + rows.joined(separator: "\n") + "\n"
            let path = try Self.folder(house, ["book.csv": Array(sheet.utf8)]) + "/book.csv"
            let batch = house.workspace.invoiceBatch
            let told = Mutex<[Int]>([])
            let entries = try await batch.read(path) { done, total in
                told.withLock { $0.append(total == 300 ? done : -1) }
            }
            #expect(entries.map(\.source) == (2...301).map { "\(path) line \($0)" })
            let wrong = entries.indices.filter { entries[$0].findings.contains { $0.path == "DocDtls.Typ" } }
            #expect(wrong == [6], "\(wrong)")
            let steps = told.withLock(\.self)
            #expect(steps.count > 2 && steps == steps.sorted() && steps.last == 300)

            let stopped = await complaint {
                _ = try await batch.read(path) { _, _ in withUnsafeCurrentTask { $0?.cancel() } }
            }
            #expect(stopped?.what == "the check was stopped")
        }
    }

    @Test func `a folder without invoices and a missing one are refused`() async throws {
        try await ActionHouse.with { house in
            let empty = try Self.folder(house, ["readme.txt": [65]])
            for path in [empty, house.place.folder + "/nowhere"] {
                let refused = await complaint { _ = try await house.workspace.invoiceBatch.read(path) }
                #expect(refused != nil)
            }
        }
    }

    @Test func `a number with an exponent is refused at its field, however large it is`() async throws {
        try await ActionHouse.with { house in
            let text = String(decoding: house.invoice("Q-1"), as: UTF8.self).replacing(
                #""Qty":10"#, with: #""Qty":1e100000"#)
            let folder = try Self.folder(house, ["q.json": Array(text.utf8)])
            let entry = try #require(try await house.workspace.invoiceBatch.read(folder).first)
            let finding = try #require(entry.findings.first { $0.path == "ItemList[0].Qty" })
            #expect(finding.problem == "is 1e100000" && finding.remedy == "Write the number without an exponent")
            #expect(!entry.isInOrder)
        }
    }
}
