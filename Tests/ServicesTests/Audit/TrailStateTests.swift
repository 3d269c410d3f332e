import Domain
import Foundation
import Secrets
import Store
import Testing
import Trail
import Transport

@testable import Services

/// Whatever somebody does to the files of a trail: it has one name, whoever looks, and one way out that leads out.
@Suite("States of a trail that somebody changed")
struct TrailStateTests {
    /// One way to change a trail of which checkpoints were signed.
    struct State: Sendable, CustomTestStringConvertible {
        var name: String
        var sql: [String] = []
        var file: (@Sendable (String) throws -> Void)?
        /// What a whole verification says; empty for nothing wrong.
        var verified = ""
        /// What the check at a start says, before any verification; empty where it cannot see it.
        var standing: String?
        /// Whether nothing takes records any more, so that nobody can log in.
        var isDead = false
        var verdictAfter = TrailService.Verdict.holds

        var testDescription: String { name }
    }

    static let newest = "size = (SELECT max(size) FROM audit_checkpoint)"

    static let states: [State] = [
        State(
            name: "checkpoints emptied", sql: ["DELETE FROM audit_checkpoint"], verified: "taken out of the workspace"),
        State(
            name: "newest checkpoint gone", sql: ["DELETE FROM audit_checkpoint WHERE \(newest)"],
            verified: "taken out of the workspace"),
        State(
            name: "head's size set back", sql: ["UPDATE audit_head SET size = size - 1"],
            verified: "the head of the trail does not fit", isDead: true),
        State(
            name: "head that cannot be read", sql: ["UPDATE audit_head SET chain = x'00'"],
            verified: "no head that can be read", isDead: true),
        State(
            name: "head set back as a whole",
            sql: [
                "UPDATE audit_head SET (size, chain, frontier) = (SELECT size, chain, frontier FROM audit_checkpoint "
                    + "ORDER BY size LIMIT 1)"
            ], verified: "or the head was set back", isDead: true),
        State(name: "head gone", sql: ["DELETE FROM audit_head"], verified: "no head that can be read", isDead: true),
        State(
            name: "head's chain", sql: ["UPDATE audit_head SET chain = zeroblob(32)"],
            verified: "the head of the trail does not fit"),
        State(
            name: "head's tree", sql: ["UPDATE audit_head SET frontier = zeroblob(length(frontier))"],
            verified: "the head of the trail does not fit"),
        State(
            name: "head's name", sql: ["UPDATE audit_head SET origin = 'portaldesk/f00d'"],
            verified: "do not bear the same name"),
        State(
            name: "the workspace's name", sql: ["UPDATE setting SET value = 'f00d' WHERE key = 'workspace.id'"],
            verified: "do not bear the same name"),
        State(
            name: "a checkpoint's chain", sql: ["UPDATE audit_checkpoint SET chain = zeroblob(32) WHERE \(newest)"],
            verified: "was changed in the workspace"),
        State(
            name: "a checkpoint's tree",
            sql: ["UPDATE audit_checkpoint SET frontier = zeroblob(length(frontier)) WHERE \(newest)"],
            verified: "was changed in the workspace"),
        State(
            name: "a checkpoint's note", sql: ["UPDATE audit_checkpoint SET note = 'x' WHERE \(newest)"],
            verified: "is not signed by the trail's key"),
        State(
            name: "a checkpoint's key", sql: ["UPDATE audit_checkpoint SET key = 'x' WHERE \(newest)"],
            verified: "is not signed by the trail's key"),
        State(
            name: "a checkpoint's size", sql: ["UPDATE audit_checkpoint SET size = size + 1000 WHERE \(newest)"],
            verified: "was changed in the workspace"),
        State(
            name: "an old record", sql: ["UPDATE audit_record SET actor = 'mallory' WHERE seq = 9"],
            verified: "record 9 was changed: its column actor", standing: "", verdictAfter: .damaged),
        State(
            name: "the hash beside an old record", sql: ["UPDATE audit_record SET leaf = zeroblob(32) WHERE seq = 9"],
            verified: "record 9 was changed: its hash", standing: "", verdictAfter: .damaged),
        State(
            name: "an old record gone", sql: ["DELETE FROM audit_record WHERE seq = 9"],
            verified: "record 9 is missing", standing: "", verdictAfter: .damaged),
        State(
            name: "the record of the key", sql: ["UPDATE audit_record SET bytes = x'7b7d' WHERE action = 'audit.key'"],
            verified: "was changed: its hash is another one", verdictAfter: .damaged),
        State(
            name: "a new record",
            sql: ["UPDATE audit_record SET actor = 'mallory' WHERE seq = (SELECT max(seq) FROM audit_record)"],
            verified: "its column actor", verdictAfter: .damaged),
        State(
            name: "the last records gone",
            sql: ["DELETE FROM audit_record WHERE seq > (SELECT max(seq) - 3 FROM audit_record)"],
            verified: "is missing", verdictAfter: .damaged),
        State(
            name: "all records gone", sql: ["DELETE FROM audit_record"], verified: "is missing", verdictAfter: .damaged),
        State(
            name: "everything gone",
            sql: ["DELETE FROM audit_record", "DELETE FROM audit_head", "DELETE FROM audit_checkpoint"],
            verified: "the trail ends before its checkpoint", standing: "it was cut short"),
        State(
            name: "another workspace's file outside",
            file: { path in
                let signer = try #require(NoteSigner.make(name: "portaldesk/f00d")).signer
                let note = try signer.sign(Checkpoint(origin: "portaldesk/f00d", size: 3, root: .emptyTree))
                try note.write(toFile: path, atomically: true, encoding: .utf8)
            }, verified: "the checkpoints outside belong to another trail"),
        State(
            name: "a checkpoint in the file outside",
            file: { path in
                let text = try String(contentsOfFile: path, encoding: .utf8)
                let note = try #require(NoteFile.notes(in: text).notes.last)
                let size = note.checkpoint.size
                let changed = note.note.replacing("\n\(size)\n", with: "\n\(size + 50)\n")
                try text.replacing(note.note, with: changed).write(toFile: path, atomically: true, encoding: .utf8)
            }, verified: "was edited in /"),
    ]

