import Domain
import Foundation
import Secrets
import Store
import Synchronization
import Testing

@testable import Services

@Suite("Support bundles") struct BundleTests {
    /// What must be in no byte of a bundle; made up.
    private static let planted = [
        "09AAFHH6756K1ZQ", "AAFHH6756K", "CALH38988H", "Harihar", "Kadamba@7391", "ravi.k@firm.example", "192.168.17.4",
        "harihar.login", "9876543210", "made-up portal token 7391",
    ]

    private static let log = """
        2026-11-21T13:12:10Z info old line of 192.168.17.4
        2026-11-21T13:12:11Z error job 4711 gstin=09aafhh6756k1zq user=harihar.login password=Kadamba@7391
        2026-11-21T13:12:12Z info GET /x?gstin%3D09AAFHH%36756K1ZQ&token=Kadamba%407391 from 192.168.17.4
        2026-11-21T13:12:13Z info {"name":"HARIHAR &amp; CO","mail":"ravi.k%40firm.example","phone":"+91 98765 43210"}
        2026-11-21T13:12:14Z info tan calh38988h, "secret" : "made-up portal token 7391"
        """

    /// A job that failed, with what a portal said of it.
    private func fail(_ office: Office, _ id: PortalIdentity = Office.first) async throws -> JobId {
        let job = try #require(try await office.admin.sync.trigger(.verify, [id], by: .command).ids.first)
        let now = office.place.time.now
        try await office.admin.store.write { writer in
            try writer.appendLog(
                job,
                [
                    JobLogEntry(
                        sequence: 0, at: now, level: .error, step: "login",
                        message: "Harihar & Co: AAFHH6756K of 192.168.17.4 refused",
                        detail: #"{"password":"Kadamba@7391","x":"CALH38988H"}"#)
                ])
        }
        return job
    }

    private func office() async throws -> Office {
        let office = try await Office.make()
        let home = office.place.home
        try Self.log.write(toFile: home.workerLog, atomically: true, encoding: .utf8)
        let settings = "[mail]\ntransport = \"maildir\"\nuser = \"harihar.login\"\n# mail ravi.k@firm.example\n"
        try settings.write(toFile: home.configuration, atomically: true, encoding: .utf8)
        return office
    }

    private func request(_ office: Office, jobs: [JobId] = []) -> SupportRequest {
        var request = SupportRequest()
        request.jobs = jobs
        request.days = 90
        request.screen = SupportScreenText(
            title: "Coverage", columns: 80, rows: ["│ 09AAFHH67… │ Harihar &… │ AAFHH6756K", "│ 9876543210"])
        request.terminal = (80, 24)
        return request
    }

    /// What lies in an archive, unpacked by the system's tar.
    private func unpacked(_ path: String, in folder: String) throws -> [String: String] {
        let place = "\(folder)/unpacked-\(UUID().uuidString)"
        mkdir(place, 0o700)
        let tar = PipedProgram(
            path: "/usr/bin/tar", arguments: ["--extract", "--gzip", "--file", path, "--directory", place],
            limit: .seconds(60))
        #expect(try tar.run(feeding: SecretBytes(utf8: "")).get().how == .exited(0))
        var found: [String: String] = [:]
        let walk = try #require(FileManager.default.enumerator(atPath: place))
        for case let name as String in walk {
            guard let data = FileManager.default.contents(atPath: "\(place)/\(name)") else { continue }
            found[name.split(separator: "/").dropFirst().joined(separator: "/")] = String(decoding: data, as: UTF8.self)
        }
        return found
    }

    @Test("Nothing of what was planted is in any byte of a bundle, nor in the names of its files")
    func nothingPlanted() async throws {
        let office = try await office()
        let job = try await fail(office)
        let support = office.admin.support
        let bundle = try await support.prepare(request(office, jobs: [job]))
        let written = try await support.write(bundle, to: "\(office.place.folder)/bundle.tar.gz")
        let files = try unpacked(written.path, in: office.place.folder)
        #expect(
            Set(files.keys).isSuperset(of: [
                "about.txt", "doctor.txt", "settings/config.toml", "settings/providers/bridge.toml", "log/worker.log",
                "jobs/failures.txt", "jobs/job-\(job.rawValue).log", "store.txt", "hashes.txt", "screen.txt",
                "manifest.json",
            ]))
        for (name, text) in files {
            let plain = (name + text).lowercased()
            for secret in Self.planted { #expect(!plain.contains(secret.lowercased()), "\(secret) stands in \(name)") }
            #expect(!plain.contains("afhh67"), "\(name)")
        }
        #expect(files["log/worker.log"]?.contains("job 4711") == true)
        #expect(files["store.txt"]?.contains("business  1") == true)
        var facts = stat()
        #expect(stat(written.path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    }

    @Test("The same GSTIN is one mask in every file, and an admin learns what it is")
    func consistent() async throws {
        let office = try await office()
        let job = try await fail(office)
        let bundle = try await office.admin.support.prepare(request(office, jobs: [job]))
        let log = try #require(bundle.files.first { $0.path == "log/worker.log" })
        let screen = try #require(bundle.files.first { $0.path == "screen.txt" })
        let jobLog = try #require(bundle.files.first { $0.path.hasPrefix("jobs/job-") })
        let gstins = log.masks.keys.filter { $0.hasPrefix("GSTIN-") }
        let mask = try #require(gstins.first)
        #expect(gstins.count == 1 && screen.masks[mask] == 1 && (jobLog.masks[mask] ?? 0) > 0)
        let written = try await office.admin.support.write(bundle, to: office.place.folder)
        #expect(written.path.hasSuffix("-\(bundle.id).tar.gz"))
        let found = try await office.admin.support.lookUp([mask.lowercased()])
        #expect(found.map(\.value) == ["09AAFHH6756K1ZQ"] && found.map(\.bundle) == [bundle.id])
        let secret = try #require(log.masks.keys.first { $0.hasPrefix("SECRET-") })
        #expect(try await office.admin.support.lookUp([secret]).map(\.value) == [nil])
        let folder = office.place.home.support
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            var facts = stat()
            #expect(stat("\(folder)/\(name)", &facts) == 0 && facts.st_mode & 0o777 == 0o600)
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            #expect(text.contains("09AAFHH6756K1ZQ") && !text.contains("Kadamba") && !text.contains("made-up portal"))
        }
    }

    @Test("Another bundle has other masks, and each is looked up on its own")
    func twoBundles() async throws {
        let office = try await office()
        var masks: [String] = []
        for number in 0..<2 {
            let bundle = try await office.admin.support.prepare(request(office))
            _ = try await office.admin.support.write(bundle, to: "\(office.place.folder)/\(number).tar.gz")
            masks +=
                bundle.files.first { $0.path == "log/worker.log" }?.masks.keys.filter { $0.hasPrefix("TAN-") } ?? []
        }
        #expect(Set(masks).count == 2)
        #expect(try await office.admin.support.lookUp(masks).map(\.value) == ["CALH38988H", "CALH38988H"])
        let none = await complaint { try await office.admin.support.lookUp(["GSTIN-000000"]) }
        #expect(none?.status == .badData)
    }

    @Test("Everybody may make one, only admins may look a mask up, and both stand in the audit trail")
    func permission() async throws {
        let office = try await office()
        try await office.add("sam", .support)
        try await office.add("olu", .operator_)
        for (number, name) in ["sam", "olu"].enumerated() {
            let workspace = try await office.enter(name)
            // Each process of a test begins with the same numbers.
            for _ in 0..<number { _ = workspace.surroundings.random.next() }
            let bundle = try await workspace.support.prepare(request(office))
            _ = try await workspace.support.write(bundle, to: "\(office.place.folder)/\(name).tar.gz")
            let mask = try #require(bundle.masked().first?.sample)
            let refusal = await complaint { try await workspace.support.lookUp([mask]) }
            #expect(refusal?.status == .notPermitted)
            _ = try await office.admin.support.lookUp([mask])
            let events = try await office.admin.store.read {
                try $0.auditEvents(AuditQuery(subject: "support/\(bundle.id)"))
            }
            #expect(events.map { "\($0.actor) \($0.action)" } == ["\(name) support.bundle", "asha support.lookup"])
            #expect(events.last?.detail.contains(mask) == true && events.last?.detail.contains("AAFHH") == false)
            workspace.close()
        }
        let denied = try await office.admin.store.read { try $0.auditEvents(AuditQuery(action: "denied")) }
        #expect(denied.map(\.actor) == ["sam", "olu"])
        // Trying masks out is seen as well; what is no mask may be anything.
        _ = await complaint { try await office.admin.support.lookUp(["GSTIN-00beef", "AAFHH6756K"]) }
        let tried = try await office.admin.store.read { try $0.auditEvents(AuditQuery(subject: "support")) }
        #expect(tried.last.map { "\($0.action) \($0.outcome)" } == "support.lookup failed")
        #expect(tried.last?.detail.contains("GSTIN-00beef") == true && tried.last?.detail.contains("AAFHH") == false)
    }

    @Test("A part that is left out is not written, and a file that stands is never replaced")
    func leftOut() async throws {
        let office = try await office()
        let bundle = try await office.admin.support.prepare(request(office))
        let path = try office.place.file("standing.tar.gz", "mine")
        let refusal = await complaint { try await office.admin.support.write(bundle, to: path) }
        #expect(refusal?.status == .badData && (try? String(contentsOfFile: path, encoding: .utf8)) == "mine")
        #expect((try? FileManager.default.contentsOfDirectory(atPath: office.place.home.support))?.isEmpty ?? true)
        let written = try await office.admin.support.write(
            bundle, without: [.logs, .screen], to: "\(office.place.folder)/less.tar.gz")
        let files = try unpacked(written.path, in: office.place.folder)
        #expect(!files.keys.contains { $0.hasPrefix("log/") || $0 == "screen.txt" })
        let manifest = try #require(files["manifest.json"])
        #expect(!manifest.contains("log/worker.log") && manifest.contains("\"bundle\" : \"\(bundle.id)\""))
        let nothing = await complaint {
            try await office.admin.support.write(
                bundle, without: Set(SupportPart.allCases), to: "\(office.place.folder)/none.tar.gz")
        }
        #expect(nothing?.status == .usage)
    }

    @Test("The manifest has the hash of each file, and no hash tells what was masked")
    func manifest() async throws {
        let office = try await office()
        let bundle = try await office.admin.support.prepare(request(office))
        let written = try await office.admin.support.write(bundle, to: "\(office.place.folder)/b.tar.gz")
        let files = try unpacked(written.path, in: office.place.folder)
        let manifest = try #require(files["manifest.json"])
        for (name, text) in files where name != "manifest.json" {
            let sum = WorkspaceHashes.sum(Data(text.utf8))
            #expect(manifest.contains("\"path\" : \"\(name)\"") && manifest.contains(sum), "\(name)")
        }
        let hashes = try #require(files["hashes.txt"])
        let config = try #require(FileManager.default.contents(atPath: office.place.home.configuration))
        #expect(!hashes.contains(WorkspaceHashes.sum(config)) && hashes.contains("keyed"))
        let program = try #require(FileManager.default.contents(atPath: "/bin/true"))
        #expect(hashes.contains(WorkspaceHashes.sum(program)))
    }

    @Test("Old lines and old files of logs stay behind, and a long one is cut at its beginning and said to be")
    func logs() async throws {
        let place = try Place()
        try place.home.create()
        let since = try #require(TimeText.instant(rfc3339: "2026-11-21T13:12:12Z"))
        try Self.log.write(toFile: place.home.workerLog, atomically: true, encoding: .utf8)
        let long = String(repeating: "2026-11-22T00:00:00Z info a line of a log\n", count: 60_000)
        try long.write(toFile: "\(place.home.logs)/sandbox.log", atomically: true, encoding: .utf8)
        let sources = SupportLogs(folder: place.home.logs, since: since).sources()
        let worker = try #require(sources.first { $0.path == "log/worker.log" })
        #expect(!worker.text.contains("13:12:11Z") && worker.text.hasPrefix("2026-11-21T13:12:12Z"))
        let cut = try #require(sources.first { $0.path == "log/sandbox.log" })
        #expect(cut.isCut && cut.text.utf8.count <= SupportLogs.mostBytes + 100 && cut.text.hasPrefix("… "))
        let later = SupportLogs(folder: place.home.logs, since: Instant(milliseconds: 32_503_680_000_000)).sources()
        #expect(later.isEmpty)
    }

    @Test(
        "Words of others are masked in job logs, on the screen and in comments, and stay where somebody wants them so")
    func verbatim() async throws {
        let office = try await office()
        let job = try await fail(office)
        let now = office.place.time.now
        try await office.admin.store.write { writer in
            try writer.appendLog(
                job,
                [
                    JobLogEntry(
                        sequence: 0, at: now, level: .error, step: "place", message: "orders: see Tungabhadra Mills",
                        detail: #"{"remark":"of Tungabhadra","pan":"AAFHH6756K"}"#)
                ])
        }
        let settings = "[mail]\n# ask Tungabhadra\nuser = \"harihar.login\"\n"
        try settings.write(toFile: office.place.home.configuration, atomically: true, encoding: .utf8)
        var asked = request(office, jobs: [job])
        asked.screen = SupportScreenText(title: "Notices", columns: 80, rows: ["│ Notice to Tungabhadra │ AAFHH6756K"])
        let usual = try await office.admin.support.prepare(asked)
        #expect(usual.masked().contains { $0.kind == .word })
        for file in usual.files { #expect(!file.text.contains("Tungabhadra"), "\(file.path): \(file.text)") }
        let log = try #require(usual.files.first { $0.path.hasPrefix("jobs/job-") })
        #expect(log.text.contains("orders: see WORD-") && log.text.contains("\"remark\":\"of WORD-"))
        asked.isVerbatim = true
        let full = try await office.admin.support.prepare(asked)
        let told = full.files.filter { $0.text.contains("Tungabhadra") }.map(\.part)
        #expect(Set(told) == [.jobs, .screen, .settings])
        for file in full.files { #expect(!file.text.contains("AAFHH6756K")) }
        let written = try await office.admin.support.write(full, to: "\(office.place.folder)/full.tar.gz")
        let files = try unpacked(written.path, in: office.place.folder)
        #expect(files["manifest.json"]?.contains("\"verbatim\" : true") == true)
    }

    @Test("Collecting tells how far it is, each per cent once, and ends where nobody waits for it any more")
    func ended() async throws {
        let office = try await office()
        let long = String(repeating: "2026-11-21T13:12:11Z info job 4711 of 09AAFHH6756K1ZQ done\n", count: 20_000)
        try long.write(toFile: office.place.home.workerLog, atomically: true, encoding: .utf8)
        let told = Mutex<[Int]>([])
        _ = try await office.admin.support.prepare(
            request(office), progress: { percent in told.withLock { $0.append(percent) } })
        let percents = told.withLock { $0 }
        #expect(percents.last == 100 && percents == Array(Set(percents)).sorted() && percents.count > 5)
        let (support, asked) = (office.admin.support, request(office))
        // It goes on when it was cancelled, and not before.
        let isCancelled = DispatchSemaphore(value: 0)
        let work = Task {
            await complaint { try await support.prepare(asked, progress: { if $0 == 0 { isCancelled.wait() } }) }
        }
        work.cancel()
        isCancelled.signal()
        #expect(await work.value?.status == .tryLater)
    }

    @Test("Of a very long job log the newest steps are packed, and it is said to be cut")
    func longJob() async throws {
        let office = try await office()
        let job = try await fail(office)
        let now = office.place.time.now
        try await office.admin.store.write { writer in
            try writer.appendLog(
                job,
                (0..<2_100).map {
                    JobLogEntry(
                        sequence: 0, at: now, level: .info, step: "read", message: "page \($0) read", detail: "")
                })
        }
        let bundle = try await office.admin.support.prepare(request(office, jobs: [job]))
        let log = try #require(bundle.files.first { $0.path.hasPrefix("jobs/job-") })
        #expect(log.isCut && log.text.contains("page 2099 read") && !log.text.contains("page 3 read"))
    }

    @Test("A job that is not there, too many days: said before anything is collected")
    func wrong() async throws {
        let office = try await office()
        let unknown = await complaint { try await office.admin.support.prepare(request(office, jobs: [JobId(4_711)])) }
        #expect(unknown?.status == .badData)
        var far = request(office)
        far.days = 91
        let asked = far
        #expect(await complaint { try await office.admin.support.prepare(asked) }?.status == .usage)
    }
}
