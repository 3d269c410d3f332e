import ArgumentParser
import Domain
import Foundation
import Secrets
import Services

extension AccountCommand {
    struct Reveal: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Show a stored password, after a code that is mailed to you.",
            discussion: """
                The code is sent first, then asked for. On a terminal the password shows on a screen of its own for 30 \
                seconds; into a pipe or file it is printed.
                """)
        @OptionGroup var who: IdentityOptions
        @Option(name: .long, help: "File with the code, - for standard input, read after it was sent; else a prompt.")
        var otpFile: String?
        @Option(name: .long, help: "Why, for the audit trail; asked for on a terminal.") var reason: String?
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let identity = try who.resolved()
            let workspace = try await place.enter(surroundings, opensVault: true)
            try await workspace.reveal.requirePermitted(identity)
            guard otpFile != nil || SecretInput.canAsk else {
                throw Complaint(
                    "a code is needed", why: "none was sent, for nothing could take it here",
                    remedy: "Give --otp-file FILE, or - for standard input", status: .usage)
            }
            let reason = self.reason ?? (otpFile == nil && SecretInput.canAsk ? Self.ask("Reason: ") : "")
            let challenge = try await workspace.reveal.begin(identity, reason: reason)
            tell(challenge, workspace)
            let shown = try await answered(challenge, workspace)
            if isatty(STDOUT_FILENO) == 1 {
                await SecretScreen.show(shown.password, title: "\(identity.portal.title) \(identity)", seconds: 30)
            } else {
                do throws(Complaint) {
                    try RecoveryText.put(shown.password, STDOUT_FILENO)
                    try Rows.write("\n")
                } catch {
                    await workspace.reveal.hide(identity)
                    throw error
                }
            }
            await workspace.reveal.hide(identity)
            return .done
        }

        private func tell(_ challenge: RevealService.Challenge, _ workspace: Workspace) {
            switch challenge.way {
            case .mail(let address):
                Messages.line("A code was sent to \(address). It is good for 5 minutes.")
                if let doubt = challenge.doubt { Messages.line(doubt) }
                if workspace.mail.staysHere {
                    Messages.line("This is a demo: `portaldesk mail show` prints the message.")
                }
            case .authenticator: Messages.line("Enter the code that your authenticator app shows.")
            }
        }

        /// Somebody who sits there may mistype; a file is read once.
        private func answered(
            _ challenge: RevealService.Challenge, _ workspace: Workspace
        ) async throws(Complaint) -> RevealService.Revealed {
            while true {
                let code = try SecretInput.read(file: otpFile, "a code", option: "--otp-file", prompt: "Code: ")
                do throws(Complaint) {
                    return try await workspace.reveal.confirm(challenge, code: code)
                } catch  where otpFile == nil && error == .wrongCode && workspace.now < challenge.expiresAt {
                    Messages.complain(error)
                }
            }
        }

        private static func ask(_ prompt: String) -> String {
            Messages.put(prompt)
            return readLine() ?? ""
        }
    }
}

/// A secret on the terminal's alternate screen, which leaves nothing in the scrollback.
enum SecretScreen {
    static func show(_ secret: SecretBytes, title: String, seconds: Int) async {
        let clear = "\u{1B}[2J\u{1B}[H"
        // A signal ends the showing too, once the screen is clear.
        SecretScreen.isOver = 0
        let former = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].map { number in
            (number, signal(number) { _ in SecretScreen.isOver = 1 })
        }
        defer { for (number, handler) in former { signal(number, handler) } }
        put("\u{1B}[?1049h\u{1B}[?25l\(clear)")
        defer { put("\(clear)\u{1B}[?25h\u{1B}[?1049l") }
        var saved = termios()
        tcgetattr(STDIN_FILENO, &saved)
        var raw = saved
        // Ctrl-C and Ctrl-Z are keys like any other here: they end the showing, and the screen is cleared.
        raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved) }
        for left in stride(from: seconds, to: 0, by: -1) {
            put("\(clear)\(title)\r\n\r\n    ")
            secret.withBytes { bytes in _ = write(STDOUT_FILENO, bytes.baseAddress, bytes.count) }
            put("\r\n\r\nHidden again in \(left) s, or at any key.")
            var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, 1_000) != 0 || isOver != 0 { return }
        }
    }

    /// Written by the handler of a signal.
    nonisolated(unsafe) private static var isOver: sig_atomic_t = 0

    private static func put(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }
}
