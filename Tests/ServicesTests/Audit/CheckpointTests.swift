import Domain
import Foundation
import Store
import Testing
import Trail

@testable import Services

/// What is signed is remembered outside, and a trail that is not the one that was signed is noticed.
@Suite("Checkpoints of the audit trail")
struct CheckpointTests {
    private func record(_ count: Int, _ workspace: Workspace) async throws {
        let now = workspace.now
        try await workspace.store.write { writer in
            for number in 0..<count {
                try writer.recordEvent(
                    AuditEvent(at: now, actor: "asha", action: "test", subject: "\(number)", outcome: "done"))
            }
        }
    }

    private func remembered(_ workspace: Workspace) throws -> [Int64] {
        CheckpointPlaces(workspace: workspace).memory(own: []).notes.map(\.checkpoint.size)
    }

    @Test("one is due after so many records, or when the oldest unsigned one is old enough")
    func due() async throws {
        let place = try Place()
        let settings = "[audit]\ncheckpoint_records = 20\ncheckpoint_minutes = 5\n"
        let workspace = try await place.workspace(settings: settings)
        let signing = TrailSigning(workspace: workspace)
        #expect(try await signing.sign() == nil)
        try await record(20, workspace)
        let first = try #require(try await signing.sign())
        #expect(try await signing.sign() == nil)
        try await record(1, workspace)
        #expect(try await signing.sign() == nil)
        place.time.advance(.seconds(299))
        #expect(try await signing.sign() == nil)
        place.time.advance(.seconds(1))
        let second = try #require(try await signing.sign())
        #expect(second.size > first.size)
        #expect(try remembered(workspace).suffix(2) == [first.size, second.size])
        let key = try #require(NoteKey(line: second.key))
        #expect(SignedCheckpoint(note: second.note)?.isSigned(by: key) == true)
        #expect(await workspace.trailStanding() == .sound)
        #expect(try await workspace.trail.verify().damage == nil)
    }

