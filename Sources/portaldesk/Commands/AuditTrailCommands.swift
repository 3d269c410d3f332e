import ArgumentParser
import Domain
import Services

struct AuditVerify: Performable {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every record, the chain, the tree and all checkpoints; name the first that does not hold.",
        discussion: """
            Exits 0 when everything holds, 1 when something was changed, 74 when nothing is wrong but a place outside did \
            not say what it should, 74 or 75 when the trail could not be read. Checkpoints that this machine keeps outside \
            of the workspace are always held against the trail; --checkpoint adds those that somebody kept elsewhere. \
            Needs no login. What is found wrong keeps calls from being made until an admin ends it (`audit resume`), or \
            a whole verification finds all well.
            """)
    @Option(name: .long, help: "A file with checkpoints that were kept elsewhere, as from a mail.") var checkpoint:
        String?
    @Flag(name: .customLong("since-checkpoint"), help: "Only what was recorded since the newest checkpoint.")
    var isShort = false
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try opened(surroundings)
        let report = try await workspace.trail.verify(
            handed: checkpoint, isShort: isShort
        ) { done, total in
            Messages.progress("verifying", Int(done), of: Int(total))
        }
        if output.json {
            try Rows(json: true).printObject(VerifyRow(report))
        } else {
            let lines = AuditWords.lines(report) { TimeText.full($0, offset: workspace.utcOffset(at: $0)) }
            try Rows.text(lines.joined(separator: "\n"))
        }
        return switch report.verdict {
        case .holds: .done
        case .unchecked: .inputOutput
        case .damaged: .refused
        }
    }

    /// Also what cannot be written is verified.
    private func opened(_ surroundings: Surroundings) throws(Complaint) -> Workspace {
        do throws(Complaint) {
            return try place.open(surroundings)
        } catch  where error.status == .inputOutput {
            return try place.open(surroundings, access: .look)
        }
    }

    private struct VerifyRow: Encodable {
        let origin: String
        let first, size: Int64
        let root: String
        let checkpoints, outside: Int
        /// holds, unchecked, damaged.
        let verdict: String
        @OrNull var damage: String?
        @OrNull var damaged_at: Int64?
        /// Whether an admin let the trail go on with this damage in sight.
        let accepted: Bool
        let unchecked: [String]
        let remarks: [String]
        let resumed: [ResumedRow]

        struct ResumedRow: Encodable {
            let seq: Int64
            let at, by, reason, problem: String
            @OrNull var remembered: Int64?
            @OrNull var left: String?

            init(_ resumed: TrailResumption) {
                (seq, at, by) = (resumed.sequence, TimeText.rfc3339(resumed.at), resumed.by)
                (reason, problem) = (resumed.reason, resumed.problem)
                _left = OrNull(wrappedValue: resumed.left.isEmpty ? nil : resumed.left)
                _remembered = OrNull(wrappedValue: resumed.remembered)
            }
        }

        init(_ report: TrailService.Report) {
            origin = report.origin
            (first, size) = (report.first, report.size)
            root = report.root
            (checkpoints, outside) = (report.checkpoints, report.outside)
            _damage = OrNull(wrappedValue: report.damage)
            _damaged_at = OrNull(wrappedValue: report.damagedAt)
            verdict = "\(report.verdict)"
            (accepted, unchecked) = (report.accepted != nil, report.unchecked)
            remarks = report.remarks
            resumed = report.resumptions.map(ResumedRow.init)
        }
    }
}

