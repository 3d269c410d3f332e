import ArgumentParser
import Desk
import Domain
import Foundation
import Services

struct SupportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support", abstract: "A masked bundle for whoever helps with a fault.",
        subcommands: [Bundle.self, Lookup.self])

    struct Bundle: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Pack logs, versions, failed jobs and hashes, with what must not leave the house masked.",
            discussion: """
                GSTINs, PANs, TANs, names, user names, mail and machine addresses, numbers of telephones, accounts and \
                documents, and secrets are masked, the same value by the same mask in all of the bundle. In job logs, where \
                portals speak, words that this program does not use are masked too, for they may be names. What was masked is \
                shown first; at a terminal you are asked before anything is written. Nothing is sent anywhere.
                """)
        @Option(name: .long, help: "The log of this job; may be given again. Else the newest failed jobs.") var job:
            [Int64] = []
        @Option(name: .long, help: "Logs of so many days, 1 to 90.") var days = SupportRequest.usualDays
        @Option(name: .long, help: "The new file, or a folder for it. Else the folder you are in.") var out: String?
        @Flag(name: .long, help: "Leave the words of portals and people as they are; look them through with --show.")
        var verbatim = false
        @Flag(name: .long, help: "Only print what would be in it, and what was masked.") var preview = false
        @Flag(name: .long, help: "Print the masked texts too.") var show = false
        @Flag(name: .long, help: "Do not ask.") var yes = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func validate() throws {
            guard (1...SupportRequest.mostDays).contains(days) else {
                throw ValidationError("--days must be from 1 to \(SupportRequest.mostDays).")
            }
            guard job.count <= SupportRequest.mostJobs else {
                throw ValidationError("--job can be given \(SupportRequest.mostJobs) times at the most.")
            }
            if out == "-" { throw ValidationError("--out must be a file or a folder: a bundle is no text.") }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            guard yes || preview || SecretInput.canAsk else {
                throw Complaint("nobody can be asked", remedy: "Give --yes, or --preview", status: .usage)
            }
            let workspace = try await place.enter(surroundings)
            var request = SupportRequest()
            (request.jobs, request.days, request.isVerbatim) = (job.map { JobId($0) }, days, verbatim)
            request.terminal = Self.terminal
            let bundle = try await workspace.support.prepare(
                request,
                checkSettings: { DeskSettingsCheck.remarks($0, themeFolders: ThemeFolders.all(surroundings)) },
                progress: { Messages.progress("Masking", $0, of: 100) })
            let isJson = output.json
            if preview || !isJson { try list(bundle) }
            guard !preview else { return .done }
            let isWanted = yes ? true : try Confirmation.isGiven("Write this bundle?", option: "--yes, or --preview")
            guard isWanted else {
                Messages.line("Nothing was written.")
                return .refused
            }
            let target = out ?? FileManager.default.currentDirectoryPath
            let written = try await workspace.support.write(bundle, to: target)
            guard !isJson else {
                try Rows(json: true).printObject(WrittenRow(written))
                return .done
            }
            Messages.line(
                "Written: \(written.path), \(SupportBundle.size(written.byteCount)), SHA-256 \(written.sha256)")
            Messages.line("What its masks stand for stays here; an admin asks with `portaldesk support lookup MASK`.")
            return .done
        }

        private func list(_ bundle: SupportBundle) throws(Complaint) {
            if show, !output.json {
                for file in bundle.files {
                    try Rows.text("== \(file.path)\n\(HarmlessText.block(file.text, limit: .max))\n")
                }
            }
            try Rows(json: output.json).print(
                bundle.files.map { FileRow($0, withText: show) }, header: ["PART", "FILE", "BYTES", "MASKED"]
            ) { [$0.part, $0.file + ($0.cut ? " (its end)" : ""), String($0.bytes), String($0.masked)] }
            if !output.json { try Rows.text("") }
            try Rows(json: output.json).print(
                bundle.masked().map(KindRow.init), header: ["MASKED", "WHAT", "VALUES", "TIMES", "SUCH AS"]
            ) { [$0.kind, $0.title, String($0.values), String($0.times), $0.sample] }
            for line in bundle.leftOut { Messages.line("Left out: \(line)") }
            if verbatim {
                Messages.line(
                    "Words of portals and people stand in it as they are: look it through before you pass it on.")
            }
        }

        private static var terminal: (columns: Int, rows: Int)? {
            var size = winsize()
            for descriptor in [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO]
            where ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
                return (Int(size.ws_col), Int(size.ws_row))
            }
            return nil
        }
    }

    struct Lookup: Performable {
        static let configuration = CommandConfiguration(
            abstract: "What masks of bundles that were made here stand for; admins only.")
        @Argument(help: "Masks, such as GSTIN-7f3a1c.") var masks: [String]
        @Option(name: .long, help: "Only of this bundle, by the eight digits at the end of its name.") var bundle:
            String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let mask, kind: String
            /// null for a secret.
            @OrNull var value: String?
            let bundle, made_at: String
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let found = try await workspace.support.lookUp(masks, bundle: bundle)
            let rows = found.map {
                Row(mask: $0.mask, kind: $0.kind.rawValue, value: $0.value, bundle: $0.bundle, made_at: $0.madeAt)
            }
            try Rows(json: output.json).print(rows, header: ["MASK", "VALUE", "BUNDLE", "MADE AT"]) {
                [$0.mask, $0.value ?? "a secret: kept nowhere", $0.bundle, $0.made_at]
            }
            let known = Set(found.map { $0.mask.lowercased() })
            let missing = masks.filter { !known.contains($0.lowercased()) }
            guard !missing.isEmpty else { return .done }
            Messages.line("Not known here: \(missing.joined(separator: ", "))")
            return .badData
        }
    }
}

private struct FileRow: Encodable {
    let part, file: String
    let bytes, masked: Int
    let cut: Bool
    /// Only where it is asked for.
    let text: String?

    init(_ file: SupportBundle.File, withText: Bool) {
        text = withText ? file.text : nil
        (part, self.file, bytes) = (file.part.rawValue, file.path, file.byteCount)
        (masked, cut) = (file.masks.values.reduce(0, +), file.isCut)
    }
}

private struct KindRow: Encodable {
    let kind, title: String
    let values, times: Int
    let sample: String

    init(_ masked: SupportBundle.Masked) {
        (kind, title, sample) = (masked.kind.rawValue, masked.kind.title, masked.sample)
        (values, times) = (masked.values, masked.times)
    }
}

private struct WrittenRow: Encodable {
    let bundle, file, sha256: String
    let bytes: Int

    init(_ written: SupportService.Written) {
        (bundle, file, sha256, bytes) = (written.id, written.path, written.sha256, written.byteCount)
    }
}
