import ArgumentParser
import Domain
import Services

struct FetchCommand: Performable {
    static let configuration = CommandConfiguration(commandName: "fetch", abstract: "Fetch notices in the background.")
    @Flag(name: .long, help: "Every configured account of every portal.") var all = false
    @Option(name: .long, help: "gst, income_tax or traces.") var portal: Portal?
    @Option(name: .long, help: "One identity of that portal.") var identity: String?
    @Flag(name: .long, help: "Wait for the outcome.") var wait = false
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    func validate() throws {
        guard all != (portal != nil) else {
            throw ValidationError("Give --all, or --portal P with or without --identity ID.")
        }
        if identity != nil, portal == nil { throw ValidationError("--identity needs --portal.") }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings, opensVault: true)
        let result = try await trigger(workspace)
        if let refused = result.refused.first, result.ids.isEmpty {
            throw Complaint("\(refused.identity) was not fetched", why: refused.reason, status: .badData)
        }
        if result.withoutAuthority > 0 {
            let count = Counted.text(result.withoutAuthority, "login")
            Messages.line("\(count) left out: no written authority is recorded; see `portaldesk account authority`.")
        }
        guard !result.ids.isEmpty else {
            throw Complaint("nothing to fetch", why: "no login is configured", status: .badData)
        }
        let stood = result.existingText
        let queued = "Triggered Successfully: \(result.created.count) queued\(stood.isEmpty ? "" : ", " + stood)."
        Messages.line(result.created.isEmpty ? "Nothing new to trigger: \(stood)." : queued)
        guard wait else {
            try Rows(json: output.json).print(result.ids.map { Triggered(id: $0.rawValue) }, header: ["JOB"]) {
                [String($0.id)]
            }
            return .done
        }
        Interruption.say(
            "\(Counted.text(result.ids.count, "job")) queued, which go on in the background; "
                + "`portaldesk job list` shows how they do.")
        let jobs = try await workspace.sync.wait(for: result.ids) { jobs in
            Messages.progress("fetching", jobs.count { $0.status.isFinished }, of: jobs.count)
        }
        let offset = workspace.utcOffset(at: workspace.now)
        try Rows(json: output.json).print(jobs.map { JobLine(job: $0) }, header: JobRow.header) {
            JobRow.cells($0.job, sr: nil, offset: offset)
        }
        if let bad = jobs.first(where: { $0.status == .failed || $0.status == .cancelled }) {
            throw Verification.complaint(bad)
        }
        if let waiting = jobs.first(where: { $0.status != .done }) { throw Verification.complaint(waiting) }
        return .done
    }

    private func trigger(_ workspace: Workspace) async throws(Complaint) -> SyncService.Triggered {
        guard let portal, let identity else { return try await workspace.sync.triggerAll(portal, by: .command) }
        return try await workspace.sync.trigger(.fetch, [try Identity.read(portal, identity)], by: .command)
    }

    private struct Triggered: Encodable { let id: Int64 }
}

/// A job that prints as its row.
struct JobLine: Encodable {
    let job: Job
    var sr: Int?
    func encode(to encoder: any Encoder) throws { try JobRow(job, sr: sr).encode(to: encoder) }
}
