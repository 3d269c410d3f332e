import ArgumentParser
import Domain
import Foundation
import Secrets
import Services

struct AuthenticatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authenticator", abstract: "An authenticator app in the place of mailed codes.",
        discussion: "It is asked for when config.toml says `confirm = \"totp\"` under [reveal].",
        subcommands: [Enrol.self, Remove.self, State.self])

    struct Enrol: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Set an authenticator app up for yourself.",
            discussion: """
                On a terminal a QR code shows on a screen of its own, and the app's first code is asked for. Else the \
                letters to type into the app are printed, and the code is read from --otp-file.
                """)
        @Option(
            name: .long, help: "File with the first code, - for standard input, read after the letters are printed.")
        var otpFile: String?
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let asks = otpFile == nil && SecretInput.canAsk && Messages.isTerminal
            guard asks || otpFile != nil else {
                throw Complaint(
                    "a code is needed", remedy: "Give --otp-file FILE, or - for standard input", status: .usage)
            }
            let workspace = try await place.enter(surroundings, opensVault: true)
            let enrolment = try await workspace.authenticator.enrol()
            do throws(Complaint) {
                if asks {
                    try await ask(enrolment, workspace, surroundings)
                } else {
                    try await read(enrolment, workspace)
                }
            } catch {
                try await workspace.authenticator.abandon()
                throw error
            }
            Messages.line("The authenticator is set up.")
            if !workspace.authenticator.isAskedFor {
                Messages.line("Codes are still mailed: config.toml does not say `confirm = \"totp\"` under [reveal].")
            }
            return .done
        }

        private func read(
            _ enrolment: AuthenticatorService.Enrolment, _ workspace: Workspace
        ) async throws(Complaint) {
            try RecoveryText.put(enrolment.letters, STDOUT_FILENO)
            try Rows.write("\n")
            try await workspace.authenticator.confirm(
                try SecretInput.read(file: otpFile, "a code", option: "--otp-file", prompt: "Code: "))
        }

        /// Somebody who sits there may mistype.
        private func ask(
            _ enrolment: AuthenticatorService.Enrolment, _ workspace: Workspace, _ surroundings: Surroundings
        ) async throws(Complaint) {
            let screen = EnrolmentScreen(enrolment, environment: surroundings.environment)
            screen.open()
            defer { screen.close() }
            var problem = ""
            while true {
                screen.draw(problem)
                guard let code = screen.readCode() else {
                    throw Complaint("no authenticator was set up", why: "no code was entered", status: .tryLater)
                }
                do throws(Complaint) {
                    return try await workspace.authenticator.confirm(code)
                } catch  where error == .wrongFirstCode {
                    problem = "\(error)"
                }
            }
        }
    }

    struct Remove: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Forget an authenticator; another person's only as an admin.",
            discussion: "Your own needs a code of it, or your password: a session that was left open is not enough.")
        @Argument(help: "Whose; your own when left out.") var name: String?
        @Option(name: .long, help: "File with a code of it, - for standard input; else a prompt.") var otpFile: String?
        @Option(name: .long, help: "File with your password in place of a code, - for standard input.")
        var passwordFile: String?
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            let owner = try await workspace.authenticator.remove(of: name, proof: try proof())
            Messages.line("The authenticator of \(owner) is removed.")
            return .done
        }

        private func proof() throws(Complaint) -> AuthenticatorService.Proof? {
            if let passwordFile { return .password(try SecretInput.read(file: passwordFile, prompt: "")) }
            guard otpFile != nil || name == nil && SecretInput.canAsk else { return nil }
            return .code(try SecretInput.read(file: otpFile, "a code", option: "--otp-file", prompt: "Code: "))
        }
    }

    struct State: Performable {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Whether yours is set up, and whether it is asked for.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let state: String
            @OrNull var since: String?
            let confirm: String
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let confirm = workspace.authenticator.isAskedFor ? "totp" : "mail"
            let state = try await workspace.authenticator.state()
            let row =
                switch state {
                case .none: Row(state: "none", since: nil, confirm: confirm)
                case .begun: Row(state: "begun", since: nil, confirm: confirm)
                case .set(let since): Row(state: "set", since: TimeText.rfc3339(since), confirm: confirm)
                }
            try Rows(json: output.json).print([row], header: ["STATE", "SINCE", "CONFIRM"]) {
                [$0.state, workspace.local(rfc3339: $0.since), $0.confirm]
            }
            return .done
        }
    }
}
