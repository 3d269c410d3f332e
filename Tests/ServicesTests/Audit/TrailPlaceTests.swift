import Domain
import Foundation
import Secrets
import Store
import Testing
import Trail

@testable import Services

/// What lies outside of the workspace: that it says nothing is told, copies do not accuse each other, and what was found
/// wrong outlives the database.
@Suite("Places outside of the workspace")
struct TrailPlaceTests {
    private static func trail() async throws -> (place: Place, workspace: Workspace) {
        let place = try Place()
        let workspace = try await place.workspace()
        for _ in 0..<3 { try await add(5, workspace) }
        return (place, workspace)
    }

    private static func add(_ count: Int, _ workspace: Workspace) async throws {
        let (now, home) = (workspace.now, workspace.home.path)
        try await workspace.store.write { writer in
            for number in 0..<count {
                try writer.recordEvent(
                    AuditEvent(
                        at: now, actor: "asha", action: "test", subject: "\(number) in \(home)", outcome: "done"))
            }
        }
        try await TrailSigning(workspace: workspace).sign(.now)
    }

    @Test(
        "a file outside that is gone, empty, cut or closed is told as not checked, and the next checkpoint fills it again",
        arguments: ["gone", "empty", "cut", "no text"])
    func unchecked(how: String) async throws {
        let (place, workspace) = try await Self.trail()
        let file = CheckpointPlaces(workspace: workspace).file
        #expect(try await workspace.trail.verify().verdict == .holds)
        let whole = try String(contentsOfFile: file, encoding: .utf8)
        switch how {
        case "gone": try FileManager.default.removeItem(atPath: file)
        case "empty": try Data().write(to: URL(fileURLWithPath: file))
        case "cut":
            let first = try #require(NoteFile.notes(in: whole).notes.first).note
            try first.write(toFile: file, atomically: true, encoding: .utf8)
        default: try Data([0xFF, 0xFE, 0]).write(to: URL(fileURLWithPath: file))
        }
        let report = try await workspace.trail.verify()
        #expect(report.verdict == .unchecked && report.damage == nil && report.unchecked.count == 1)
        #expect(AuditWords.lines(report) { _ in "" }.contains { $0.hasPrefix("NOT CHECKED: \(file)") })
        // Nobody is kept from working by it; doctor tells it.
        #expect(await workspace.trailStanding() == .sound)
        let doctor = await Doctor(home: place.home, surroundings: place.surroundings).examine(workspace)
        #expect(doctor.contains { $0.subject == "checkpoints" && $0.grade == .warning && $0.message.contains(file) })
        if how == "no text" { try FileManager.default.removeItem(atPath: file) }
        try await Self.add(1, workspace)
        #expect(try await workspace.trail.verify().verdict == .holds)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix(whole))
    }

