import Foundation
import Glibc
import Testing

extension Whole {
    /// Desk, commands and worker at once on one workspace, worker and commands killed at random moments.
    ///
    /// A dozen kills by default; PORTALDESK_KILLS=100 does the whole, PORTALDESK_KILL_SEED another course (docs/testing.md).
    @Suite("Killed with -9 at any moment")
    struct KillTests {
        private static let kills = ProcessInfo.processInfo.environment["PORTALDESK_KILLS"].flatMap { Int($0) } ?? 12
        private static let seed =
            ProcessInfo.processInfo.environment["PORTALDESK_KILL_SEED"].flatMap { UInt64($0) } ?? 2_026

        @Test("No job is lost, none is done twice, and the database stays whole")
        func kill() async throws {
            try await Workplace.withDemo { place in
                let settings = "[worker]\nquarantine_after = 1000000\n"
                try Data(settings.utf8).write(to: URL(fileURLWithPath: place.home + "/config.toml"))
                // A little delay in each answer opens the gaps into which a kill may fall.
                let sandbox = try await SandboxProcess.start(place, faults: ["latency:15"])
                let identities = try sandbox.accounts("gst", "success").compactMap { $0["identity"].text }
                let command = "exec \(place.program) --home \(place.home)"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    let course = try await KillCourse(place, identities: identities, seed: Self.seed).run(
                        kills: Self.kills)
                    print(
                        "killed \(course.workersKilled) workers and \(course.commandsKilled) commands, seed \(Self.seed)"
                    )
                    try await Self.finish(place)
                    try await Self.judge(place, course)
                    let total = 4_884 + (try await Self.newJobs(place)).count
                    let shown = "\(total / 1_000),\(String(format: "%03d", total % 1_000))"
                    try await terminal.wait("Total \(shown) items")
                }
            }
        }

        /// Lets a worker that nobody kills do what is left.
        private static func finish(_ place: Workplace) async throws {
            let commits = try Commits(place.home)
            let worker = try place.start("worker", "--until-idle")
            try await commits.wait(for: "everything to be done", limit: 120) {
                try await newJobs(place).allSatisfy { ["done", "failed"].contains($0["status"].text ?? "") }
            }
            // 75: the one that a command had started did the work.
            #expect([0, 75].contains(try await worker.wait()))
        }

        private static func newJobs(_ place: Workplace) async throws -> [Row] {
            try await place.run("job", "list", "--json", "--per-page", "1000").rows().filter {
                $0["trigger"] == .text("command")
            }
        }

        private static func judge(_ place: Workplace, _ course: KillCourse.Report) async throws {
            let jobs = try await newJobs(place)
            let ids = Set(jobs.compactMap { $0["id"].integer })
            #expect(course.acknowledged.subtracting(ids).isEmpty, "lost jobs")
            for job in jobs { #expect(job["status"] == .text("done"), "\(job.values)") }
            let rows = try await place.run("sandbox", "ledger", "--json").rows()
            #expect(Set(rows.map { $0["key"] }).count == rows.count, "one key, two bridge jobs")
            #expect(Set(rows.map { $0["reference"] }).count == rows.count)
            #expect(
                rows.count == jobs.reduce(0) { $0 + ($1["attempt"].integer ?? 0) }, "bridge jobs and attempts differ")
            let names = try await place.run("business", "list", "--json", "--text", "Killed Round").rows().compactMap {
                $0["name"].text
            }
            #expect(
                Set(names).count == names.count && course.businesses.isSubset(of: Set(names)),
                "lost or doubled businesses")
            // The demo was copied from where it was signed: the file outside begins with the next checkpoint.
            try await place.run("audit", "sign").expectStatus(0)
            let verified = try await place.run("audit", "verify")
            #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
            let doctor = try await place.run("doctor", "--json")
            #expect(doctor.status == 0, "\(doctor.output)")
            #expect(try doctor.rows().contains { $0["subject"] == .text("database") && $0["grade"] == .text("ok") })
        }
    }
}
