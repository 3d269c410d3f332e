import Domain
import Foundation
import Services
import Transport

/// Thousands of accounts fetched by the worker from the simulated portals, beside the bare HTTP client that sends and
/// gets the same bytes; the desk meanwhile answers keys.
enum FetchBudget {
    static func measure(accounts: Int, keeps folder: String?) async throws {
        let place =
            folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("fetch-\(UUID().uuidString)").path
        defer { if folder == nil { try? FileManager.default.removeItem(atPath: place) } }
        let programs = try Programs()
        let house = try await FetchHouse.open(place, accounts: accounts, programs)
        defer { house.close() }
        try await house.connect(programs)
        Report.note("\(accounts) accounts stand, sessions are open; load \(Report.load)")
        let before = try await calls(house)
        // Opened before there is work: it would start a worker of its own.
        let desk = try programs.startDesk(house.home.path)
        _ = try desk.firstPaint()
        let ids = try await house.workspace.sync.triggerAll(nil, by: .command).ids
        let start = ContinuousClock.now
        let worker = try house.startWorker(programs)
        let keys = press(desk, while: worker)
        let status = worker.wait()
        let milliseconds = (ContinuousClock.now - start).inMilliseconds
        desk.end()
        let result = try await FetchResult(house, ids)
        let disk = try DurableAppends(folder: house.home.run)
        let appends = 300_000 / disk.run(300)
        house.close()
        guard status == 0 else { throw BenchProblem.workerFailed(status) }
        let traffic = try Traffic(file: house.accessFile, from: before)
        let bare = try bare(house, traffic, programs, fillsHeads: true)
        let lean = try self.bare(house, traffic, programs, fillsHeads: false)
        report(accounts, traffic, milliseconds, (bare, lean), result, appends)
        report(keys)
    }

    private static func calls(_ house: FetchHouse) async throws -> Int {
        let answer = try await HTTPClient().send(
            HTTPRequest(
                .get, url: "http://127.0.0.1:\(house.port)/sandbox/calls", deadline: .now + .seconds(30)))
        let counts = try JSONDecoder().decode([String: Int].self, from: Data(answer.body))
        return counts.values.reduce(0, +)
    }

    /// Presses keys like somebody who works on, until the worker has done all.
    private static func press(_ desk: TerminalSession, while worker: NicedProgram) -> Samples {
        let keys = ["j", "k", "]", "[", "}", "{", "s", "S"]
        var times = Samples()
        var number = 0
        while worker.isRunning {
            let answer = desk.typeUntilFrame(keys[number % keys.count])
            if answer.firstFrame > 0 { times.add(answer.firstFrame) }
            number += 1
            desk.drain(milliseconds: 70)
        }
        return times
    }

    private static func bare(
        _ house: FetchHouse, _ traffic: Traffic, _ programs: Programs, fillsHeads: Bool
    ) throws -> Double {
        let server = try NicedProgram(
            [programs.own, "--serve-bare", house.accessFile], log: "\(house.folder)/bare.log")
        defer { server.stop() }
        let wish = BareClient.Wish(
            file: house.accessFile, first: traffic.first, port: try server.number("port"), fillsHeads: fillsHeads)
        let client = try NicedProgram([programs.own] + wish.arguments, log: "\(house.folder)/bare.log")
        defer { client.stop() }
        return Double(try client.number("milliseconds"))
    }

    private static func report(
        _ accounts: Int, _ traffic: Traffic, _ milliseconds: Double, _ bare: (same: Double, lean: Double),
        _ result: FetchResult, _ appends: Double
    ) {
        let count = Double(traffic.exchanges.count)
        let (rate, bareRate) = (count * 1_000 / milliseconds, count * 1_000 / bare.same)
        let (asked, answered) = traffic.fields
        Report.say(
            Finding(
                name: "fetch of \(accounts) accounts", figure: "\(Int(rate)) requests/s",
                baseline: "\(Int(bareRate)) requests/s by the bare client from a bare server, heads and bodies as long",
                ratio: rate / bareRate,
                budget: "half", isMet: rate * 2 >= bareRate && result.isWhole,
                detail: "\(Int(count)) requests, \(traffic.megabytes.text(1)) MB, "
                    + "\(asked.text(1)) header fields asked, \(answered.text(1)) answered; "
                    + "\((milliseconds / 1_000).text(1)) s against \((bare.same / 1_000).text(1)) s; "
                    + "with bodies alone and \(BareClient.ownFields) fields the bare client does "
                    + "\(Int(count * 1_000 / bare.lean))/s, ratio \((bare.lean / milliseconds).text(2)); \(result.text); "
                    + "\(Int(appends)) durable appends/s"))
    }

    private static func report(_ keys: Samples) {
        Report.say(
            Finding(
                name: "key to the last byte of its repaint during that fetch",
                figure: "p99 \(keys.percentile(99).text()) ms", baseline: "p50 \(keys.median.text()) ms",
                budget: "p99 16 ms", isMet: keys.percentile(99) <= 16,
                detail: "\(keys.count) keys, worst \(keys.most.text()) ms"))
    }
}

/// What the workspace holds after the run.
struct FetchResult {
    let done: Int
    let jobs: Int
    let notices: Int
    let documents: Int
    let places: Int

    init(_ house: FetchHouse, _ ids: [JobId]) async throws {
        let wanted = Set(ids)
        var done = 0
        for page in 1... {
            let asked = ActivityQuery(page: page, perPage: 1_000)
            let answer = try await house.workspace.sync.activity(asked)
            // A page past the end gives the last one again.
            guard answer.page == page else { break }
            done += answer.rows.count { wanted.contains($0.id) && $0.status == .done }
        }
        self.done = done
        jobs = ids.count
        let coverage = try await house.workspace.sync.coverage(CoverageQuery(perPage: nil)).rows
        places = coverage.count { $0.outcome == .read || $0.outcome == .empty }
        notices = coverage.reduce(0) { $0 + $1.count }
        let files = FileManager.default.enumerator(atPath: house.home.documents)
        documents = files?.allObjects.count { ($0 as? String)?.contains("/") == true } ?? 0
    }

    var isWhole: Bool { done == jobs }
    var text: String {
        "\(done) of \(jobs) jobs done, \(places) places read, \(notices) records, \(documents) documents"
    }
}
