import ArgumentParser
import Domain
import Secrets
import Services

struct GspCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gsp", abstract: "API sessions at GSTN through a GSP.",
        discussion: """
            The taxpayer must have switched API access on: \(GspService.accessPath). Then GSTN sends an OTP to the \
            authorised signatory, which opens a session that is refreshed by itself until the access ends.
            """,
        subcommands: [Connect.self, Status.self])

    struct Connect: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Open an API session for a GSTIN: asks GSTN for an OTP to the taxpayer, then for that OTP.")
        @Option(name: .long, help: "The GSTIN.") var gstin: String
        @Option(name: .long, help: "File with the OTP, - for standard input, read after it was sent; else a prompt.")
        var otpFile: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try Identity.read(.gst, gstin)
            let workspace = try await place.enter(surroundings, opensVault: true)
            var job = try await workspace.gsp.connect(identity)
            while job.status == .needsInput {
                let connection = try await workspace.gsp.connection(of: identity)
                let until = connection.otpEnd.map { "until \(TimeText.full($0, offset: workspace.utcOffset(at: $0)))" }
                Messages.line("\(job.message). It is good \(until ?? "for about 10 minutes").")
                if let hint = connection.hint { Messages.line(hint) }
                guard otpFile != nil || SecretInput.canAsk else {
                    throw Complaint(
                        "an OTP is needed", why: "job \(job.id) waits for it",
                        remedy: "Give it with `portaldesk job answer \(job.id)`", status: .tryLater)
                }
                let otp = try SecretInput.read(file: otpFile, "an OTP", option: "--otp-file", prompt: "OTP: ")
                job = try await workspace.gsp.answer(
                    job.id, otp: otp.withBytes { String(decoding: $0, as: UTF8.self) })
                // A file holds one OTP.
                if otpFile != nil, job.status == .needsInput { throw Verification.complaint(job) }
            }
            guard job.status == .done else { throw refusal(job) }
            let standing = try await workspace.gsp.standings().filter { $0.identity == identity }
            try GspLine.print(standing, workspace, output)
            return .done
        }

        private func refusal(_ job: Job) -> Complaint {
            var complaint = Verification.complaint(job)
            if job.cause == .noApiAccess { complaint.remedy = GspService.accessPath + ". Then try again" }
            return complaint
        }
    }

    struct Status: Performable {
        static let configuration = CommandConfiguration(
            abstract: "The session of every GSTIN that a GSP serves.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let all = try await workspace.gsp.allStandings()
            try GspLine.print(all.filter(\.isServed), workspace, output)
            if let others = Self.others(all.filter { !$0.isServed }) { Messages.line(others) }
            return .done
        }

        /// Who serves the GSTINs that have no API session; nil when all of them are a GSP's.
        private static func others(_ standings: [GspService.Standing]) -> String? {
            guard !standings.isEmpty else { return nil }
            let counts = Dictionary(grouping: standings, by: \.provider).sorted { $0.key < $1.key }
            let list = counts.map { "\($0.key.isEmpty ? "nobody" : $0.key) \($0.value.count)" }
            return
                "\(Counted.text(standings.count, "GSTIN")) without a GSP, served by: \(list.joined(separator: ", ")). "
                + "`portaldesk account provider` lets a GSP serve one."
        }
    }
}

private enum GspLine {
    private struct Row: Encodable {
        let gstin, business, provider, state, api_access: String
        @OrNull var until: String?
        @OrNull var changed_at: String?
        let message: String
    }

    static func print(
        _ standings: [GspService.Standing], _ workspace: Workspace, _ output: JsonFlag
    ) throws(Complaint) {
        let rows = standings.map { standing in
            Row(
                gstin: standing.identity.text, business: standing.business, provider: standing.provider,
                state: standing.state.rawValue, api_access: standing.access.rawValue,
                until: standing.until.map(TimeText.rfc3339),
                changed_at: standing.changedAt.map(TimeText.rfc3339), message: standing.message)
        }
        let known = Dictionary(standings.map { ($0.identity.text, $0) }, uniquingKeysWith: { first, _ in first })
        try Rows(json: output.json).print(
            rows, header: ["GSTIN", "STATE", "API ACCESS", "UNTIL", "LAST CHANGE", "PROVIDER", "BUSINESS", "MESSAGE"]
        ) { row in
            let standing = known[row.gstin]
            return [
                row.gstin, standing?.state.title ?? "", standing?.access.title ?? "", workspace.shown(standing?.until),
                workspace.shown(standing?.changedAt), row.provider, row.business, row.message,
            ]
        }
    }
}