    private static func trail() async throws -> (place: Place, workspace: Workspace) {
        let place = try Place()
        let workspace = try await place.workspace()
        for count in [20, 10] {
            try await record(count, workspace)
            try await TrailSigning(workspace: workspace).sign(.now)
        }
        try await record(5, workspace)
        return (place, workspace)
    }

    private static func record(_ count: Int, _ workspace: Workspace) async throws {
        let now = workspace.now
        try await workspace.store.write { writer in
            for number in 0..<count {
                try writer.recordEvent(
                    AuditEvent(at: now, actor: "asha", action: "test", subject: "\(number)", outcome: "done"))
            }
        }
    }

    @Test("verification, start and doctor agree, no call leaves, and an admin's word lets it go on", arguments: states)
    func named(state: State) async throws {
        let (place, workspace) = try await Self.trail()
        let file = CheckpointPlaces(workspace: workspace).file
        try state.file?(file)
        if !state.sql.isEmpty { try place.tamper(state.sql) }
        let standing = state.standing ?? state.verified
        let problem = await workspace.trailStanding().problem
        #expect(standing.isEmpty ? problem == nil : problem?.contains(standing) == true, "\(problem ?? "nothing")")
        let report = try await workspace.trail.verify()
        #expect(report.damage?.contains(state.verified) == true, "\(report.damage ?? "nothing")")
        let found = try #require(await workspace.trailStanding().problem)
        #expect(found.contains(state.verified) && found.contains("as a verification found on"), "\(found)")
        let doctor = await Doctor(home: place.home, surroundings: place.surroundings).examine(workspace)
        #expect(doctor.contains { $0.grade == .problem && $0.message.contains(state.verified) })
        if state.isDead { #expect(await complaint { try await Self.recordByLogin(workspace) }?.status == .badData) }
        let calls = CallRecords(workspace: workspace, owner: "test:1")
        #expect(await refusal { try await calls.leaves(Self.request) }?.kind == .unrecorded)
        workspace.acting.current = .program("asha")
        let resumed = try await workspace.trail.resume(reason: "looked at")
        #expect(await workspace.trailStanding() == .sound, "\(resumed)")
        _ = try await calls.leaves(Self.request)
        try await Self.record(3, workspace)
        try await TrailSigning(workspace: workspace).sign(.now)
        #expect(await workspace.trailStanding() == .sound)
        let again = try await workspace.trail.verify()
        #expect(again.verdict == state.verdictAfter, "\(again)")
        #expect(again.hindrance == nil && again.resumptions.count == 1)
        #expect(await workspace.trailStanding() == .sound)
        workspace.close()
    }

    private static var request: HTTPRequest {
        HTTPRequest(.get, url: "https://portal.example/v1", deadline: .now + .seconds(9))
    }

    private func refusal(_ body: () async throws -> some Any) async -> TransportFailure? {
        do { _ = try await body() } catch { return error as? TransportFailure }
        return nil
    }

    private static func recordByLogin(_ workspace: Workspace) async throws(Complaint) {
        let now = workspace.now
        try await workspace.write { writer in
            try writer.recordEvent(Doer(name: "asha").event("login", "asha", at: now))
        }
    }
}
