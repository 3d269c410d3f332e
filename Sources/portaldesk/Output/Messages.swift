import Domain
import Foundation
import Services

/// Messages and progress for people, on standard error.
enum Messages {
    /// What a terminal would obey, a file's name say, is written out.
    static func line(_ text: String) {
        put(HarmlessText.block(text) + "\n")
    }

    /// As it is. Nobody may be reading any more, which is no reason to end: a message is lost then, the work is not.
    static func put(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { WholeWrite.write($0, to: STDERR_FILENO) }
    }

    static func complain(_ complaint: Complaint) { line("portaldesk: \(complaint)") }

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// A bar that rewrites its line; nothing at all when standard error is no terminal.
    static func progress(_ title: String, _ done: Int, of total: Int) {
        guard isTerminal, total > 0 else { return }
        let width = 30
        let filled = done * width / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let text = "\r\(title) \(bar) \(done)/\(total)\(done >= total ? "\n" : "")"
        put(text)
    }
}
