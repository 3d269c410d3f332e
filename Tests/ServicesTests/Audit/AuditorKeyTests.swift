import Domain
import Foundation
import Store
import Testing
import Trail

@testable import Services

/// Which key an auditor needs after changes of the key, and what the verifier says without it.
@Suite("Keys in an auditor's hands")
struct AuditorKeyTests {
    /// A trail with three keys, exported with a proof; each key signed something.
    private struct Trail {
        let place: Place
        let workspace: Workspace
        let keys: [String]
        let folder: String
        let proof: String
        /// Signed by the first key, kept elsewhere.
        let outside: String
    }

    private func trail() async throws -> Trail {
        let place = try Place()
        let workspace = try await place.workspace()
        try await record(12, workspace)
        let first = try #require(try await TrailSigning(workspace: workspace).sign(.now))
        let outside = try place.file("kept", first.note)
        for _ in 0..<2 {
            _ = try await workspace.trail.rotateKey()
            try await record(5, workspace)
        }
        let folder = place.folder + "/export"
        _ = try await workspace.trail.export(to: folder, proofs: [3])
        let proof = try place.file("proof.json", try await workspace.trail.proof(of: 7))
        return Trail(
            place: place, workspace: workspace, keys: try await workspace.trail.keys(), folder: folder, proof: proof,
            outside: outside)
    }

    private func record(_ count: Int, _ workspace: Workspace) async throws {
        let now = workspace.now
        try await workspace.store.write { writer in
            for number in 0..<count {
                try writer.recordEvent(
                    AuditEvent(at: now, actor: "asha", action: "test", subject: "\(number)", outcome: "done"))
            }
        }
    }

    private func verify(_ arguments: String...) throws -> (status: Int32, text: String) {
        try Auditor.verify(arguments)
    }

    private func foreignKey() throws -> String { try #require(NoteSigner.make(name: "portaldesk/x")).signer.key.line }

    @Test("the first key is enough for a proof and for a whole export, however often the key was changed")
    func first() async throws {
        let trail = try await trail()
        #expect(trail.keys.count == 3)
        for key in trail.keys {
            let proof = try verify("--proof", trail.proof, "--key", key)
            #expect(proof.status == 0 && proof.text.contains("record 7 stands in the signed trail"), "\(proof.text)")
        }
        let whole = try verify(trail.folder, "--key", trail.keys[0], "--checkpoint", trail.outside)
        #expect(whole.status == 0 && whole.text.contains("everything holds"), "\(whole.text)")
    }

    @Test("with a later key alone an export could not be checked, and is not said to be changed; a change still is")
    func later() async throws {
        let trail = try await trail()
        for key in trail.keys.dropFirst() {
            let whole = try verify(trail.folder, "--key", key)
            #expect(
                whole.status == 2 && whole.text.contains("could not be checked: the checkpoints up to "),
                "\(whole.text)")
            #expect(whole.text.contains("Give the first key of this trail"))
        }
        try change("records.jsonl", of: trail) { $0.replacing("\"subject\":\"4\"", with: "\"subject\":\"9\"") }
        let changed = try verify(trail.folder, "--key", trail.keys[2])
        #expect(changed.status == 1 && changed.text.contains("DAMAGED"), "\(changed.text)")
    }

    @Test("a key that never signed this trail does not pass, and what is no key is no change")
    func foreign() async throws {
        let trail = try await trail()
        let key = try foreignKey()
        #expect(try verify(trail.folder, "--key", key).status == 1)
        #expect(try verify("--proof", trail.proof, "--key", key).status == 1)
        let typo = try verify("--proof", trail.proof, "--key", "portaldesk/x+00")
        #expect(typo.status == 2 && typo.text.contains("--key wants a whole line of keys.txt"), "\(typo.text)")
    }

