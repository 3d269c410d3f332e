import Domain
import Foundation
import Sandbox
import Secrets
import Testing

@testable import Services
@testable import Store

/// Archives under the lock that TRACES puts on its files: opened by recipe, without a program.
@Suite(.timeLimit(.minutes(20))) struct LockedArchiveTests {
    /// Two entries, one deflated and one stored, the lengths behind the content, closed by `JR_DELA12345B_26Q_Q3_2024-25`
    /// (Info-ZIP 3.0).
    private static let sealed =
        Data(
            base64Encoded:
                "UEsDBBQACQAIAOuYdl2obqMKdwAAABAnAAAKABwAcmVwb3J0LnR4dFVUCQADaj0Da2o9A2t1eAsAAQQAAAAABAAAAADwX5+0Zksf"
                + "RBrjRIKfe4tBXbgeIZ5u0HA0Zi2ZM+l+9sdgtoGByJZjdEqoSX6PPRBNZfuLqXRVbWN5xcaEEE2oBd2Tvrxjsg418Sb6yHoAWI1A"
                + "qaALOyxCp0UTnGgAW8u501g8XSN/YBvEg4XvL4YLrMeCxr40hFBLBwiobqMKdwAAABAnAABQSwMECgAJAAAA65h2XRPqRXURAAAA"
                + "BQAAABAAHABmb2xkZXIvc21hbGwudHh0VVQJAANqPQNraj0Da3V4CwABBAAAAAAEAAAAAKhicGmSJZeAcR5OkAVqm+IuUEsHCBPq"
                + "RXURAAAABQAAAFBLAQIeAxQACQAIAOuYdl2obqMKdwAAABAnAAAKABgAAAAAAAEAAACkgQAAAAByZXBvcnQudHh0VVQFAANqPQNr"
                + "dXgLAAEEAAAAAAQAAAAAUEsBAh4DCgAJAAAA65h2XRPqRXURAAAABQAAABAAGAAAAAAAAQAAAKSBywAAAGZvbGRlci9zbWFsbC50"
                + "eHRVVAUAA2o9A2t1eAsAAQQAAAAABAAAAABQSwUGAAAAAAIAAgCmAAAANgEAAAAA"
        ) ?? Data()
    private static let password = "JR_DELA12345B_26Q_Q3_2024-25"
    private static let text = String(repeating: "SIMULATED ^ default of a statement ^ 1,23,450.00\r\n", count: 200)

    private func opener(_ place: Place) -> DocumentOpener { DocumentOpener(path: "/nonexistent", folder: place.folder) }

    private func keys(_ texts: String...) -> [DocumentKeys.Candidate] {
        texts.map { .init(recipe: "recipe \($0.count)", password: SecretBytes(utf8: $0)) }
    }

    /// What `unzip` finds in an archive that needs no password.
    private func content(_ archive: String, _ name: String) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
        process.arguments = ["-p", "-P", "", archive, name]
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return data
    }

    private static let hasUnzip = access("/usr/bin/unzip", X_OK) == 0

    @Test(.enabled(if: hasUnzip, "unzip is not installed"))
    func `what is below the lock is what was packed`() throws {
        let place = try Place()
        let file = place.folder + "/a.zip"
        try Self.sealed.write(to: URL(fileURLWithPath: file))
        let outcome = try opener(place).open(file, keys("DELA12345B", Self.password))
        guard case .opened(let copy, let recipe) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(recipe == "recipe \(Self.password.count)")
        #expect(try content(copy, "report.txt") == Data(Self.text.utf8))
        #expect(try content(copy, "folder/small.txt") == Data("small".utf8))
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a wrong password opens nothing, and how it is made is said`() throws {
        let place = try Place()
        let file = place.folder + "/a.zip"
        try Self.sealed.write(to: URL(fileURLWithPath: file))
        let wrong = (0..<600).map { "\($0)" }
        let candidates = wrong.map { DocumentKeys.Candidate(recipe: $0, password: SecretBytes(utf8: $0)) }
        guard case .locked(let why) = try opener(place).open(file, candidates) else {
            Issue.record("it was opened")
            return
        }
        #expect(why.contains("no known password opens it") && why.contains("JR_TAN_FORM_QUARTER_FY"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder) == ["a.zip"])
    }

    @Test func `another lock is said to be one, and a damaged archive breaks nothing`() throws {
        let place = try Place()
        let file = place.folder + "/a.zip"
        let table = try #require(Self.sealed.range(of: Data("PK\u{1}\u{2}".utf8))).lowerBound
        var aes = Self.sealed
        aes[table + 10] = 99
        try aes.write(to: URL(fileURLWithPath: file))
        guard case .locked(let why) = try opener(place).open(file, keys(Self.password)) else {
            Issue.record("it was opened")
            return
        }
        #expect(why.contains("AES") && why.contains("7-Zip"))
        // Every byte wrong once: never another content than the one whose checksum it bears.
        for place in Self.sealed.indices {
            var bytes = Array(Self.sealed)
            bytes[place] ^= 0x55
            _ = LockedArchive(bytes)?.opened(with: SecretBytes(utf8: Self.password))
        }
        for length in stride(from: 0, to: Self.sealed.count, by: 7) {
            _ = LockedArchive(Array(Self.sealed.prefix(length)))?.opened(with: SecretBytes(utf8: Self.password))
        }
    }

    /// The table of contents with its first entry as often as is asked for, over the same bytes.
    private static func over(_ entries: Int, claiming unpacked: UInt32? = nil) throws -> Data {
        let table = try #require(sealed.range(of: Data("PK\u{1}\u{2}".utf8))).lowerBound
        let second = try #require(sealed[(table + 4)...].range(of: Data("PK\u{1}\u{2}".utf8))).lowerBound
        let end = try #require(sealed.range(of: Data("PK\u{5}\u{6}".utf8))).lowerBound
        var record = Data(sealed[table..<second])
        if let unpacked {
            for place in 0..<4 { record[24 + place] = UInt8(truncatingIfNeeded: unpacked >> (8 * place)) }
        }
        var bytes = Data(sealed[..<table])
        for _ in 0..<entries { bytes.append(record) }
        var last = Data(sealed[end...])
        for place in [8, 10] {
            (last[place], last[place + 1]) = (UInt8(entries & 255), UInt8(entries >> 8))
        }
        return bytes + last
    }

    @Test(arguments: [(2, nil, "lie over each other"), (9_000, nil, "lie over each other"), (1, 1 << 31, "1024 MB")])
    func `an archive that is made to exhaust the machine is not unlocked`(
        entries: Int, unpacked: UInt32?, why: String
    ) throws {
        let place = try Place()
        let file = place.folder + "/a.zip"
        try Self.over(entries, claiming: unpacked).write(to: URL(fileURLWithPath: file))
        guard case .locked(let said) = try opener(place).open(file, keys(Self.password)) else {
            Issue.record("it was opened")
            return
        }
        #expect(said.contains(why), "\(said)")
        #expect(
            LockedArchive(Array(try Self.over(entries, claiming: unpacked)))?.opened(
                with: SecretBytes(utf8: Self.password)) == nil)
        // One entry alone is what it always was.
        let one = try #require(LockedArchive(Array(try Self.over(1))))
        #expect(one.danger == nil && one.opened(with: SecretBytes(utf8: Self.password)) != nil)
    }

    @Test func `a justification report opens by the statement that it is about`() {
        let tan = PortalIdentity(stored: .traces, "DELA12345B")
        var notice = NoticeFacts(externalKey: "request 1", place: .requests, reference: "1", form: "26Q")
        notice.period = "FY 2024-25 Q3"
        #expect(DocumentKeys.candidates(tan, nil, of: notice).first?.password.text == Self.password)
        notice.period = "2024 third"
        #expect(DocumentKeys.candidates(tan, nil, of: notice).first?.password.text == "DELA12345B")
    }

    /// From the portal to the copy of a person, as far as our own simulation goes.
    @Test func `the reports and certificates of the simulated TRACES are opened`() async throws {
        try await WorkHouse.withTraces { house, tan in
            try await house.authorise(tan)
            // The first report of the simulation takes two days.
            house.place.time.advance(.seconds(3 * 86_400))
            let job = try await house.run(.fetch, tan)
            let captcha = try #require(house.ledger.last { $0.system == "traces" && $0.kind == "captcha" }).key
            try await house.workspace.sync.answer(job.id, text: captcha)
            try await house.work()
            let notices = try await house.workspace.read {
                try $0.notices(NoticeQuery(portals: [.traces], perPage: nil)).rows
            }
            let ready = notices.filter { $0.facts.documents.contains { $0.sha256 != nil } }
            #expect(ready.contains { $0.facts.summary.contains("Justification") })
            for notice in ready {
                let out = "\(house.place.folder)/\(notice.id.rawValue).zip"
                let saved = try await house.workspace.notices.saveOnlyDocument(
                    of: notice.id, as: .file(out, replaces: false))
                if notice.facts.summary.contains("Justification") {
                    #expect(saved.remark.contains("JR_TAN_FORM_QUARTER_FY"), "\(notice.facts.summary)")
                }
                let bytes = try #require(FileManager.default.contents(atPath: out))
                #expect(bytes.range(of: Data("SIMULATED ^".utf8)) != nil, "\(notice.facts.summary) \(saved.remark)")
            }
        }
    }

    private func save(_ id: NoticeId, _ house: WorkHouse, _ name: String) async throws -> (remark: String, bytes: Data)
    {
        let out = "\(house.place.folder)/\(name)"
        let saved = try await house.workspace.notices.saveOnlyDocument(of: id, as: .file(out, replaces: false))
        return (saved.remark, try #require(FileManager.default.contents(atPath: out)))
    }

    @Test(.enabled(if: DocumentTests.hasQpdf, "qpdf is not installed"))
    func `a locked intimation of the simulated e-filing portal is opened with PAN and date`() async throws {
        try await WorkHouse.withEFiling { house, pan in
            let world = house.server.world
            let business = try #require(
                try await house.workspace.businesses.page(BusinessQuery()).rows.first { $0.pan?.text == pan.text })
            var edit = BusinessEdit(name: business.name, pan: business.pan)
            edit.gstins = try business.gstins.map { try Gstin($0) }
            _ = try await house.run(.fetch, pan)
            let notices = try await house.workspace.read { try $0.notices(NoticeQuery(perPage: nil)).rows }
            let folder = house.workspace.documents
            let locked = notices.filter { notice in
                notice.facts.place == .returns
                    && notice.facts.documents.contains {
                        $0.sha256.flatMap { folder.file(sha256: $0) }.flatMap {
                            FileManager.default.contents(atPath: $0)
                        }?.range(of: Data("/Encrypt".utf8)) != nil
                    }
            }
            let notice = try #require(locked.first, "no intimation is locked")
            let before = try await save(notice.id, house, "before.pdf")
            #expect(before.remark.contains("is locked") && before.remark.contains("--formed-on DATE"))
            edit.formedOn = try #require(world.businesses.first { $0.pan == pan.text }).formedOn
            try await house.workspace.businesses.update(business.id, edit)
            let after = try await save(notice.id, house, "after.pdf")
            #expect(after.remark.contains("PAN in lower case and date"))
            #expect(after.bytes.range(of: Data("/Encrypt".utf8)) == nil)
        }
    }
}
