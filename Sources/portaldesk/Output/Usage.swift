import ArgumentParser
import Services

/// How wrong usage is told: one line that names what is allowed and the command's own help.
enum Usage {
    static func line(for error: any Error) -> String {
        let whole = PortalDesk.fullMessage(for: error)
        var command = whole.matches(of: /See '([^']+) --help'/).last.map { String($0.output.1) } ?? "portaldesk"
        // The desk is the default: a word that is no command is taken for an argument of it.
        if command == "portaldesk desk" { command = "portaldesk" }
        let given = CommandLine.arguments.dropFirst()
        if command == "portaldesk", given.first == "--home", given.count > 2 {
            return "--home stands behind the command: portaldesk COMMAND … --home DIR. \(pointer(command))"
        }
        var text = oneLine(PortalDesk.message(for: error))
        if text.isEmpty { text = "Wrong usage" }
        if text.last?.isPunctuation != true || text.hasSuffix("'") { text += "." }
        return "\(text) \(pointer(command))"
    }

    /// A refusal of a command's own checks gets the same pointer.
    static func pointed(_ complaint: Complaint, at command: any ParsableCommand.Type) -> Complaint {
        guard complaint.status == .usage else { return complaint }
        var pointed = complaint
        let help = pointer((["portaldesk"] + path(to: command)).joined(separator: " "))
        pointed.remedy = complaint.remedy.isEmpty ? help : "\(complaint.remedy). \(help)"
        return pointed
    }

    /// A command as it is typed behind `portaldesk`: `account reveal`.
    static func words(of command: any ParsableCommand.Type) -> String { path(to: command).joined(separator: " ") }

    private static func path(to command: any ParsableCommand.Type) -> [String] {
        Array((path(to: command, from: PortalDesk.self) ?? []).dropFirst())
    }

    private static func pointer(_ command: String) -> String { "See '\(command) --help'." }

    /// The parser lists allowed values one a line, each behind a dash.
    private static func oneLine(_ message: String) -> String {
        var text = ""
        var isList = false
        for line in message.split(whereSeparator: \.isNewline) {
            var words = line.drop { $0 == " " }
            let isItem = words.hasPrefix("- ")
            if isItem { words = words.dropFirst(2) }
            text += text.isEmpty ? "" : isItem && isList ? ", " : " "
            text += words
            isList = isItem
        }
        return isList ? text + "." : text
    }

    private static func path(
        to wanted: any ParsableCommand.Type, from command: any ParsableCommand.Type
    ) -> [String]? {
        let name = command.configuration.commandName ?? command._commandName
        if ObjectIdentifier(command) == ObjectIdentifier(wanted) { return [name] }
        for child in command.configuration.subcommands {
            if let rest = path(to: wanted, from: child) { return [name] + rest }
        }
        return nil
    }
}