    @Test("where a file outside was edited it is named, and putting it back or writing it anew ends it")
    func edited() async throws {
        let (place, workspace) = try await Self.trail()
        defer { withExtendedLifetime(place) {} }
        workspace.acting.current = .program("asha")
        let file = CheckpointPlaces(workspace: workspace).file
        let whole = try String(contentsOfFile: file, encoding: .utf8)
        let root = try #require(NoteFile.notes(in: whole).notes.last).checkpoint.root.base64
        let other = (root.hasPrefix("A") ? "B" : "A") + root.dropFirst()
        try whole.replacing(root, with: other).write(toFile: file, atomically: true, encoding: .utf8)
        #expect(await workspace.trailStanding().problem?.contains("was edited in \(file)") == true)
        let report = try await workspace.trail.verify()
        #expect(report.damage?.contains("was edited in \(file)") == true, "\(report)")
        let said = AuditWords.lines(report) { _ in "" }.joined(separator: "\n")
        #expect(
            said.contains("The records and the checkpoints of the workspace hold") && !said.contains("true database"))
        try FileManager.default.moveItem(atPath: file, toPath: file + ".evidence")
        _ = try await workspace.trail.sign()
        #expect(try await workspace.trail.verify().verdict == .holds)
        #expect(await workspace.trailStanding() == .sound)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == whole)
    }

    @Test(
        "whoever names another folder, or none, hides nothing of what lies in the one before",
        arguments: [[nil, "other"], ["first", "second"], [nil, "-"]])
    func otherFolder(names: [String?]) async throws {
        let place = try Place()
        let folders = names
        func settings(_ name: String?) -> String {
            guard let name else { return "" }
            return name == "-" ? "[audit]\ncheckpoints = []\n" : "[audit]\nfolder = \"\(place.folder)/\(name)\"\n"
        }
        var workspace = try await place.workspace(settings: settings(folders[0]))
        for _ in 0..<3 { try await Self.add(5, workspace) }
        workspace.close()
        let early = try Data(contentsOf: URL(fileURLWithPath: place.home.database))
        workspace = try Workspace.open(place.home, place.surroundings)
        try await place.unlock(workspace)
        try await Self.add(5, workspace)
        workspace.close()
        try settings(folders[1]).write(toFile: place.home.configuration, atomically: true, encoding: .utf8)
        workspace = try Workspace.open(place.home, place.surroundings)
        #expect(try await workspace.trail.verify().verdict == .unchecked)
        workspace.close()
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: place.home.database + suffix) }
        try early.write(to: URL(fileURLWithPath: place.home.database))
        workspace = try Workspace.open(place.home, place.surroundings)
        #expect(await workspace.trailStanding().problem?.contains("it was cut short") == true)
        #expect(try await workspace.trail.verify().damage?.contains("ends before its checkpoint") == true)
        try await place.unlock(workspace)
        workspace.acting.current = .program("asha")
        _ = try await workspace.trail.resume(reason: "the copy of Monday")
        #expect(await workspace.trailStanding() == .sound)
        #expect(try await workspace.trail.verify().verdict == (names[1] == "-" ? .unchecked : .holds))
    }

    @Test("a folder inside the workspace is no place outside of it")
    func inside() async throws {
        let place = try Place()
        let workspace = try await place.workspace(settings: "[audit]\nfolder = \"\(place.home.path)/notes\"\n")
        try await Self.add(5, workspace)
        let report = try await workspace.trail.verify()
        #expect(report.verdict == .unchecked && report.unchecked.first?.contains("inside the workspace") == true)
        let doctor = await Doctor(home: place.home, surroundings: place.surroundings).examine(workspace)
        #expect(doctor.contains { $0.grade == .warning && $0.message.contains("lies inside the workspace") })
    }

    @Test("a new trail in a folder that had one says so")
    func predecessor() async throws {
        let (place, workspace) = try await Self.trail()
        #expect(workspace.trail.before.isEmpty)
        let size = try await workspace.store.read { try $0.newestCheckpoint()?.size ?? 0 }
        workspace.close()
        try FileManager.default.removeItem(atPath: place.home.path)
        let surroundings = place.surroundings
        // The first one was made with the same numbers.
        for _ in 0..<99 { _ = surroundings.random.next() }
        let setup = SetupService(home: place.home, surroundings: surroundings)
        let created = try await setup.create(
            .init(name: "mallory", email: "m@firm.example", password: .init(utf8: "a long password of hers")),
            providers: [])
        #expect(created.workspace.trail.before.first?.contains("signed up to \(size) records") == true)
        let report = try await created.workspace.trail.verify()
        #expect(report.remarks.contains { $0.contains("this folder held another trail before") }, "\(report)")
        let doctor = await Doctor(home: place.home, surroundings: place.surroundings).examine(created.workspace)
        #expect(doctor.contains { $0.grade == .warning && $0.message.contains("held another trail before") })
    }

    @Test("a file outside that cannot be written is told to whoever signs")
    func unkept() async throws {
        let place = try Place()
        let blocked = try place.file("blocked", "a file, no folder")
        let workspace = try await place.workspace(settings: "[audit]\nfolder = \"\(blocked)\"\n")
        workspace.acting.current = .program("asha")
        let paper = try await workspace.trail.signed()
        #expect(paper.text.last?.hasPrefix("NOT KEPT OUTSIDE: \(blocked)/") == true, "\(paper.text)")
        #expect(await workspace.trail.unkept()?.contains("cannot be written: not a directory") == true)
    }

    @Test("triggers that somebody took out are told, and put back with a record of it")
    func guards() async throws {
        let (place, workspace) = try await Self.trail()
        workspace.acting.current = .program("asha")
        try place.tamper("SELECT 1")
        let report = try await workspace.trail.verify()
        #expect(report.remarks.contains { $0.contains("lacks what keeps records from being changed") }, "\(report)")
        _ = try await workspace.trail.sign()
        #expect(try await workspace.trail.verify().remarks.isEmpty)
        let told = try await workspace.store.read { try $0.auditEvents(AuditQuery(action: "audit.guards")) }
        #expect(told.count == 1 && told.first?.detail.contains("audit_record_stays") == true)
    }

    @Test("an export of a trail that does not hold says so, on its page and to whoever made it")
    func damagedExport() async throws {
        let (place, workspace) = try await Self.trail()
        try place.tamper("UPDATE audit_record SET outcome = 'lost' WHERE seq = 4")
        workspace.acting.current = .program("asha")
        let done = try await workspace.trail.export(to: place.folder + "/out")
        #expect(done.report.verdict == .damaged)
        let page = try String(contentsOfFile: place.folder + "/out/README.txt", encoding: .utf8)
        #expect(page.contains("DAMAGED: record 4 was changed"), "\(page)")
    }

    @Test("a copy in another folder goes on by itself, and neither calls the other wrong")
    func copied() async throws {
        let (place, workspace) = try await Self.trail()
        workspace.close()
        let path = place.folder + "/copy"
        try FileManager.default.copyItem(atPath: place.home.path, toPath: path)
        let first = try Workspace.open(place.home, place.surroundings)
        try await place.unlock(first)
        let other = try Workspace.open(Home(path: path), place.surroundings)
        try await place.unlock(other)
        #expect(await other.trailStanding() == .sound)
        #expect(try await other.trail.verify().verdict == .unchecked)
        for workspace in [first, other, first, other, other] { try await Self.add(4, workspace) }
        for workspace in [first, other] {
            #expect(await workspace.trailStanding() == .sound)
            let report = try await workspace.trail.verify()
            #expect(report.verdict == .holds)
            #expect(report.remarks.contains { $0.contains("another copy of this workspace") }, "\(report.remarks)")
        }
    }

    @Test("the file of an older program is gone on with, where only one copy of the workspace is")
    func former() async throws {
        let (place, workspace) = try await Self.trail()
        defer { withExtendedLifetime(place) {} }
        let places = CheckpointPlaces(workspace: workspace)
        let former = places.file.replacing(/-[0-9a-f]+\.checkpoints$/, with: ".checkpoints")
        #expect(former != places.file)
        try FileManager.default.moveItem(atPath: places.file, toPath: former)
        #expect(try await workspace.trail.verify().verdict == .holds)
        let before = try String(contentsOfFile: former, encoding: .utf8)
        try await Self.add(2, workspace)
        #expect(try String(contentsOfFile: places.file, encoding: .utf8).hasPrefix(before))
        #expect(try String(contentsOfFile: former, encoding: .utf8) == before)
        #expect(try await workspace.trail.verify().verdict == .holds)
    }

    @Test("what was found stays known when the true database is put back, until a verification finds all well")
    func lifted() async throws {
        let (place, workspace) = try await Self.trail()
        workspace.close()
        let true_ = try Data(contentsOf: URL(fileURLWithPath: place.home.database))
        try place.tamper("UPDATE audit_record SET outcome = 'lost' WHERE seq = 4")
        var again = try Workspace.open(place.home, place.surroundings)
        #expect(await again.trailStanding() == .sound)
        #expect(try await again.trail.verify().damagedAt == 4)
        again.close()
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: place.home.database + suffix) }
        try true_.write(to: URL(fileURLWithPath: place.home.database))
        again = try Workspace.open(place.home, place.surroundings)
        #expect(await again.trailStanding().problem?.contains("record 4 was changed") == true)
        #expect(try await again.trail.verify(isShort: true).lifted == nil)
        // What could not be sent is refused when it is asked for, with the reason.
        again.acting.current = .program("asha")
        try await place.unlock(again)
        let refusal = await complaint { _ = try await again.sync.triggerAll(.gst, by: .command) }
        #expect(
            refusal?.why.contains("record 4 was changed") == true && refusal?.status == .badData, "\(refusal as Any)")
        let report = try await again.trail.verify()
        #expect(report.lifted?.contains("record 4 was changed") == true && report.verdict == .holds)
        #expect(await again.trailStanding() == .sound)
        #expect(try await again.trail.verify().lifted == nil)
    }

    @Test("a record whose bytes were changed stands in lists as that, beside all others, and is filtered like them")
    func shown() async throws {
        let (place, workspace) = try await Self.trail()
        try place.tamper("UPDATE audit_record SET bytes = x'7b7d' WHERE seq = 4")
        workspace.acting.current = .program("asha")
        let page = try await workspace.audit.page(AuditQuery(), page: 1, perPage: 50)
        let row = try #require(page.rows.first { $0.sequence == 4 })
        #expect(row.outcome == "damaged" && AuditWords.told(row).hasPrefix("cannot be read"))
        #expect(page.rows.count { $0.outcome != "damaged" } == page.rows.count - 1 && page.rows.count > 10)
        #expect(try await workspace.audit.event(4).action == AuditEvent.damaged)
        #expect(try await workspace.trail.verify().damagedAt == 4)
    }

    @Test("a body that stands where the next one belongs keeps no call from its record")
    func squatted() async throws {
        let (place, workspace) = try await Self.trail()
        let next = try #require(try await workspace.store.read { try $0.lastAuditRecord() }) + 1
        try place.tamper("INSERT INTO audit_body VALUES (\(next * 2), 'x', 0, x'00'), (\(next * 2 + 1), 'x', 0, x'00')")
        let now = workspace.now
        let ended = try await workspace.store.write { writer -> Int64? in
            let event = AuditEvent(
                at: now, actor: "worker", action: "call.reading", subject: "gst/x", outcome: "answered")
            let id = try writer.openCall(event, owner: "worker:1", endsAt: now)
            let bodies = [AuditBodySide.request, .answer].map { SealedBody(side: $0, key: "k", bytes: [1, 2]) }
            return try writer.endCall(OpenCall(id: id, event: event), bodies: bodies)
        }
        #expect(ended == next)
        #expect(try await workspace.store.read { try $0.auditBody(next, .answer)?.bytes } == [1, 2])
    }

    @Test("a file that is not of this trail is refused, and keeps nobody from working")
    func handed() async throws {
        let (place, workspace) = try await Self.trail()
        let ours = try #require(try await workspace.store.read { try $0.newestCheckpoint() })
        let checkpoint = try #require(SignedCheckpoint(note: ours.note)).checkpoint
        let signer = try #require(NoteSigner.make(name: checkpoint.origin)).signer
        var other = checkpoint
        other.origin = "portaldesk/f00d"
        for (name, note, words) in [
            ("other", try signer.sign(other), "checkpoints of another trail"),
            ("forged", try signer.sign(checkpoint), "that no key of this trail signed"),
        ] {
            let file = try place.file(name, note)
            let refusal = await complaint { _ = try await workspace.trail.verify(handed: file) }
            #expect(refusal?.status == .badData && refusal?.what.contains(words) == true, "\(name)")
        }
        #expect(await workspace.trailStanding() == .sound)
        #expect(try await workspace.trail.verify(handed: try place.file("ours", ours.note)).verdict == .holds)
    }

    @Test("a database of which a table is gone is told as that, with what helps")
    func unreadable() async throws {
        let (place, workspace) = try await Self.trail()
        try place.tamper("DROP TABLE audit_record")
        let standing = await workspace.trailStanding()
        guard case .unreadable(let words) = standing else { return #expect(Bool(false), "\(standing)") }
        #expect(words.contains("the database is damaged") && words.contains("restore a backup"))
        let doctor = await Doctor(home: place.home, surroundings: place.surroundings).examine(workspace)
        #expect(doctor.contains { $0.subject == "audit trail" && $0.message == words })
    }

    @Test("behind an admin's word new damage is found and keeps calls from being made again")
    func second() async throws {
        let (place, workspace) = try await Self.trail()
        try place.tamper("UPDATE audit_record SET outcome = 'lost' WHERE seq = 4")
        #expect(try await workspace.trail.verify().hindrance != nil)
        workspace.acting.current = .program("asha")
        let resumed = try await workspace.trail.resume(reason: "it was a mistake of ours")
        #expect(resumed.repair.left?.seq == 4)
        try await Self.add(6, workspace)
        let known = try await workspace.trail.verify()
        #expect(known.verdict == .damaged && known.hindrance == nil && known.damagedAt == 4)
        // Also what lies before that word: it was said of the records as they stood.
        try place.tamper("UPDATE audit_record SET outcome = 'x' WHERE seq = 8")
        let more = try await workspace.trail.verify()
        #expect(more.hindrance?.contains("more was changed") == true, "\(more)")
        #expect(await workspace.trailStanding() != .sound)
        try place.tamper("UPDATE audit_record SET outcome = 'done' WHERE seq = 8")
        #expect(try await workspace.trail.verify().hindrance == nil)
        #expect(await workspace.trailStanding() == .sound)
        let newest = try #require(try await workspace.store.read { try $0.lastAuditRecord() })
        try place.tamper("UPDATE audit_record SET outcome = 'x' WHERE seq = \(newest - 2)")
        let report = try await workspace.trail.verify()
        #expect(report.damagedAt == newest - 2 && report.hindrance != nil)
        #expect(await workspace.trailStanding() != .sound)
    }

    @Test("where the trail takes no login an admin lets it go on with a password, and nobody else")
    func dead() async throws {
        let (place, workspace) = try await Self.trail()
        workspace.acting.current = .nobody
        try place.tamper("DELETE FROM audit_head")
        let password = SecretBytes(utf8: Place.password)
        let refused = await complaint { _ = try await workspace.login.login("asha", password) }
        #expect(refused?.what == "the audit trail does not hold" && refused?.status == .badData)
        // Verification asks for no login.
        #expect(try await workspace.trail.verify().damage?.contains("no head") == true)
        let wrong = await complaint {
            _ = try await workspace.trail.resume(reason: "x", as: "asha", SecretBytes(utf8: "not the password"))
        }
        #expect(wrong?.status == .notPermitted)
        #expect(await complaint { _ = try await workspace.trail.resume(reason: "x") }?.status == .notPermitted)
        let resumed = try await workspace.trail.resume(reason: "somebody emptied a table", as: "asha", password)
        #expect(resumed.repair.isHeadMade && resumed.aside == nil)
        _ = try await workspace.login.login("asha", password)
        #expect(try await workspace.trail.verify().verdict == .holds)
        let rows = try await workspace.store.read { try $0.auditEvents(AuditQuery(action: "audit.resume")) }
        #expect(rows.map(\.actor) == ["asha"] && rows.first?.detailFacts["head"] == "made from the records")
    }
}
