import Domain
import Foundation
import Testing

@testable import Services
@testable import Store

extension DocumentTests {
    private func damage(_ office: Office, _ id: NoticeId) async throws {
        let documents = try #require(try await office.admin.notices.notice(id)).facts.documents
        func file(_ name: String) throws -> String {
            let hash = try #require(documents.first { $0.name == name }?.sha256)
            return try #require(office.admin.documents.file(sha256: hash))
        }
        try Data("another order".utf8).write(to: URL(fileURLWithPath: try file("changed.pdf")))
        unlink(try file("gone.pdf"))
        try office.admin.store.withWriter { writer in
            try writer.execute("UPDATE notice_document SET sha256 = '../../secret' WHERE name = 'climbing.pdf'")
            try writer.execute("UPDATE notice_document SET sha256 = NULL WHERE name = 'absent.pdf'")
        }
    }

    private func files(_ names: String...) -> [(name: String, bytes: Data)] {
        names.map { (name: "\($0).pdf", bytes: Self.pdf + Data($0.utf8)) }
    }

    @Test func `what was changed, is gone or never came is named, and the rest is written`() async throws {
        let office = try await Office.make()
        let id = try await notice(office, files("good", "changed", "gone", "climbing", "absent"))
        try await damage(office, id)
        _ = try office.place.file("secret", "not to be handed out")
        for asReceived in [false, true] {
            let folder = office.place.folder + "/out-\(asReceived)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            let (saved, refused) = try await office.admin.notices.saveDocuments(
                of: id, to: folder, asReceived: asReceived)
            #expect(saved.map(\.file) == ["\(folder)/good.pdf"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["good.pdf"])
            #expect(refused.map(\.status) == [.badData, .badData, .badData, .badData])
            for (name, words) in [
                ("changed.pdf", "damaged"), ("gone.pdf", "its file is gone"), ("climbing.pdf", "no SHA-256"),
                ("absent.pdf", "never downloaded"),
            ] {
                #expect(refused.contains { $0.description.contains(name) && $0.description.contains(words) }, "\(name)")
            }
        }
        #expect(try await office.admin.notices.neverDownloaded(of: id).count == 1)
    }

    @Test(arguments: [("changed", "damaged"), ("gone", "its file is gone"), ("climbing", "damaged")])
    func `a single document that is not what came is not written`(name: String, words: String) async throws {
        let office = try await Office.make()
        // The others are there to be damaged too, and belong to the notice no more.
        let id = try await notice(office, files("changed", "gone", "climbing", "absent"))
        try await damage(office, id)
        try office.admin.store.withWriter { writer in
            try writer.execute("UPDATE notice_document SET sha256 = NULL WHERE name <> '\(name).pdf'")
        }
        let out = office.place.folder + "/out.pdf"
        let refused = await complaint {
            try await office.admin.notices.saveOnlyDocument(of: id, as: .file(out, replaces: false))
        }
        #expect(refused?.status == .badData && refused?.description.contains(words) == true)
        #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test func `the doctor counts documents that are gone or damaged, and says what was checked`() async throws {
        let office = try await Office.make()
        let doctor = Doctor(home: office.place.home, surroundings: office.place.surroundings)
        #expect(await doctor.documents(office.admin).message == "none is stored yet")
        let id = try await notice(office, files("good", "changed", "gone", "climbing", "absent"))
        let fine = await doctor.documents(office.admin)
        #expect(fine.grade == .ok && fine.message == "5 documents; place, size and hash of all were checked")
        try await damage(office, id)
        let found = await doctor.documents(office.admin)
        #expect(found.grade == .problem && found.message.contains("1 of 4 documents is missing and 2 damaged"))
        // A size that is not the one that came tells without the hash.
        let good = try #require(try await office.admin.notices.notice(id)).facts.documents[0]
        let hash = try #require(good.sha256)
        #expect(
            office.admin.documents.look(sha256: hash, byteCount: 1, readsAll: false)
                == .damaged("it has \(good.byteCount) bytes and came with 1"))
        try office.admin.store.withWriter { writer in
            let columns = "sha256, media_type, byte_count, stored_at"
            try writer.execute("INSERT INTO document (\(columns)) VALUES ('\(hash)', '', 1, 0)")
        }
        #expect(await doctor.documents(office.admin).message.contains("and 3 damaged"))
    }

    @Test(arguments: [
        "", "ab", "../../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
        String(repeating: "a", count: 63), String(repeating: "a", count: 65), String(repeating: "/", count: 64),
        "٣" + String(repeating: "a", count: 62),
    ])
    func `only a SHA-256 becomes a path`(text: String) {
        let folder = DocumentFolder(path: "/documents")
        #expect(folder.file(sha256: text) == nil)
        let hash = String(repeating: "a0", count: 32)
        #expect(folder.file(sha256: hash) == "/documents/a0/\(hash)")
    }
}
