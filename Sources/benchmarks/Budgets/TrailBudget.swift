import Domain
import Foundation
import Secrets
import Services
import Store

/// What a whole verification of the audit trail takes, beside `openssl` over the same bytes, and the check at a start.
enum TrailBudget {
    /// Bytes of a record.
    private static let recordSize = 1_024
    /// A checkpoint is signed after so many, as the settings have it.
    private static let between = 256

    static func measure(records: Int, keeps folder: String?) async throws {
        let place =
            folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("trail-\(UUID().uuidString)").path
        defer { if folder == nil { try? FileManager.default.removeItem(atPath: place) } }
        let workspace = try await workspace(place + "/home")
        defer { workspace.close() }
        let file = place + "/bytes"
        try await fill(workspace, records, file)
        // Records that no checkpoint covers yet: as many as there are at the most.
        let openssl = try best(3) { try Self.openssl(file) }
        let one = try await best(3) { try await verify(workspace, workers: 1) }
        let two = try await best(3) { try await verify(workspace, workers: 2) }
        try say("audit trail of \(records) records verified, one core", one, openssl, limit: 3)
        try say("audit trail of \(records) records verified, two cores", two, openssl, limit: 1.5)
        let start = try await best(5) { () async throws in
            let began = ContinuousClock.now
            guard await workspace.trailStanding() == .sound else { throw BenchProblem.workerFailed(65) }
            return seconds(since: began)
        }
        Report.say(
            Finding(
                name: "audit trail checked at a start", figure: "\(milliseconds(start)) ms", budget: "50 ms",
                isMet: start < 0.05, detail: "\(between - 1) records since the last checkpoint"))
    }

    private static func say(_ name: String, _ time: Double, _ openssl: Double, limit: Double) throws {
        let ratio = time / openssl
        Report.say(
            Finding(
                name: name, figure: String(format: "%.2f x openssl", ratio), budget: String(format: "%.1f x", limit),
                isMet: ratio <= limit,
                detail: "\(milliseconds(time)) ms against \(milliseconds(openssl)) ms; canonical check, chain, tree,"
                    + " columns, every checkpoint and its signature included"))
    }

    private static func seconds(since began: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - began) / .seconds(1)
    }

    private static func milliseconds(_ seconds: Double) -> String { String(format: "%.1f", seconds * 1_000) }

    private static func best(_ turns: Int, _ body: () async throws -> Double) async rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<turns { best = min(best, try await body()) }
        return best
    }

    private static func best(_ turns: Int, _ body: () throws -> Double) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<turns { best = min(best, try body()) }
        return best
    }

    private static func verify(_ workspace: Workspace, workers: Int) async throws -> Double {
        let began = ContinuousClock.now
        let report = try await workspace.trail.verify(workers: workers)
        guard report.damage == nil else { throw BenchProblem.workerFailed(1) }
        return seconds(since: began)
    }

    private static func openssl(_ file: String) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = ["dgst", "-sha256", file]
        process.standardOutput = FileHandle.nullDevice
        let began = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchProblem.workerFailed(process.terminationStatus) }
        return seconds(since: began)
    }

    private static func fill(_ workspace: Workspace, _ records: Int, _ file: String) async throws {
        let store = try DeskStore(
            file: workspace.home.database, lockFile: workspace.home.storeLock, wakeFile: workspace.home.wake,
            access: .readWrite, clock: { Instant(seconds: 1_795_000_000) })
        defer { store.close() }
        var made = 0
        while made < records {
            let group = made..<min(made + between, records)
            try await store.write { writer in
                for number in group { try writer.recordEvent(event(number)) }
            }
            made = group.upperBound
            if made < records { _ = try await workspace.trail.sign() }
        }
        guard FileManager.default.createFile(atPath: file, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        let size = try await store.read { try $0.auditHead()?.size ?? 0 }
        for start in stride(from: Int64(0), to: size, by: 10_000) {
            let rows = try await store.read { try $0.auditBytes(start..<min(start + 10_000, size)) }
            for bytes in rows { try handle.write(contentsOf: bytes) }
        }
        try handle.close()
    }

    /// A call as the trail has them, brought to 1 KiB.
    private static func event(_ number: Int) -> AuditEvent {
        var event = AuditEvent(
            at: Instant(milliseconds: 1_795_000_000_000 + Int64(number)), actor: "worker", action: "call.reading",
            subject: "gst/27AAAPZ1000A1Z5", outcome: "answered", correlation: "job/\(number / 7)")
        let hash = String(repeating: "0123456789abcdef", count: 4)
        event.call = AuditCall(
            method: "GET", host: "portal.example", route: "/v1/notices?page=\(number)", requestHash: hash,
            requestLength: 512, requestHeaders: ["accept": "application/json", "authorization": "redacted"],
            answer: .init(status: 200, hash: hash, length: 4_096, headers: ["x-trace-id": "t\(number)"]))
        event.call?.number = Int64(number + 1)
        event.microseconds = 12_345
        // The rest of the record takes 593 bytes, and the number stands in it five times.
        event.detail = String(repeating: "x", count: max(0, recordSize - 593 - String(number).count * 5))
        return event
    }

    private static func workspace(_ path: String) async throws -> Workspace {
        let admin = SetupService.Admin(
            name: "bench", email: "bench@portaldesk.example", password: SecretBytes(utf8: "bench"))
        return try await SetupService(
            home: Home(path: path), surroundings: Surroundings.live(version: "bench"), isDemo: true
        ).create(admin, providers: [], settings: Settings.template).workspace
    }
}
