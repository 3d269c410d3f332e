import Domain
import Foundation
import Secrets
import Testing

@testable import Services
@testable import Store

@Suite("Documents that leave the workspace") struct DocumentTests {
    /// A page of one word, as small as PDFs can be.
    static let pdf = Data(
        """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
        trailer<</Root 1 0 R>>
        """.utf8)

    static let hasQpdf = access("/usr/bin/qpdf", X_OK) == 0

    /// A notice of the Income Tax identity with these documents.
    func notice(_ office: Office, _ files: [(name: String, bytes: Data)]) async throws -> NoticeId {
        let folder = DocumentFolder(path: office.admin.home.documents)
        var facts = NoticeFacts(externalKey: "k", place: .selfFya, reference: "R1")
        for (index, file) in files.enumerated() {
            let hash = try await folder.store(Array(file.bytes))
            facts.documents.append(
                NoticeDocument(
                    externalId: "d\(index)", name: file.name, mediaType: "application/pdf",
                    byteCount: file.bytes.count, sha256: hash))
        }
        let (stored, now) = (facts, office.admin.now)
        return try await office.admin.store.write { writer in
            let account = try #require(try writer.reader.account(Office.second))
            _ = try writer.upsert(account.id, [stored], now: now)
            return try #require(try writer.reader.notices(NoticeQuery()).rows.first).id
        }
    }

    private func locked(_ place: Place, _ password: String) throws -> Data {
        let (plain, sealed) = (try place.file("plain.pdf", Self.pdf), place.folder + "/sealed.pdf")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/qpdf")
        process.arguments = ["--warning-exit-0", "--encrypt", password, "owner", "256", "--", plain, sealed]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try Data(contentsOf: URL(fileURLWithPath: sealed))
    }

