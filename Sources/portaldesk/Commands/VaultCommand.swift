import ArgumentParser
import Domain
import Foundation
import Secrets
import Services

struct VaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: "The keys under which passwords are sealed.",
        subcommands: [Status.self, Rotate.self, WorkerKey.self, RecoveryCode.self, Recover.self])

    struct Status: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Keys in use, who holds them, what waits for a new one.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            @OrNull var key: String?
            @OrNull var since: String?
            let holders: [String]
            let secrets, waiting: Int
            let rotating: Bool
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            let status = try await workspace.vault.status()
            guard !output.json else {
                try Rows(json: true).printObject(
                    Row(
                        key: status.keys.last, since: status.since.map(TimeText.rfc3339), holders: status.holders,
                        secrets: status.secrets, waiting: status.waiting, rotating: status.isRotating))
                return .done
            }
            let since = status.since.map { " since \(TimeText.full($0, offset: workspace.utcOffset(at: $0)))" } ?? ""
            let lines = Labelled.lines([
                ("Key", (status.keys.last ?? "none") + since), ("Held by", status.holders.joined(separator: ", ")),
                ("Secrets", "\(status.secrets)"),
                (
                    "Not under it yet",
                    status.isRotating ? "\(status.waiting), a rotation is under way" : "\(status.waiting)"
                ),
            ])
            try Rows.text(lines.joined(separator: "\n"))
            return .done
        }
    }

    struct Rotate: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Give the vault a new key, or go on with a rotation that was cut off. Everybody can work on.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable { let rewrapped: Int }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            let count = try await workspace.vault.rotate { Messages.progress("rotating", $0, of: $1) }
            Messages.line("The vault has a new key; \(Counted.text(count, "secret")) put under it.")
            try Rows(json: output.json).printObject(Row(rewrapped: count))
            return .done
        }
    }

    struct WorkerKey: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Make the key of an unattended worker; the one before ends.",
            discussion: """
                It is written to worker.key in the workspace, mode 0600. Under systemd rather name another file and give \
                it as the credential `portaldesk-worker-key`.
                """)
        @Option(name: .long, help: "Another file, or - for standard output.") var out: String?
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            let key = try await workspace.vault.makeWorkerKey()
            if out == "-" {
                try RecoveryText.put(key, STDOUT_FILENO)
                return .done
            }
            let file = out ?? workspace.home.workerKey
            try SecretOutput.write(key, to: file)
            Messages.line("The worker's key is in \(file).")
            return .done
        }
    }

    struct RecoveryCode: Performable {
        static let configuration = CommandConfiguration(abstract: "Make a new recovery code; the one before ends.")
        @Option(name: .long, help: "Where to write it (mode 0600) instead of printing it.") var recoveryFile: String?
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            if let recoveryFile { try RecoveryText.requireFree(recoveryFile) }
            let workspace = try await place.enter(surroundings, opensVault: true)
            try RecoveryText.hand(over: try await workspace.vault.makeRecoveryCode(), to: recoveryFile)
            return .done
        }
    }

    struct Recover: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Let an admin in again with the recovery code, when every password is lost.")
        @Option(name: .long, help: "The admin's name.") var user: String
        @Option(name: .long, help: "File with the code, - for standard input; else a prompt.") var codeFile: String?
        @Option(name: .long, help: "File with the new password; else a prompt.") var passwordFile: String?
        @Option(name: .long, help: "Where to write the next code (mode 0600) instead of printing it.")
        var recoveryFile: String?
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            if let recoveryFile { try RecoveryText.requireFree(recoveryFile) }
            let workspace = try place.open(surroundings)
            let code = try SecretInput.read(
                file: codeFile, "a recovery code", option: "--code-file", prompt: "Recovery code: ")
            let password = try SecretInput.read(file: passwordFile, prompt: "New password for \(user): ")
            let next = try await workspace.vault.recover(code, admin: user, password: password)
            try RecoveryText.hand(over: next, to: recoveryFile)
            Messages.line("\(user) has a new password. Log in with `portaldesk login --user \(user)`.")
            return .done
        }
    }
}

/// Secrets that a command writes to a file: mode 0600 from the first byte, and complete or not there.
enum SecretOutput {
    static func write(_ secret: SecretBytes, to file: String) throws(Complaint) {
        let draft = file + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failed(file, errno) }
        var code = secret.withBytes { WholeWrite.write($0, to: descriptor) }
        if code == 0, fsync(descriptor) != 0 { code = errno }
        close(descriptor)
        if code == 0, rename(draft, file) != 0 { code = errno }
        guard code == 0 else {
            unlink(draft)
            throw failed(file, code)
        }
    }

    private static func failed(_ file: String, _ code: Int32) -> Complaint {
        Complaint(
            "cannot write \(file)", why: String(cString: strerror(code)), remedy: "Name another file",
            status: .inputOutput)
    }
}
