import Services
import TerminalKit

/// The messages of a demo, whose mail never leaves the workspace; the newest first.
struct InboxScreen: Screen {
    var mails: [InboxMail] = []
    /// Counted from the newest.
    var index = 0
    var isLoaded = false
    var problem = ""

    var scope: CommandScope { .inbox }
    var trail: [String] { ["Demo inbox"] }
    var isPanel: Bool { true }

    var mail: InboxMail? { mails.dropFirst(index).first }
}