    @Test(.enabled(if: hasQpdf, "qpdf is not installed"))
    func `a locked PDF is opened with the recipe of its portal, and the stored one stays`() async throws {
        let office = try await Office.make()
        let business = try #require(try await office.admin.businesses.page(BusinessQuery()).rows.first)
        var edit = BusinessEdit(name: business.name, pan: business.pan, formedOn: LegalDate("1985-07-04"))
        edit.gstins = try business.gstins.map { try Gstin($0) }
        try await office.admin.businesses.update(business.id, edit)
        let sealed = try locked(office.place, "aafhh6756k04071985")
        let id = try await notice(office, [("order.pdf", sealed)])
        let out = office.place.folder + "/out.pdf"
        let saved = try await office.admin.notices.saveOnlyDocument(of: id, as: .file(out, replaces: false))
        #expect(saved.remark.contains("PAN in lower case and date") && !saved.remark.contains("1985"))
        let opened = try Data(contentsOf: URL(fileURLWithPath: out))
        #expect(opened.range(of: Data("/Encrypt".utf8)) == nil && opened.range(of: Data("/Catalog".utf8)) != nil)
        let raw = office.place.folder + "/raw.pdf"
        _ = try await office.admin.notices.saveOnlyDocument(of: id, as: .file(raw, replaces: false), asReceived: true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: raw)) == sealed)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: office.admin.home.run).allSatisfy {
                !$0.hasSuffix(".pdf")
            })
    }

    @Test(.enabled(if: hasQpdf, "qpdf is not installed"))
    func `a PDF that no recipe opens is saved locked, and it is said how such passwords are made`() async throws {
        let office = try await Office.make()
        let id = try await notice(office, [("order.pdf", try locked(office.place, "something else"))])
        let out = office.place.folder + "/out.pdf"
        let saved = try await office.admin.notices.saveOnlyDocument(of: id, as: .file(out, replaces: false))
        #expect(saved.remark.contains("no known password opens it") && saved.remark.contains("TAN in capitals"))
        #expect(FileManager.default.fileExists(atPath: out))
    }

    @Test func `without qpdf it is said what to install`() throws {
        let place = try Place()
        let file = try place.file("a.pdf", "%PDF-1.7\ntrailer<</Encrypt 5 0 R>>")
        let opener = DocumentOpener(path: "/nonexistent", folder: place.folder)
        #expect(
            try opener.open(file, [])
                == .locked("qpdf is not installed, so no password was tried; apt-get install qpdf"))
        #expect(try opener.open(try place.file("b.pdf", Self.pdf), []) == .notLocked)
        #expect(try opener.open(try place.file("c.pdf", "/Encrypt in a plain text"), []) == .notLocked)
    }

    /// A program in qpdf's place that does what `script` says.
    private func opener(_ place: Place, _ script: String, limit: Duration = .seconds(30)) throws -> DocumentOpener {
        let folder = "\(place.folder)/bin"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "#!/bin/sh\n\(script)\n".write(toFile: "\(folder)/qpdf", atomically: false, encoding: .utf8)
        chmod("\(folder)/qpdf", 0o700)
        return DocumentOpener(path: folder, folder: place.folder, limit: limit)
    }

    @Test func `what qpdf could not judge is not said to open`() throws {
        let place = try Place()
        let file = try place.file("a.pdf", "%PDF-1.7\ntrailer<</Encrypt 5 0 R>>")
        let silent = DocumentOpener.Outcome.undecided("qpdf took too long or was killed")
        #expect(try opener(place, "kill -9 $$").open(file, []) == silent)
        #expect(try opener(place, "while :; do :; done", limit: .milliseconds(20)).open(file, []) == silent)
        #expect(try opener(place, "exit 2").open(file, []) == .undecided("qpdf cannot read it"))
        #expect(try opener(place, "test $1 = --show-encryption || exit 2").open(file, []) == .notLocked)
        #expect(try opener(place, "exit 3").open(file, []) == .notLocked)
    }

    @Test func `open copies that a killed process left go away, those of a living one stay`() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        let run = workspace.home.run
        // No process has the highest number there can be.
        let (left, own) = ("\(run)/opened-4194304-x.pdf", "\(run)/opened-\(getpid())-x.pdf")
        for file in [left, own] { #expect(FileManager.default.createFile(atPath: file, contents: Self.pdf)) }
        try await SyncWorker(workspace, options: .init(untilIdle: true, concurrency: 1)).run()
        #expect(!FileManager.default.fileExists(atPath: left) && FileManager.default.fileExists(atPath: own))
        workspace.close()
    }

    @Test func `documents are on record before they leave`() async throws {
        let office = try await Office.make()
        let id = try await notice(office, [("a.pdf", Self.pdf), ("b.pdf", Self.pdf + Data("2".utf8))])
        let folder = office.place.folder + "/out"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        _ = try await office.admin.notices.saveDocuments(of: id, to: folder, asReceived: true)
        // Nothing arrives there, and that it was to leave stays on record.
        let nowhere = office.place.folder + "/nowhere"
        #expect(await complaint { _ = try await office.admin.notices.saveDocuments(of: id, to: nowhere) } != nil)
        let rows = try await office.admin.store.read { reader in
            try reader.auditEvents(AuditQuery(subject: "notice/\(id.rawValue)")).filter {
                $0.action == "notice.document"
            }
        }
        let facts = rows.map { ($0.outcome, AuditDetail.facts($0.detail)) }
        #expect(facts.map(\.0) == ["done", "done", "failed"])
        #expect(facts.map { $0.1["files"] } == ["2", "2", "0"])
        #expect(facts.map { $0.1["as_received"] } == ["yes", "no", "no"])
        #expect(facts.map { $0.1["names"] } == ["a.pdf, b.pdf", "a.pdf, b.pdf", ""])
        let deeds = try #require(try await office.admin.notices.dossier(id)).deeds.map(\.what)
        #expect(
            deeds == ["saved 2 documents as received", "saved 2 documents", "was cut short: saved 0 documents"])
    }

    private static let sealed = Data("%PDF-1.7\ntrailer<</Encrypt 5 0 R>>".utf8)

    /// A workspace that finds a program in qpdf's place which cannot be run, so that a locked document ends what is done.
    private func withBrokenQpdf(_ office: Office) async throws -> Workspace {
        let bin = office.place.folder + "/bin"
        try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
        try "#!/nonexistent/sh\n".write(toFile: bin + "/qpdf", atomically: false, encoding: .utf8)
        chmod(bin + "/qpdf", 0o700)
        return try await office.enter("asha", password: Place.password, searchPath: bin)
    }

    @Test func `a single document that cannot be handed over leaves no file, and that it failed is on record`()
        async throws
    {
        let office = try await Office.make()
        let id = try await notice(office, [("c.pdf", Self.sealed)])
        let workspace = try await withBrokenQpdf(office)
        let out = office.place.folder + "/c.pdf"
        let said = await complaint {
            _ = try await workspace.notices.saveOnlyDocument(of: id, as: .file(out, replaces: false))
        }
        #expect(said?.description.contains("qpdf cannot be run") == true)
        #expect(!FileManager.default.fileExists(atPath: out))
        let deeds = try #require(try await office.admin.notices.dossier(id)).deeds.map(\.what)
        #expect(deeds == ["saved a document", "was cut short: saved 0 documents"])
        workspace.close()
    }

    @Test func `what ends saving in the middle is told, and how much left before`() async throws {
        let office = try await Office.make()
        let id = try await notice(office, [("a.pdf", Self.pdf), ("b.pdf", Self.sealed)])
        let folder = office.place.folder + "/out"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let workspace = try await withBrokenQpdf(office)
        let said = await complaint { _ = try await workspace.notices.saveDocuments(of: id, to: folder) }
        #expect(said?.status == .inputOutput && said?.description.contains("qpdf cannot be run") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.pdf"])
        let rows = try await office.admin.store.read { reader in
            try reader.auditEvents(AuditQuery(subject: "notice/\(id.rawValue)")).filter {
                $0.action == "notice.document"
            }
        }
        let facts = rows.map { ($0.outcome, AuditDetail.facts($0.detail)) }
        #expect(facts.map(\.0) == ["done", "failed"] && facts.map { $0.1["files"] } == ["2", "1"])
        #expect(facts.map { $0.1["names"] } == ["a.pdf, b.pdf", "a.pdf"])
        let deeds = try #require(try await office.admin.notices.dossier(id)).deeds.map(\.what)
        #expect(deeds == ["saved 2 documents", "was cut short: saved a document"])
        workspace.close()
    }

    @Test func `hostile names stay in the folder, and what would harm the machine is held back`() async throws {
        let office = try await Office.make()
        let id = try await notice(
            office,
            [
                ("../../etc/cron.d/x", Self.pdf), ("-rf ~", Self.pdf + Data("2".utf8)),
                ("bomb.png", Self.png(60_000, 60_000)),
            ])
        let folder = office.place.folder + "/out"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let (saved, refused) = try await office.admin.notices.saveDocuments(of: id, to: folder)
        #expect(saved.map(\.file).sorted() == ["\(folder)/rf", "\(folder)/x"])
        #expect(refused.map(\.status) == [.badData] && refused[0].description.contains("60000 x 60000"))
        let raw = try await office.admin.notices.saveDocuments(of: id, to: folder, asReceived: true)
        #expect(raw.saved.count == 3 && raw.refused.isEmpty)
    }

    static func png(_ width: UInt32, _ height: UInt32) -> Data {
        func big(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
        return Data(
            [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13] + Array("IHDR".utf8) + big(width) + big(height))
    }
}