    @Test("a chain of keys that was made up in a proof does not pass, and a proof without one asks for its key")
    func forged() async throws {
        let trail = try await trail()
        let text = try String(contentsOfFile: trail.proof, encoding: .utf8)
        var members = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let links = try #require(members["keys"] as? [[String: Any]])
        var forged = links
        forged[1]["sig"] = forged[2]["sig"]
        members["keys"] = forged
        let bad = try verify("--proof", try write(members, trail), "--key", trail.keys[0])
        #expect(bad.status == 1 && bad.text.contains("the key before does not vouch for it"), "\(bad.text)")
        members["keys"] = nil
        let older = try write(members, trail)
        #expect(try verify("--proof", older, "--key", trail.keys[2]).status == 0)
        let unknown = try verify("--proof", older, "--key", trail.keys[0])
        #expect(unknown.status == 2 && unknown.text.contains("the proof names no keys"), "\(unknown.text)")
    }

    @Test("an export whose checkpoints were taken out could not be checked")
    func unsigned() async throws {
        let trail = try await trail()
        try change("checkpoints.txt", of: trail) { _ in "" }
        try FileManager.default.removeItem(atPath: trail.folder + "/proofs")
        let found = try verify(trail.folder, "--key", trail.keys[0])
        #expect(found.status == 2 && found.text.contains("nothing is signed"), "\(found.text)")
    }

    @Test("a change of the key tells what happened, what an auditor needs and what is to be kept")
    func told() async throws {
        let trail = try await trail()
        let paper = try await trail.workspace.trail.changedKey()
        let keys = try await trail.workspace.trail.signingKeys()
        #expect(keys.count == 4 && keys.map(\.line).dropLast() == trail.keys[...])
        let text = paper.text.joined(separator: "\n")
        #expect(text.contains("vouches for the new one in record \(keys[3].sequence)."))
        #expect(text.contains("former  \(keys[2].line)") && text.contains("new     \(keys[3].line)"))
        #expect(text.contains("first   \(keys[0].line)") && text.contains("A backup of the workspace from now on"))
        let listed = AuditWords.keys(keys) { _ in "today" }
        #expect(listed.first == "1  the first; since today, by asha, record \(keys[0].sequence)")
        #expect(listed.contains("4  signs now; since today, by asha, record \(keys[3].sequence)"))
    }

    @Test("a proof is saved to a file that was not there, also of a record that no checkpoint covered yet")
    func saved() async throws {
        let trail = try await trail()
        try await record(1, trail.workspace)
        let newest = try #require(try await trail.workspace.audit.events(AuditQuery(action: "test")).last).sequence
        let path = trail.place.folder + "/newest.json"
        try await trail.workspace.trail.saveProof(of: newest, to: path)
        #expect(try verify("--proof", path, "--key", trail.keys[0]).status == 0)
        let records = try await trail.workspace.audit.events(AuditQuery()).count
        let refusal = await complaint { try await trail.workspace.trail.saveProof(of: newest, to: path) }
        #expect(refusal?.status == .badData)
        #expect(try await trail.workspace.audit.events(AuditQuery()).count == records)
    }

    @Test("a checkpoint that is signed by hand is a note that the verifier takes")
    func signed() async throws {
        let trail = try await trail()
        try await record(1, trail.workspace)
        let paper = try await trail.workspace.trail.signed()
        let note = try #require(paper.handed)
        #expect(paper.text.prefix(2) == note.split(separator: "\n").map(String.init).prefix(2))
        let other = trail.place.folder + "/again"
        _ = try await trail.workspace.trail.export(to: other)
        let held = try verify(other, "--key", trail.keys[0], "--checkpoint", try trail.place.file("by-hand", note))
        #expect(held.status == 0 && held.text.contains("1 from elsewhere"), "\(held.text)")
    }

    private func change(_ name: String, of trail: Trail, _ body: (String) -> String) throws {
        let path = "\(trail.folder)/\(name)"
        let text = body(try String(contentsOfFile: path, encoding: .utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func write(_ members: [String: Any], _ trail: Trail) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: members)
        return try trail.place.file("altered.json", data)
    }
}
