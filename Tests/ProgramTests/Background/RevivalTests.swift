import Foundation
import Glibc
import Testing

extension Whole {
    @Suite("A worker that dies while a desk is open")
    struct RevivalTests {
        @Test("The desk starts another one, and what was queued is done without anybody asking")
        func revived() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place, faults: ["latency:50"])
                let identities = try sandbox.accounts("gst", "success").compactMap { $0["identity"].text }
                let command = "exec \(place.program) --home \(place.home)"
                try await Tmux.with(place, columns: 120, rows: 40, command) { terminal in
                    try await terminal.wait("Total 4,884 items")
                    let commits = try Commits(place.home)
                    var jobs = [try await place.queueFetch(try #require(identities.first))]
                    try await commits.wait(for: "a worker") { place.worker != nil }
                    let worker = try #require(place.worker)
                    // It stands still while more is queued, and is gone before it could do any of it.
                    try await place.halt(worker)
                    for identity in identities.dropFirst().prefix(3) {
                        jobs.append(try await place.queueFetch(identity))
                    }
                    kill(worker, SIGKILL)
                    await offPool { Workplace.awaitEnd(of: worker) }
                    let all = jobs
                    try await commits.wait(for: "every job to be done", limit: 60) {
                        for job in all {
                            guard try await place.job(job)["status"] == .text("done") else { return false }
                        }
                        return true
                    }
                    #expect(place.worker != worker)
                    try await terminal.wait(for: "no complaint") { !$0.contains("no worker") }
                }
            }
        }

        @Test("Without a desk doctor warns that what is due is done by nobody")
        func warned() async throws {
            try await Workplace.withDemo { place in
                let sandbox = try await SandboxProcess.start(place)
                let identity = try sandbox.identity("gst", "success")
                _ = try await place.run("fetch", "--portal", "gst", "--identity", identity, "--wait")
                let worker = try #require(place.worker)
                try await place.halt(worker)
                _ = try await place.queueFetch(identity)
                kill(worker, SIGKILL)
                await offPool { Workplace.awaitEnd(of: worker) }
                let rows = try await place.run("doctor", "--json").rows()
                let finding = try #require(rows.first { $0["subject"] == .text("worker") })
                #expect(finding["grade"] == .text("warning"))
                #expect(finding["message"].text?.contains("portaldesk worker") == true, "\(finding)")
            }
        }
    }
}
