import Domain
import Logging

extension Logger {
    /// `log/mail.log`: who was written to and what became of it. Never a subject, a body or a login.
    static func mail(_ workspace: Workspace) -> Logger {
        let handler = FileLogHandler(
            file: LogFile(path: workspace.home.logs + "/mail.log"), level: .info, clock: workspace.surroundings.clock)
        return Logger(label: "mail") { _ in handler }
    }
}
