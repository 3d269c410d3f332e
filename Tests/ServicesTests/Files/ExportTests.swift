import Domain
import Foundation
import Sandbox
import Testing

@testable import Services

/// Files that leave the desk.
@Suite struct ExportTests {
    @Test(arguments: [
        ("plain", "plain"), ("=1+1", "\"'=1+1\""), ("+91", "\"'+91\""), ("-x", "\"'-x\""), ("@cmd", "\"'@cmd\""),
        ("\tx", "\"'\tx\""), ("\r=x", "\"'\r=x\""), ("\u{FF1D}1", "\"'\u{FF1D}1\""), ("=\u{301}1", "\"'=\u{301}1\""),
        ("-1200.50", "-1200.50"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("two\nlines", "\"two\nlines\""),
        ("a,\u{301}b", "\"a,\u{301}b\""), ("q\"\u{301}", "\"q\"\"\u{301}\""), ("a;b", "\"a;b\""), ("नोटिस", "नोटिस"),
    ])
    func aCellIsQuotedAndNeverAFormula(text: String, cell: String) {
        // By scalars: equality of texts would not see a combining mark that moved.
        #expect(Array(NoticeExport.cell(text).unicodeScalars) == Array(cell.unicodeScalars))
    }

    @Test(arguments: [
        ("x", "."), ("é", "."), ("🇮🇳", "."), ("", "."), ("a/b", "a"), ("a/b/", "a"), ("/x", "/"), ("/", "/"),
        ("//x", "/"),
        ("/a//b", "/a"), ("./x", "."),
    ])
    func theFolderOfAnyNameIsTold(path: String, folder: String) { #expect(Folder.of(path) == folder) }

    @Test func anExportHoldsEveryNoticeInBothShapes() async throws {
        try await WorkHouse.with(.pageTwo) { house in
            _ = try await house.run()
            let total = try await house.workspace.notices.page(NoticeQuery()).total
            let (csv, json) = (house.place.folder + "/a.csv", house.place.folder + "/a.jsonl")
            #expect(
                try await house.workspace.notices.export(NoticeQuery(), format: .csv, to: .file(csv, replaces: true))
                    == total)
            #expect(
                try await house.workspace.notices.export(NoticeQuery(), format: .json, to: .file(json, replaces: true))
                    == total)
            let lines = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n")
            #expect(lines.first?.hasPrefix("id,portal,identity,business,reference") == true && lines.count == total + 1)
            let rows = try String(contentsOfFile: json, encoding: .utf8).split(separator: "\n")
            #expect(rows.count == total)
            for row in rows {
                let object = try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any]
                #expect(
                    object?["portal"] as? String == "gst" && object?["id"] is Int && object?["first_seen_at"] is String)
            }
        }
    }

    @Test func aFullDiskIsReported() async throws {
        try await WorkHouse.with(.pageTwo) { house in
            _ = try await house.run()
            let refused = await complaint {
                try await house.workspace.notices.export(
                    NoticeQuery(), format: .csv, to: .file("/dev/full", replaces: false))
            }
            #expect(refused?.status == .inputOutput && refused?.description.contains("space") == true)
            var status = stat()
            #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
        }
    }

    /// Who reads a log reads words; the codes are for programs.
    @Test(arguments: Cause.allCases) func aLogNamesCausesInWords(cause: Cause) {
        let now = Instant(seconds: 1_795_180_000)
        let entry = JobLogEntry(at: now, level: .error, step: cause.rawValue, message: "said")
        let job = Job(
            id: JobId(7), accountId: AccountId(1), identity: WorkHouse.gst, business: "", kind: .fetch, status: .failed,
            trigger: .desk, attempt: 1, createdAt: now, cause: cause)
        let text = LogText.lines(job, [entry], utcOffset: 0).joined(separator: "\n")
        #expect(text.contains("error    \(cause.title)  said"), "\(text)")
    }

    @Test func anOlderFileStaysUntilTheNewOneIsComplete() throws {
        let place = try Place()
        let path = try place.file("out.csv", "old")
        do {
            let file = try ExportFile(path: path)
            try file.write("half")
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder) == ["out.csv"])
        let file = try ExportFile(path: path)
        try file.write("whole")
        try file.close()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "whole")
    }

    @Test func aLinkIsWrittenThroughAndAFolderIsRefused() async throws {
        let place = try Place()
        let path = try place.file("real", "old")
        try FileManager.default.createSymbolicLink(atPath: place.folder + "/link", withDestinationPath: path)
        let file = try ExportFile(path: place.folder + "/link")
        try file.write("new")
        try file.close()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        for wrong in [place.folder, place.folder + "/none/out"] {
            #expect(await complaint { try ExportFile(path: wrong) }?.status == .inputOutput)
        }
    }

    @Test func aPipeThatNobodyReadsIsRefusedAndOneThatIsReadIsWritten() async throws {
        let place = try Place()
        let path = place.folder + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let refused = await complaint { try ExportFile(path: path) }
        #expect(refused?.status == .inputOutput && refused?.description.contains("no program reads") == true)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        let file = try ExportFile(path: path)
        try file.write("rows")
        try file.close()
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(read(reader, &bytes, 8) == 4)
    }

    @Test func bytesOfAPortalNeverGoToATerminal() async throws {
        // A new one at each opening.
        let terminal = ExportTarget.file("/dev/ptmx", replaces: true)
        #expect(await complaint { _ = try ExportFile.open(terminal, isForeign: true) }?.status == .usage)
        #expect(await complaint { _ = try ExportFile.open(terminal) } == nil)
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), ("C:\\temp\\order.pdf", "order.pdf"), (".bashrc", "bashrc"), ("-rf", "rf"),
        ("a\u{202E}fdp.exe", "afdp.exe"), ("a\nb\u{1B}[0m.pdf", "ab0m.pdf"), ("..", "document"), ("", "document"),
        ("आदेश (1).pdf", "आदेश (1).pdf"), ("/", "document"), ("CON", "_CON"), ("lpt1.pdf", "_lpt1.pdf"),
        ("console.pdf", "console.pdf"), ("run.bat. .", "run.bat"),
        // As a dangerous character is shown.
        ("evil\\u{1b}[31m.pdf", "evil31m.pdf"), ("a\\u{202e}fdp.exe", "afdp.exe"),
    ])
    func hostileNamesBecomeHarmless(name: String, expected: String) { #expect(FreeName.harmless(name) == expected) }

    @Test func aLongNameFitsAFileSystemAndKeepsItsEnding() {
        let name = FreeName.harmless(String(repeating: "आ", count: 300) + ".pdf")
        #expect(name.utf8.count <= 200 && name.hasSuffix(".pdf"))
    }

    @Test func documentsAreStoredOnceByTheirHashAndSavedUnderFreeNames() async throws {
        let place = try Place()
        let folder = DocumentFolder(path: place.folder + "/documents")
        let bytes = Array("made-up order".utf8)
        async let first = folder.store(bytes)
        async let second = folder.store(bytes)
        let (one, two) = try await (first, second)
        #expect(one == two)
        let stored = try #require(folder.file(sha256: one))
        let shelf = NSString(string: stored).deletingLastPathComponent
        #expect(try FileManager.default.contentsOfDirectory(atPath: shelf) == [one])
        let target = FreeName.path(in: place.folder, wanted: "order.pdf")
        try FileCopy.make(stored, .file(target, replaces: false))
        #expect(FreeName.path(in: place.folder, wanted: "order.pdf").hasSuffix("/order (2).pdf"))
        let again = await complaint { try FileCopy.make(stored, .file(target, replaces: false)) }
        #expect(again?.status == .badData && again?.description.contains("--force") == true)
    }

    @Test func aJobsLogIsTextWithCauseAndRemedy() async throws {
        try await WorkHouse.with(.locked) { house in
            let job = try await house.run()
            let path = house.place.folder + "/log.txt"
            try await house.workspace.sync.saveLog(job.id, to: path)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(
                text.hasPrefix(
                    "Job \(job.id): fetch of GST 09AAFHH6756K1ZQ, Harihar & Co\nStatus: Failed, locked by the portal"))
            #expect(text.contains("What to do: Unlock the login"))
            // Indian time: the virtual clock stands at 13:06:40 UTC.
            #expect(text.contains("20-11-2026 18:36:40.000  error"))
        }
    }

    @Test func aLogFileIsSetAsideAtItsCap() throws {
        let place = try Place()
        let path = place.folder + "/worker.log"
        let log = LogFile(path: path, cap: 100, kept: 2)
        for number in 0..<20 { log.append("line \(number) of a made-up log, thirty bytes") }
        let names = try FileManager.default.contentsOfDirectory(atPath: place.folder).sorted()
        #expect(names == ["worker.log", "worker.log.1", "worker.log.2"])
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("line 19"))
        #expect(
            try names.allSatisfy { try Data(contentsOf: URL(fileURLWithPath: "\(place.folder)/\($0)")).count <= 100 })
    }
}