@Suite("Documents that would harm the machine") struct DocumentDangerTests {
    /// An archive by its table of contents alone.
    private func zip(_ entries: [(name: String, size: UInt32)], count: UInt16? = nil) -> Data {
        func little(_ number: UInt32, _ bytes: Int) -> [UInt8] {
            (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        var data: [UInt8] = [0x50, 0x4B, 3, 4, 0, 0, 0, 0]
        let start = UInt32(data.count)
        for entry in entries {
            let name = Array(entry.name.utf8)
            data += [0x50, 0x4B, 1, 2] + Array(repeating: 0, count: 20) + little(entry.size, 4)
            data += little(UInt32(name.count), 2) + Array(repeating: 0, count: 16) + name
        }
        data += [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 6)
        return Data(
            data + little(UInt32(count ?? UInt16(entries.count)), 2) + little(0, 4) + little(start, 4) + [0, 0])
    }

    @Test(arguments: ["run.sh", "order.pdf.EXE", "a\u{202E}fdp.exe", "x.desktop", "x.js ", "evil.bat.", "evil.hta . ."])
    func `programs are held back by their names`(name: String) {
        #expect(DocumentDanger.reason(name, DocumentTests.pdf)?.contains("a program") == true)
    }

    @Test func `programs are held back by their first bytes, and documents are not`() {
        let windows = Data("MZ".utf8) + Data(count: 0x3A) + Data([0x40, 0, 0, 0]) + Data("PE\0\0".utf8)
        for start in [windows, Data("\u{7F}ELF".utf8), Data("#!/bin/sh\n".utf8)] {
            #expect(DocumentDanger.reason("order.pdf", start)?.contains("is a program") == true)
        }
        // Mizoram's short name begins a table.
        #expect(DocumentDanger.reason("states.csv", Data("MZ,15\nNL,13\n".utf8)) == nil)
        for name in ["order.pdf", "bash", "notice.html", "sheet.xlsx", ""] {
            #expect(DocumentDanger.reason(name, DocumentTests.pdf) == nil, "\(name)")
        }
    }

    @Test func `pictures are measured by their headers`() {
        #expect(DocumentDanger.reason(in: DocumentTests.png(4_960, 7_016)) == nil)
        #expect(DocumentDanger.reason(in: DocumentTests.png(.max, .max)) != nil)
        let frame: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8]
        #expect(DocumentDanger.reason(in: Data(frame + [0xFF, 0xFF, 0xFF, 0xFF])) != nil)
        #expect(DocumentDanger.reason(in: Data(frame + [0x10, 0, 0x10, 0])) == nil)
        // Fill bytes before a mark.
        let filled: [UInt8] = [0xFF, 0xD8, 0xFF, 0xFF, 0xFF, 0xC0, 0, 11, 8]
        #expect(DocumentDanger.reason(in: Data(filled + [0xFF, 0xFF, 0xFF, 0xFF])) != nil)
        // Cut short: nothing can be said, and nothing is read beyond the end.
        for length in 0..<frame.count { #expect(DocumentDanger.reason(in: Data(frame.prefix(length))) == nil) }
    }

    @Test func `archives are measured by their table of contents`() {
        #expect(DocumentDanger.reason(in: zip([("Form16.pdf", 90_000), ("dir/a.txt", 5)])) == nil)
        #expect(
            DocumentDanger.reason(in: zip([("a", 1 << 29), ("b", 1 << 29), ("c", 1)]))?.contains("1024 MB") == true)
        // A combining mark makes the sign before it another character to Swift, and none to a file system.
        let odd = ["../\u{301}x", "..\\\u{301}x", "/\u{301}etc", "a/..\u{301}/../x", "C:\u{301}x"]
        for name in ["../x", "a/../../x", "/etc/passwd", "..\\x", "C:\\x"] + odd {
            #expect(DocumentDanger.reason(in: zip([(name, 1)]))?.contains("climbs") == true, "\(name)")
        }
        #expect(DocumentDanger.reason(in: zip([("a", 1)], count: 3))?.contains("damaged") == true)
        #expect(DocumentDanger.reason(in: zip([], count: 20_000))?.contains("20000 files") == true)
        #expect(DocumentDanger.reason(in: Data([0x50, 0x4B, 3, 4])) != nil)
        #expect(DocumentDanger.reason(in: Data([0x1F, 0x8B, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])) != nil)
        #expect(DocumentDanger.reason(in: Data("plain text".utf8)) == nil)
    }

    @Test func `passwords are tried by recipe, the likeliest first, and none is guessed without its facts`() throws {
        let pan = PortalIdentity(stored: .incomeTax, "AAFHH6756K")
        #expect(DocumentKeys.candidates(pan, nil).map(\.password.text) == ["aafhh6756k", "AAFHH6756K"])
        var business = Business(id: BusinessId(1), name: "H", tans: ["DELA12345B"])
        business.formedOn = LegalDate("1985-07-04")
        #expect(
            DocumentKeys.candidates(pan, business).map(\.password.text).prefix(4)
                == ["aafhh6756k04071985", "04071985", "AAFHH6756K04071985", "DELA12345B"])
        let gst = PortalIdentity(stored: .gst, "09AAFHH6756K1ZQ")
        #expect(DocumentKeys.candidates(gst, business).first?.password.text == "aafhh6756k04071985")
        let tan = PortalIdentity(stored: .traces, "CALH38988H")
        let filed = try [#require(LegalDate("2024-07-28")), #require(LegalDate("2025-05-30"))]
        let texts = DocumentKeys.candidates(tan, nil, filed: filed + filed).map(\.password.text)
        #expect(texts == ["CALH38988H", "CALH_30052025", "CALH_28072024"])
    }

    @Test func `many at once are stored each in its place, twins once, and nothing is left beside them`() async throws {
        let place = try Place()
        let folder = DocumentFolder(path: place.folder + "/documents")
        let contents = (0..<40).map { Array("document \($0 % 30)".utf8) }
        let hashes = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for (index, bytes) in contents.enumerated() {
                group.addTask { (index, try await folder.store(bytes)) }
            }
            return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        for (index, bytes) in contents.enumerated() {
            let hash = try #require(hashes[index])
            let file = try #require(folder.file(sha256: hash))
            #expect(FileManager.default.contents(atPath: file) == Data(bytes))
        }
        #expect(Set(hashes.values).count == 30)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/incoming").isEmpty)
    }

    @Test func `what a killed worker left half written is removed by the next, and whole documents stay`() async throws
    {
        let place = try Place()
        let workspace = try await place.workspace()
        let kept = try await workspace.documents.store(Array("whole".utf8))
        let left = workspace.home.documents + "/incoming/half"
        #expect(FileManager.default.createFile(atPath: left, contents: Data("ha".utf8)))
        try await SyncWorker(workspace, options: .init(untilIdle: true, concurrency: 1)).run()
        #expect(!FileManager.default.fileExists(atPath: left))
        #expect(FileManager.default.fileExists(atPath: try #require(workspace.documents.file(sha256: kept))))
        workspace.close()
    }
}
