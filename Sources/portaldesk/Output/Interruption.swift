import Domain
import Foundation

/// What is said at Ctrl-C by a command that follows work: what stands, and how to go on. Then it ends as the signal would.
enum Interruption {
    /// Written by the task, read by the handler of a signal: one word, so never half of each.
    nonisolated(unsafe) private static var text: UnsafeMutablePointer<CChar>?

    /// From now on Ctrl-C says this. A shell that ignores it for a job in the background is left its way.
    static func say(_ advice: String) {
        // A bar on the terminal has left its line open.
        let line =
            (Messages.isTerminal ? "\n" : "") + "portaldesk: interrupted. " + HarmlessText.line(advice, limit: 600)
            + "\n"
        let isFirst = text == nil
        // The former text stays: the handler may be at it.
        text = strdup(line)
        guard isFirst else { return }
        let former = signal(SIGINT) { _ in
            if let text = Interruption.text { _ = write(STDERR_FILENO, text, strlen(text)) }
            signal(SIGINT, SIG_DFL)
            raise(SIGINT)
        }
        if unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(SIGINT, SIG_IGN) }
    }
}
