import Domain
import Foundation
import GRDB
import Services

/// A fetch of thousands of accounts whose worker is killed at random moments; then what is stored is compared with what
/// the simulated portals served.
enum KillRun {
    static func measure(accounts: Int, kills: Int, seed: UInt64, keeps folder: String?) async throws {
        let place =
            folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("kills-\(UUID().uuidString)").path
        defer { if folder == nil { try? FileManager.default.removeItem(atPath: place) } }
        let programs = try Programs()
        let house = try await FetchHouse.open(place, accounts: accounts, isStruck: true, programs)
        defer { house.close() }
        try await house.connect(programs)
        let ids = try await house.workspace.sync.triggerAll(nil, by: .command).ids
        let (struck, done) = try await strike(house, programs, kills: kills, seed: seed)
        try await finish(house, programs)
        let result = try await FetchResult(house, ids)
        let coverage = try await house.workspace.sync.coverage(CoverageQuery(perPage: nil)).rows
        let stored = try StoredRecords(house.home)
        let damage = try await house.workspace.trail.verify().damage
        house.close()
        let match = try TrailMatch(accessFile: house.accessFile, home: house.home, damage: damage)
        let served = try ServedRecords(file: house.accessFile)
        // Businesses have identities without a login, too: nobody asks for those.
        let wanted = Set(house.gst + house.incomeTax)
        let differing = coverage.count { place in
            guard wanted.contains(place.identity), place.outcome != .skipped else { return false }
            return !place.outcome.isAnswer || served.count(of: place) != place.count
        }
        let isWhole = result.isWhole && struck == kills && differing == 0 && stored.isWhole && match.isWhole
        Report.say(
            Finding(
                name: "worker killed during a fetch of \(accounts) accounts", figure: "\(struck) kills",
                budget: "\(kills) kills, nothing lost, nothing twice", isMet: isWhole,
                detail: "seed \(seed), \(done) jobs done before the last kill; \(result.text); "
                    + "\(differing) places differ from what was served; \(stored.text); \(match.text)"))
    }

    private static func strike(
        _ house: FetchHouse, _ programs: Programs, kills: Int, seed: UInt64
    ) async throws -> (struck: Int, done: Int) {
        var random = BenchRandom(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        var (struck, done) = (0, 0)
        while struck < kills {
            let worker = try house.startWorker(programs)
            try await Task.sleep(for: .milliseconds(60 + Int64(random.next() % 700)))
            guard worker.isRunning else { break }
            worker.strike()
            struck += 1
            done = try await house.workspace.sync.summary().jobs[.done] ?? 0
        }
        return (struck, done - house.gst.count)
    }

    /// Lets workers that nobody kills do the rest; a killed one's leases run out first.
    private static func finish(_ house: FetchHouse, _ programs: Programs) async throws {
        for _ in 0..<20 {
            _ = try house.startWorker(programs).wait()
            let jobs = try await house.workspace.sync.summary().jobs
            if JobStatus.allCases.allSatisfy({ $0.isFinished || jobs[$0, default: 0] == 0 }) { return }
        }
    }
}

/// What the simulated portals served last of each place.
private struct ServedRecords {
    private struct Line: Decodable {
        var identity: String?
        var served: [String: Int]?
    }

    private var counts: [String: [String: Int]] = [:]

    init(file: String) throws {
        let decoder = JSONDecoder()
        for text in try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: 10) {
            let line = try decoder.decode(Line.self, from: text)
            if let identity = line.identity, let served = line.served {
                counts[identity, default: [:]].merge(served) { $1 }
            }
        }
    }

    func count(of entry: CoverageEntry) -> Int? { counts[entry.identity.text]?[entry.place.rawValue] }
}

/// What lies in the workspace, counted by its own tables.
private struct StoredRecords {
    let notices: Int
    let twins: Int
    /// Of the documents; nil for those that are listed and not stored.
    let hashes: [String?]
    let files: Int
    let missing: Int

    init(_ home: Home) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let database = try DatabaseQueue(path: home.database, configuration: configuration)
        (notices, twins, hashes) = try database.read { db in
            let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM notice") ?? 0
            let different = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM (SELECT DISTINCT account_id, external_key FROM notice)")
            let hashes = try String?.fetchAll(db, sql: "SELECT DISTINCT sha256 FROM notice_document")
            return (all, all - (different ?? 0), hashes)
        }
        missing = hashes.count { hash in
            guard let hash else { return true }
            return !FileManager.default.fileExists(atPath: "\(home.documents)/\(hash.prefix(2))/\(hash)")
        }
        let names = FileManager.default.enumerator(atPath: home.documents)?.allObjects.compactMap { $0 as? String }
        files = names?.count { $0.contains("/") } ?? 0
    }

    var isWhole: Bool { twins == 0 && missing == 0 }
    var text: String {
        "\(notices) notices, \(twins) twice; \(hashes.count) documents, \(missing) missing, \(files) files"
    }
}
