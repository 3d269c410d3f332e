import Foundation
import Glibc
import Testing

extension Whole {
    @Suite("The worker")
    struct WorkerTests {
        @Test("With --until-idle it does what is queued and ends by itself")
        func untilIdle() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let identity = try sandbox.identity("gst", "success")
                _ = try await place.run("fetch", "--portal", "gst", "--identity", identity, "--wait")
                // The worker of that fetch stands still, so the next job stays in the queue; then it is gone.
                let first = try #require(place.worker)
                try await place.halt(first)
                let job = try await place.queueFetch(identity)
                #expect(try await place.job(job)["status"] == .text("queued"))
                kill(first, SIGKILL)
                await offPool { Workplace.awaitEnd(of: first) }
                for _ in 1...2 {
                    let worker = try await place.run("worker", "--until-idle")
                    #expect(worker.status == 0, "\(worker.errors)")
                    #expect(try await place.job(job)["status"] == .text("done"))
                }
            }
        }

        @Test("A second worker is told 75; a stopped one keeps its job, and goes on with it")
        func stopped() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place, faults: ["latency:100"])
                let identity = try sandbox.identity("gst", "success")
                let commits = try Commits(place.home)
                let job = try await place.queueFetch(identity)
                try await commits.wait(for: "the job to run") {
                    try await place.job(job)["status"] == .text("running")
                }
                let worker = try #require(place.worker)
                try await place.halt(worker)
                defer { kill(worker, SIGCONT) }
                try await place.run("worker").expectComplaint(75, "runs for this workspace already")
                #expect(try await place.job(job)["status"] == .text("running"))
                kill(worker, SIGCONT)
                try await commits.wait(for: "the job to be done") {
                    try await place.job(job)["status"] == .text("done")
                }
                let ledger = try await place.run("sandbox", "ledger", "--json").rows()
                #expect(ledger.count == 1)
            }
        }

        @Test("SIGTERM ends it in order: what it had begun is given back without an attempt counted")
        func terminated() async throws {
            try await Workplace.withDemo { place in
                let plain = try await SandboxProcess.start(place)
                let identity = try plain.identity("gst", "success")
                _ = try await plain.stop()
                _ = try await SandboxProcess.start(place, faults: ["never_ends:\(identity)"])
                let commits = try Commits(place.home)
                let job = try await place.queueFetch(identity)
                try await commits.wait(for: "the job to run") {
                    try await place.job(job)["status"] == .text("running")
                }
                let worker = try #require(place.worker)
                // A second signal does not wait out the time that running work is given.
                kill(worker, SIGTERM)
                kill(worker, SIGINT)
                await offPool { Workplace.awaitEnd(of: worker, limit: 40_000) }
                let row = try await place.job(job)
                #expect(row["status"] == .text("queued") || row["status"] == .text("retrying"), "\(row)")
                #expect(try await place.run("doctor").status == 0)
            }
        }

        @Test("A job that kills its worker three times is set aside, shown, and its log tells")
        func poison() async throws {
            try await Workplace.withDemo { place in
                let plain = try await SandboxProcess.start(place)
                let identity = try plain.identity("gst", "success")
                _ = try await plain.stop()
                _ = try await SandboxProcess.start(place, faults: ["never_ends:\(identity)"])
                let commits = try Commits(place.home)
                let job = try await place.queueFetch(identity)
                for _ in 1...3 {
                    try await commits.wait(for: "a worker to run the job") {
                        guard try await place.job(job)["status"] == .text("running") else { return false }
                        return place.worker != nil
                    }
                    let worker = try #require(place.worker)
                    kill(worker, SIGKILL)
                    await offPool { Workplace.awaitEnd(of: worker) }
                    // Whatever wants work done next starts a worker; here that is the command that a service manager gives.
                    _ = try place.start("worker")
                    try await commits.wait(for: "the next worker to take over") {
                        if let next = place.worker, next != worker {
                            let log = try await place.run("job", "log", "\(job)")
                            let status = try await place.job(job)["status"]
                            return status == .text("failed")
                                || log.output.components(separatedBy: "the worker ended").count > 1
                        }
                        return false
                    }
                }
                try await commits.wait(for: "the job to be set aside") {
                    try await place.job(job)["status"] == .text("failed")
                }
                #expect(try await place.job(job)["cause"] == .text("crashed"))
                let log = try await place.run("job", "log", "\(job)")
                #expect(log.output.contains("3 times") && log.output.contains("set aside"), "\(log.output)")
                let listed = try await place.run("job", "list", "--status", "failed", "--json", "--per-page", "1")
                    .rows()
                #expect(listed.first?["id"] == .number(Double(job)))
                let ledger = try await place.run("sandbox", "ledger", "--json").rows()
                #expect(ledger.count == 1, "one bridge job for the one attempt")
            }
        }
    }
}
