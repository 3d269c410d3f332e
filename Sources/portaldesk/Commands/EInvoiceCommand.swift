import ArgumentParser
import Domain
import Foundation
import Services

struct EInvoiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "einvoice", abstract: "E-invoices: checked, registered once, kept with their evidence.",
        subcommands: [
            Check.self, EInvoiceTemplate.self, Generate.self, EInvoiceList.self, EInvoiceGet.self, Print.self,
            Cancel.self, Qr.self, EInvoiceVerify.self, User.self,
        ])

    /// An invoice is two megabytes at the most.
    static func bytes(_ file: String) throws(Complaint) -> [UInt8] {
        try InputFile.requireReadable(file)
        guard let data = FileManager.default.contents(atPath: file) else { throw Complaint.unreadable(file, EIO) }
        return [UInt8](data)
    }

    struct Check: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Tell everything that the portal would refuse. Sends nothing.")
        @Argument(help: "INV-01 as JSON, one or a list; a CSV of drafts; or a folder of both.") var file: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try InputPath.requireReadable(file)
            let workspace = try await place.enter(surroundings)
            let entries = try await workspace.invoiceBatch.read(file) { Messages.progress("checking", $0, of: $1) }
            let rows = entries.flatMap { entry in
                let unread = output.json ? entry.refusal.map { [FindingRow($0, of: entry.source)] } ?? [] : []
                return entry.findings.map { FindingRow($0, of: entry.source) } + unread
            }
            try FindingRow.print(rows, output)
            for entry in entries { if let refusal = entry.refusal { Messages.complain(refusal) } }
            let wrong = entries.count { !$0.isInOrder }
            let errors = entries.flatMap(\.findings).count { $0.severity == .error }
            let unread = entries.count { $0.refusal != nil }
            let found = [
                errors > 0 || unread == 0 ? Counted.text(errors, "mistake") : nil,
                unread > 0 ? "\(unread) could not be taken" : nil,
            ]
            Messages.line(
                wrong == 0
                    ? "\(Counted.text(entries.count, "invoice")): nothing that the portal would refuse"
                    : "\(wrong) of \(Counted.text(entries.count, "invoice")) would be refused: "
                        + found.compactMap(\.self).joined(separator: ", "))
            return wrong == 0 ? .done : .badData
        }
    }

    struct Generate: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Register invoices: each gets its IRN, once. Asked for again, it gives the same operations.",
            discussion: """
                Of many, those in order are registered and the others told. Interrupted, the worker goes on, and the same \
                command follows it. Ends with 0 when all are registered, 75 while one is open, 65 when one was not sent \
                for what is wrong with it, 1 when the portal refused one.
                """)
        @Argument(help: "INV-01 as JSON, one or a list; a CSV of drafts; or a folder of both.") var file: String
        @Option(name: .long, help: "Through this provider.") var provider: String?
        @OptionGroup var dry: DryRunFlag
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try InputPath.requireReadable(file)
            let workspace = try await place.enter(surroundings, opensVault: !dry.dryRun)
            if dry.dryRun {
                return try dry.show(try await workspace.invoiceBatch.plan(file, provider: provider), output)
            }
            let entries = try await workspace.invoiceBatch.register(
                file, provider: provider,
                progress: { phase, done, total in
                    // One invoice needs no bar.
                    if total > 1 { Messages.progress(phase.rawValue, done, of: total) }
                    Self.tell(phase, done, of: total)
                }, checked: { Warnings.tell($0) })
            let operations = entries.compactMap(\.operation)
            // No table of nothing above the reason.
            if !operations.isEmpty { try OperationRow.print(operations, workspace, output) }
            let status = entries.count == 1 ? try Self.status(entries[0], workspace) : Self.summary(entries, workspace)
            let gone = try await workspace.eInvoices.cancelled(among: operations).count
            guard gone > 0 else { return status }
            let subject = entries.count == 1 ? "It is" : gone == 1 ? "One of them is" : "\(gone) of them are"
            Messages.line("\(subject) cancelled since; a cancelled number cannot be registered again.")
            return status == .done ? .refused : status
        }

        /// What Ctrl-C says: once for each hundredth, for each text stays in memory.
        private static func tell(_ phase: InvoiceBatch.Phase, _ done: Int, of total: Int) {
            guard done * 100 / max(1, total) != (done - 1) * 100 / max(1, total) || done == 0 else { return }
            let far = "\(phase.rawValue): \(done) of \(total)"
            let next =
                switch phase {
                // Once all are checked the first may be queued already.
                case .checking where done < total: "Nothing was queued; give the same command again"
                case .checking, .queuing: "What is queued goes on in the background; the same command queues the rest"
                case .registering:
                    "The others go on in the background; the same command follows them, and nothing is sent twice"
                }
            Interruption.say("\(far). \(next).")
        }

        private static func status(
            _ entry: InvoiceBatch.Entry, _ workspace: Workspace
        ) throws(Complaint) -> ExitStatus {
            if let refusal = entry.refusal { throw refusal }
            guard let operation = entry.operation else { return .inputOutput }
            return try OperationRow.status(operation, workspace)
        }

        /// Each reason once, with the first files that it is about.
        private static func tellRefusals(_ entries: [InvoiceBatch.Entry]) {
            let most = 3
            var sources: [String: [String]] = [:]
            var reasons: [String] = []
            for entry in entries {
                guard let reason = entry.refusal?.description else { continue }
                if sources[reason] == nil { reasons.append(reason) }
                sources[reason, default: []].append(entry.source)
            }
            for reason in reasons {
                let names = sources[reason] ?? []
                let more = names.count > most ? " and \(names.count - most) more" : ""
                Messages.line("\(names.prefix(most).joined(separator: ", "))\(more): \(reason)")
            }
        }

        private static func summary(_ entries: [InvoiceBatch.Entry], _ workspace: Workspace) -> ExitStatus {
            let operations = entries.compactMap(\.operation)
            let filed = operations.count { $0.state == .filed }
            let refused = operations.count { $0.state == .rejected || $0.state == .discarded }
            let open = operations.count - filed - refused
            tellRefusals(entries)
            let unsent = entries.count - operations.count
            let parts = [
                "\(filed) registered", open > 0 ? "\(open) open" : nil, unsent > 0 ? "\(unsent) not sent" : nil,
                refused > 0 ? "\(refused) refused by the portal" : nil,
            ]
            Messages.line(
                "\(Counted.text(entries.count, "invoice")): \(parts.compactMap(\.self).joined(separator: ", "))")
            let waiting = operations.filter(\.goesOnByItself).min {
                ($0.nextStepAt ?? $0.updatedAt) < ($1.nextStepAt ?? $1.updatedAt)
            }
            if let waiting, let when = OperationRow.waiting(waiting, workspace) {
                Messages.line("\(waiting.said): \(when).")
            }
            if open > 0 { return .tryLater }
            if unsent > 0 { return .badData }
            return refused > 0 ? .refused : .done
        }
    }

    struct User: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The API user of each GSTIN at an authority, made there under API registration.",
            subcommands: [Set.self, List.self, Remove.self])

        struct Set: Performable {
            static let configuration = CommandConfiguration(
                abstract: "Keep an API user; the password is sealed in the vault.")
            @Option(name: .long, help: "The GSTIN.") var gstin: String
            @Option(name: .long, help: "At this provider.") var provider: String
            @Option(name: .long, help: "Its user name.") var username: String
            @Option(name: .long, help: "File with the password, - for standard input; else a prompt.")
            var passwordFile: String?
            @OptionGroup var place: HomeOption

            func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
                let who = try Identity.gstin(gstin)
                let workspace = try await place.enter(surroundings, opensVault: true)
                let password = try SecretInput.read(
                    file: passwordFile, "a password", option: "--password-file", prompt: "Password: ")
                let resumed = try await workspace.apiUsers.set(
                    who, provider: provider, name: username, password: password)
                Messages.line("The API user of \(who) at \(provider) is kept.")
                if resumed.queued > 0 {
                    Messages.line("\(Counted.text(resumed.queued, "action")) that waited for it: queued again.")
                }
                if resumed.looked > 0 {
                    let count = Counted.text(resumed.looked, "action")
                    Messages.line("\(count) that may have left: looked up at the portal first.")
                }
                return .done
            }
        }

        struct List: Performable {
            static let configuration = CommandConfiguration(abstract: "The API users that are kept.")
            @OptionGroup var place: HomeOption
            @OptionGroup var output: JsonFlag

            private struct Row: Encodable {
                let gstin, provider, username, changed_at: String
                @OrNull var refusal: String?
            }

            func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
                let workspace = try await place.enter(surroundings)
                let rows = try await workspace.apiUsers.list().map {
                    Row(
                        gstin: $0.gstin.text, provider: $0.provider, username: $0.name,
                        changed_at: TimeText.rfc3339($0.changedAt), refusal: $0.refusal)
                }
                try Rows(json: output.json).print(
                    rows, header: ["GSTIN", "PROVIDER", "USER NAME", "CHANGED", "REFUSED"]
                ) {
                    [$0.gstin, $0.provider, $0.username, workspace.local(rfc3339: $0.changed_at), $0.refusal ?? ""]
                }
                return .done
            }
        }

        struct Remove: Performable {
            static let configuration = CommandConfiguration(abstract: "Forget an API user and its password.")
            @Option(name: .long, help: "The GSTIN.") var gstin: String
            @Option(name: .long, help: "At this provider.") var provider: String
            @OptionGroup var place: HomeOption

            func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
                let who = try Identity.gstin(gstin)
                let workspace = try await place.enter(surroundings)
                try await workspace.apiUsers.remove(who, provider: provider)
                Messages.line("The API user of \(who) at \(provider) is forgotten.")
                return .done
            }
        }
    }
}