    @Test("a process without the vault's key signs nothing, and the next one makes up for it")
    func locked() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        try await record(300, workspace)
        let other = try Workspace.open(place.home, place.surroundings)
        other.acting.current = .program("sam")
        #expect(try await TrailSigning(workspace: other).sign(.now) == nil)
        #expect(try await TrailSigning(workspace: workspace).sign() != nil)
    }

    @Test("yesterday's copy of the database is noticed at the start, named, and resumed only with a reason")
    func replaced() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        try await record(10, workspace)
        let early = try #require(try await TrailSigning(workspace: workspace).sign(.now))
        workspace.close()
        let copy = try Data(contentsOf: URL(fileURLWithPath: place.home.database))
        var again = try await reopened(place)
        try await record(10, again)
        let late = try #require(try await TrailSigning(workspace: again).sign(.now))
        again.close()
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: place.home.database + suffix) }
        try copy.write(to: URL(fileURLWithPath: place.home.database))
        again = try await reopened(place)
        let problem = try #require(await again.trailStanding().problem)
        #expect(problem.contains("\(late.size)") && problem.contains("cut short"), "\(problem)")
        let report = try await again.trail.verify()
        #expect(report.damage?.contains("ends before its checkpoint of \(late.size)") == true)
        // The worker begins nothing.
        let refusal = await complaint {
            try await SyncWorker(again, options: .init(untilIdle: true, concurrency: 1)).run()
        }
        #expect(refusal?.status == .badData)
        again.acting.current = .program("asha")
        #expect(await complaint { _ = try await again.trail.resume(reason: "  ") }?.status == .badData)
        let aside = try #require(try await again.trail.resume(reason: "the disk of Monday was put back").aside)
        #expect(await again.trailStanding() == .sound)
        let resumed = try await again.store.read { try $0.auditEvents(AuditQuery(action: "audit.resume")) }
        #expect(resumed.first?.detailFacts["reason"] == "the disk of Monday was put back")
        #expect(resumed.first?.detailFacts["size"] == "\(late.size)")
        let notes = NoteFile.notes(in: try String(contentsOfFile: aside, encoding: .utf8)).notes
        #expect(notes.map(\.checkpoint.size).suffix(2) == [early.size, late.size])
        // Whoever kept the later checkpoint still sees it.
        #expect(try await again.trail.verify(handed: aside).damage != nil)
        let whole = try await again.trail.verify()
        #expect(whole.damage == nil)
        // Nobody who reads the report takes the rest for the whole.
        let said = AuditWords.lines(whole) { _ in "today" }.joined(separator: "\n")
        #expect(said.contains("Resumed at record \(early.size) on today by asha: the disk of Monday"), "\(said)")
        #expect(said.contains("The trail before had \(late.size) records and is not this one"), "\(said)")
        #expect(!said.contains("Everything holds"))
        let folder = place.folder + "/export"
        _ = try await again.trail.export(to: folder)
        let page = try String(contentsOfFile: folder + "/README.txt", encoding: .utf8)
        #expect(page.contains("by asha: the disk of Monday was put back."), "\(page)")
        let checked = try Auditor.verify([folder])
        #expect(checked.status == 0 && !checked.text.contains("everything holds"), "\(checked.text)")
        #expect(checked.text.contains("by asha: the disk of Monday was put back."), "\(checked.text)")
    }

    @Test("a trail that was cut and whose head was set back is noticed by what is remembered outside")
    func cut() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        try await record(30, workspace)
        let kept = try #require(try await TrailSigning(workspace: workspace).sign(.now))
        try await record(5, workspace)
        #expect(await workspace.trailStanding() == .sound)
        try place.tamper("UPDATE audit_record SET actor = 'mallory' WHERE seq = \(kept.size + 1)")
        #expect(await workspace.trailStanding().problem?.contains("record \(kept.size + 1)") == true)
    }

    @Test("a change long ago is named at its own record, whatever checkpoints lie before and behind it")
    func long() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        for _ in 0..<4 {
            try await record(12, workspace)
            try await TrailSigning(workspace: workspace).sign(.now)
        }
        for (sql, seq, words) in [
            ("UPDATE audit_record SET outcome = 'lost' WHERE seq = 20", 20, "its column outcome"),
            (
                "UPDATE audit_record SET bytes = CAST(replace(CAST(bytes AS TEXT), 'asha', 'ashb') AS BLOB) WHERE seq = 17",
                17, "its hash is another one"
            ),
            ("DELETE FROM audit_record WHERE seq = 9", 9, "is missing"),
        ] as [(String, Int64, String)] {
            try place.tamper(sql)
            let report = try await workspace.trail.verify()
            #expect(report.damagedAt == seq, "\(report.damage ?? "")")
            #expect(report.damage?.contains(words) == true, "\(report.damage ?? "")")
        }
    }

    @Test("a key change is vouched for by the key before, and a forged one is named")
    func rotation() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        try await record(3, workspace)
        let first = try #require(try await TrailSigning(workspace: workspace).sign(.now))
        let line = try await workspace.trail.rotateKey()
        #expect(line != first.key)
        try await record(3, workspace)
        let last = try #require(try await TrailSigning(workspace: workspace).sign(.now))
        #expect(last.key == line)
        #expect(try await workspace.trail.keys() == [first.key, line])
        #expect(try await workspace.trail.verify().damage == nil)
        // Somebody who can write the database puts a key of their own behind.
        let foreign = try #require(NoteSigner.make(name: "portaldesk/x")).signer
        var event = AuditEvent(at: workspace.now, actor: "x", action: "audit.key", subject: "audit", outcome: "done")
        event.keyChange = AuditKeyChange(line: foreign.key.line, old: line, signature: "AAAA")
        let forged = event
        let seq = try await workspace.store.write { try $0.recordEvent(forged) }
        #expect(try await workspace.trail.verify().damage?.contains("record \(seq) changes the signing key") == true)
        #expect(await workspace.trailStanding() != .sound)
    }

    @Test("what a kill left unfinished in the file is passed over, and the next one stands behind it")
    func unfinished() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        try await record(3, workspace)
        try await TrailSigning(workspace: workspace).sign(.now)
        let file = CheckpointPlaces(workspace: workspace).file
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("portaldesk/abc\n12".utf8))
        try handle.close()
        #expect(await workspace.trailStanding() == .sound)
        try await record(3, workspace)
        let last = try #require(try await TrailSigning(workspace: workspace).sign(.now))
        #expect(try remembered(workspace).last == last.size)
        let report = try await workspace.trail.verify()
        #expect(report.damage == nil)
        #expect(!report.remarks.isEmpty)
    }

    @Test("a change of the settings or of a provider file is on record, once")
    func settings() async throws {
        let place = try Place()
        let workspace = try await place.workspace(providers: ["a.toml": "name = \"a\"\n"])
        let record = SettingsOnRecord(workspace: workspace)
        try await record.note()
        let config = try String(contentsOfFile: place.home.configuration, encoding: .utf8)
        try (config + "# changed\n").write(toFile: place.home.configuration, atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(atPath: place.home.providers + "/a.toml")
        for _ in 0..<2 { try await record.note() }
        let found = try await workspace.store.read { try $0.auditEvents(AuditQuery(action: "settings")) }
        #expect(found.map(\.subject) == ["config.toml", "providers/a.toml"])
        #expect(found.first?.detailFacts.keys.sorted() == ["before", "now"])
        #expect(found.last?.detailFacts.keys.sorted() == ["before"])
    }

    @Test("an export is checked by Python alone, from end to end, with proofs and a key from elsewhere")
    func export() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        try await record(40, workspace)
        let outside = try place.file("kept", try #require(try await TrailSigning(workspace: workspace).sign(.now)).note)
        _ = try await workspace.trail.rotateKey()
        try await record(7, workspace)
        let key = try #require(try await workspace.trail.keys().first)
        let folder = place.folder + "/export"
        let done = try await workspace.trail.export(to: folder, proofs: [0, 17, 41])
        #expect(done.proofs == 3)
        let held = try Auditor.verify([folder, "--key", key, "--checkpoint", outside])
        #expect(held.status == 0, "\(held.text)")
        #expect(held.text.contains("everything holds"))
        #expect(try Auditor.verify(["--proof", folder + "/proofs/17.json", "--key", key]).status == 0)
        #expect(await complaint { _ = try await workspace.trail.export(to: folder) }?.status == .badData)
        for (name, change, words) in Self.damages {
            let other = place.folder + "/" + name
            try FileManager.default.copyItem(atPath: folder, toPath: other)
            var lines = try String(contentsOfFile: other + "/records.jsonl", encoding: .utf8).split(separator: "\n")
                .map(String.init)
            change(&lines)
            try (lines.joined(separator: "\n") + "\n").write(
                toFile: other + "/records.jsonl", atomically: true, encoding: .utf8)
            let found = try Auditor.verify([other, "--key", key, "--checkpoint", outside])
            #expect(found.status == 1, "\(name): \(found.text)")
            #expect(found.text.contains(words), "\(name): \(found.text)")
        }
    }

    private static let damages: [(String, @Sendable (inout [String]) -> Void, String)] = [
        ("flipped", { $0[9] = $0[9].replacing("asha", with: "ashb") }, "not the one that was signed"),
        ("spaced", { $0[9] = $0[9].replacing("\":\"", with: "\": \"") }, "record 9"),
        ("deleted", { $0.remove(at: 12) }, "record 12 bears the number 13"),
        ("inserted", { $0.insert($0[3], at: 4) }, "record 4 bears the number 3"),
        ("swapped", { $0.swapAt(5, 6) }, "record 5 bears the number 6"),
        ("truncated", { $0.removeLast(3) }, "the trail ends at record"),
    ]

    private func reopened(_ place: Place) async throws -> Workspace {
        let workspace = try Workspace.open(place.home, place.surroundings)
        try await place.unlock(workspace)
        return workspace
    }
}
