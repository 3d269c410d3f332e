import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Support bundle") struct SupportTests {
    /// The screen after Alt-k on the main screen; nil for one that is still collecting.
    static func open(
        size: Size = Sample.wide, user: Person = Sample.asha, _ bundle: SupportBundle? = Sample.supportBundle
    ) throws -> Bench {
        var bench = Bench(size: size, user: user)
        bench.press(.alt("k"))
        if let bundle { try bench.answerLast(.supportBundle(bundle)) }
        return bench
    }

    private func wishes(_ effects: [Effect]) -> [SupportWish] {
        effects.compactMap { if case .support(let wish, _) = $0 { wish } else { nil } }
    }

    @Test func `Alt-k takes the text of the screen it is pressed on, and goes back there`() throws {
        var bench = Bench()
        let before = bench.canvas.textRows
        bench.press(.alt("k"))
        guard case .prepare(let request)? = wishes(bench.effects).first else {
            Issue.record("nothing was asked for")
            return
        }
        let rows = try #require(request.screen?.rows)
        #expect(rows.count == before.count && zip(rows, before).allSatisfy { $1.hasPrefix($0) })
        #expect(
            rows.contains { $0.contains("Recent Sync Activity") } && request.terminal?.columns == Sample.wide.columns)
        #expect(bench.shows("Collecting and masking"))
        bench.press(.escape)
        #expect(bench.canvas.textRows == before)
    }

    @Test func `it says what is in, what was masked, and a sample of each kind`() throws {
        let bench = try Self.open()
        for text in [
            "10 files, 2,108 kB before packing", "Logs of the last days, their ends", "GSTINs", "2 values", "51 times",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        for mask in [
            "GSTIN-7f3a1c", "PAN-3b64a2", "TAN-83d1aa", "MAIL-3dcd21", "IP-30f2c1", "SECRET-9e01aa", "PHONE-aa20d1",
        ] {
            #expect(bench.shows(mask), "\(mask)")
        }
    }

    @Test func `a part that is left out is counted nowhere and not written`() throws {
        var bench = try Self.open()
        for _ in 0..<3 { bench.press(.down) }
        bench.press(.space)
        #expect(bench.shows("Logs of the last days: left out") && bench.shows("9 files") && !bench.shows("IP-30f2c1"))
        bench.press(.enter)
        #expect(wishes(bench.effects) == [.write(Sample.supportBundle, [.logs], "/exports")])
        bench.press(.enter)
        #expect(bench.toasts == ["It is being written"] && wishes(bench.effects).isEmpty)
    }

    @Test func `Enter writes once, says where it lies, and y copies the place`() throws {
        var bench = try Self.open()
        bench.press(.enter)
        let written = SupportService.Written(
            id: "93465eda", path: "/exports/portaldesk-support-93465eda.tar.gz", byteCount: 9_770, sha256: "0a1b")
        try bench.answerLast(.supportWritten(written))
        #expect(bench.shows("✓ Written: portaldesk-support-93465eda.tar.gz, 9,770 bytes in /exports"))
        bench.press(.enter)
        #expect(bench.toasts == ["It is written already"])
        bench.press("y")
        #expect(bench.effects.contains(.copy("/exports/portaldesk-support-93465eda.tar.gz")))
    }

    @Test func `s writes into another file, and what could not be written can be tried again`() throws {
        var bench = try Self.open()
        bench.press("s")
        #expect(bench.shows("Write the bundle") && bench.shows("93465eda.tar.gz"))
        bench.press(.enter)
        guard case .write(_, _, let path)? = wishes(bench.effects).first else {
            Issue.record("nothing was written")
            return
        }
        #expect(path.hasPrefix("/exports/portaldesk-support-") && path.hasSuffix("-93465eda.tar.gz"))
        try bench.answerLast(.failed(Complaint("cannot write x", why: "No space", status: .inputOutput)))
        #expect(bench.toasts == ["cannot write x"])
        bench.press(.enter)
        #expect(wishes(bench.effects).count == 1)
    }

    @Test func `nothing is taken of a screen where secrets are shown or typed`() throws {
        var bench = try Bench.editLogin()
        bench.press(.alt("k"))
        guard case .prepare(let request)? = wishes(bench.effects).first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(request.screen?.rows == [] && request.screen?.title.isEmpty == false)
    }

    @Test func `support staff may write one; a failure is told and can be tried again`() throws {
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        var bench = try Self.open(user: sam, nil)
        try bench.answerLast(.failed(Complaint("the workspace cannot be read", status: .inputOutput)))
        #expect(bench.shows("The workspace cannot be read") && bench.shows("collects it again"))
        bench.press("r")
        try bench.answerLast(.supportBundle(Sample.supportBundle))
        bench.press(.enter)
        #expect(wishes(bench.effects).count == 1)
    }

    @Test func `it says how far it is, and who leaves ends it`() throws {
        var bench = try Self.open(nil)
        #expect(bench.shows("Collecting and masking; nothing"))
        try bench.answerLast(.collectingBundle(percent: 40))
        #expect(bench.shows("Collecting and masking, 40 %; nothing"))
        bench.press(.escape)
        #expect(wishes(bench.effects) == [.stop])
        var ready = try Self.open()
        ready.press(.escape)
        #expect(wishes(ready.effects).isEmpty)
    }

    @Test func `words of others stay where somebody wants them so, and that is said`() throws {
        var bench = try Self.open()
        #expect(!bench.shows("words of others stay"))
        bench.press("w")
        guard case .prepare(let request)? = wishes(bench.effects).first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(request.isVerbatim)
        let bundle = SupportBundle(
            id: "93465edb", createdAt: Sample.now, isVerbatim: true, files: Sample.supportBundle.files)
        try bench.answerLast(.supportBundle(bundle))
        #expect(bench.shows("! words of others stay: read them first"))
    }

    @Test func `the masked texts of a part are read before they are written`() throws {
        var bench = try Self.open()
        bench.press("v")
        let part = try #require(Sample.supportBundle.parts.first)
        let file = try #require(Sample.supportBundle.files.first { $0.part == part })
        #expect(bench.shows("== \(file.path)") && bench.shows("as they would be written"))
        bench.press(.escape)
        #expect(bench.shows("What goes in"))
    }

    @Test func `an admin looks masks up, and others are told who may`() throws {
        var bench = try Self.open()
        bench.press("l")
        bench.type("GSTIN-7f3a1c, PAN-3b64a2")
        bench.press(.enter)
        #expect(wishes(bench.effects) == [.lookUp(["GSTIN-7f3a1c", "PAN-3b64a2"])])
        try bench.answerLast(.failed(Complaint("no bundle made here has PAN-3b64a2", status: .badData)))
        #expect(bench.toasts == ["no bundle made here has PAN-3b64a2"])
        bench.press("l")
        bench.type("GSTIN-7f3a1c")
        bench.press(.enter)
        let meaning = SupportService.Meaning(
            mask: "GSTIN-7f3a1c", kind: .gstin, value: "27AAAPZ1000A1Z5", bundle: "93465eda",
            madeAt: "2026-11-21T13:12:11Z")
        try bench.answerLast(.supportText(SupportText([meaning])))
        #expect(bench.shows("GSTIN-7f3a1c  27AAAPZ1000A1Z5") && bench.shows("bundle 93465eda"))
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        var other = try Self.open(user: sam)
        other.press("l")
        #expect(other.shows("Not permitted: only an admin may look up what a mask stands for"))
    }
}
