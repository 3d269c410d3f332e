import Testing
import Trail

/// What is kept outside is read as strictly as what is signed.
@Suite("Signed checkpoints")
struct NoteTests {
    private func signer() throws -> NoteSigner { try #require(NoteSigner.make(name: "portaldesk/test")).signer }

    private func note(_ size: Int64, _ signer: NoteSigner) throws -> String {
        try signer.sign(Checkpoint(origin: "portaldesk/test", size: size, root: .emptyTree))
    }

    @Test("every character of a note that is changed breaks its signature or its form")
    func changed() throws {
        let signer = try signer()
        let note = Array(try note(41, signer).utf8)
        for index in note.indices where note[index] < 0x80 {
            var other = note
            other[index] = other[index] == UInt8(ascii: "5") ? UInt8(ascii: "6") : UInt8(ascii: "5")
            let read = SignedCheckpoint(note: String(decoding: other, as: UTF8.self))
            #expect(read?.isSigned(by: signer.key) != true, "\(index)")
        }
    }

    @Test("notes stand one behind another, and what a kill left unfinished costs only itself")
    func file() throws {
        let signer = try signer()
        let notes = try [1, 2, 300].map { try note($0, signer) }
        let whole = NoteFile.notes(in: notes.joined())
        #expect(whole.notes.map(\.checkpoint.size) == [1, 2, 300])
        #expect(whole.problems.isEmpty)
        for length in 1..<notes[2].utf8.count {
            guard let cut = String(notes[2].utf8.prefix(length)) else { continue }
            let found = NoteFile.notes(in: notes[0] + notes[1] + cut)
            #expect(found.notes.map(\.checkpoint.size) == [1, 2], "\(length)")
            #expect(found.problems.count == 1, "\(length)")
            // Whoever writes the next one ends the line first.
            let after = NoteFile.notes(in: notes[0] + notes[1] + cut + "\n" + notes[2])
            #expect(after.notes.last?.checkpoint.size == 300, "\(length)")
            #expect(after.notes.count >= 3, "\(length)")
        }
    }

    @Test("a new key counts when the old one vouches for it")
    func keys() throws {
        let (old, new, foreign) = (try signer(), try signer(), try signer())
        let change = KeyChange(old: old.key, new: new.key)
        #expect(change.isVouched(try old.signature(of: change.statement)))
        #expect(!change.isVouched(try foreign.signature(of: change.statement)))
        #expect(!KeyChange(old: old.key, new: foreign.key).isVouched(try old.signature(of: change.statement)))
    }

    @Test("a line that is no key is none", arguments: ["", "a+b", "a+00000000+AQ==", "no key at all"])
    func noKey(line: String) { #expect(NoteKey(line: line) == nil) }
}