struct AuditExport: Performable {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a folder from which an auditor checks the trail without PortalDesk (docs/audit/verify.py).",
        discussion:
            "Verifies it first and says what that found. Exits 1 when something was changed: the folder is written.")
    @Option(name: .long, help: "The folder; it must not be there.") var out: String
    @Option(name: .long, parsing: .upToNextOption, help: "Rows to prove on their own.") var proof: [Int64] = []
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings, opensVault: true)
        let done = try await workspace.trail.export(to: out, proofs: proof) { done, total in
            Messages.progress("exporting", Int(done), of: Int(total))
        }
        struct Row: Encodable {
            let folder: String
            let records: Int64
            let checkpoints, proofs: Int
            let verdict: String
            @OrNull var damage: String?
            let unchecked: [String]
            let resumed: Int
        }
        let report = done.report
        if output.json {
            try Rows(json: true).printObject(
                Row(
                    folder: done.folder, records: done.records, checkpoints: done.checkpoints, proofs: done.proofs,
                    verdict: "\(report.verdict)", damage: report.damage, unchecked: report.unchecked,
                    resumed: report.resumptions.count))
        } else {
            let words = [
                Counted.text(Int(done.records), "record"), Counted.text(done.checkpoints, "checkpoint"),
                Counted.text(done.proofs, "proof"),
            ]
            try Rows.text("\(done.folder): \(words.joined(separator: ", ")). README.txt says how to check it.")
            try Rows.text(AuditWords.standing(report))
            let offset = { workspace.utcOffset(at: $0) }
            for resumed in report.resumptions {
                try Rows.text(AuditWords.resumption(resumed) { TimeText.full($0, offset: offset($0)) })
            }
        }
        return report.verdict == .damaged ? .refused : .done
    }
}

struct AuditProof: Performable {
    static let configuration = CommandConfiguration(
        commandName: "proof", abstract: "Proof that one row stands in the signed trail, for verify.py --proof.")
    @Argument(help: "Its number, from `audit list`.") var sequence: Int64
    @OptionGroup var place: HomeOption

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings, opensVault: true)
        let proof = try await workspace.trail.proof(of: sequence)
        try Rows.text(String(proof.dropLast()))
        return .done
    }
}

struct AuditSign: Performable {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign a checkpoint now and print the newest one: three lines and a signature.")
    @OptionGroup var place: HomeOption

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings, opensVault: true)
        guard let note = try await workspace.trail.sign() else {
            throw Complaint("the audit trail is empty", status: .badData)
        }
        try Rows.text(String(note.dropLast()))
        if let problem = await workspace.trail.unkept() { Messages.line("! NOT KEPT OUTSIDE: \(problem)") }
        return .done
    }
}

struct AuditKeys: Performable {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "The public keys that have signed the trail, oldest first: for whoever verifies it.")
    @OptionGroup var place: HomeOption

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings)
        let keys = try await workspace.trail.keys()
        if keys.isEmpty { Messages.line("portaldesk: no key has signed yet; `portaldesk audit sign` makes one") }
        if !keys.isEmpty { try Rows.text(keys.joined(separator: "\n")) }
        return .done
    }
}

struct AuditRotateKey: Performable {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key", abstract: "Put a new signing key in the place of the old one, which vouches for it.",
        discussion: "Prints the new key's line; what follows from the change is said on standard error.")
    @OptionGroup var place: HomeOption

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try await place.enter(surroundings, opensVault: true)
        let paper = try await workspace.trail.changedKey()
        try Rows.text(try await workspace.trail.keys().last ?? "")
        Messages.line(([paper.head + ".", ""] + paper.text).joined(separator: "\n"))
        return .done
    }
}

struct AuditResume: Performable {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a trail go on that is not what it was: a backup put back, or one that was changed.",
        discussion: """
            Its head and checkpoints are made to fit its records, which stay as they are; a record says who decided it and \
            why, and every verification repeats it. Where a broken trail takes no login, give your name and password here.
            """)
    @Option(name: .long, help: "Why; it stays on record.") var reason: String
    @Option(name: .long, help: "An admin, where nobody is logged in.") var user: String?
    @Option(name: .long, help: "File with the password, - for standard input; else a prompt.") var passwordFile: String?
    @OptionGroup var place: HomeOption

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let resumed: TrailResumed
        if let user {
            let workspace = try place.open(surroundings)
            let password = try SecretInput.read(file: passwordFile, prompt: "Password for \(user): ")
            resumed = try await workspace.trail.resume(reason: reason, as: user, password)
        } else {
            let workspace = try await place.enter(surroundings, opensVault: true)
            resumed = try await workspace.trail.resume(reason: reason)
        }
        try Rows.text(AuditWords.resumed(resumed).joined(separator: "\n"))
        return .done
    }
}
