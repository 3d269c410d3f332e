import ArgumentParser
import Domain
import Services

struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Mail, which carries one-time codes: try it, read a demo's inbox.",
        subcommands: [Test.self, Inbox.self, Show.self])

    struct Test: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Send a message that says nothing, to see whether mail arrives.")
        @Option(name: .long, help: "The recipient's address.") var to: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable { let to, transport, message_id: String }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let id = try await workspace.mail.sendTest(to: to)
            let way = workspace.mail.way
            try Rows(json: output.json).printObject(Row(to: to, transport: way, message_id: id))
            let next = workspace.mail.staysHere ? "`portaldesk mail show` prints it." : "Look whether it arrives."
            Messages.line("Sent to \(HarmlessText.line(to, limit: 200)) by \(way). \(next)")
            return .done
        }
    }

    struct Inbox: Performable {
        static let configuration = CommandConfiguration(
            abstract: "The messages of a demo, whose mail stays in the workspace.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let number: Int
            let at, to, subject, message_id: String
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let mails = try await workspace.mail.inbox()
            let rows = mails.map {
                Row(
                    number: $0.number, at: TimeText.rfc3339($0.arrivedAt), to: $0.to, subject: $0.subject,
                    message_id: $0.messageId)
            }
            try Rows(json: output.json).print(rows, header: ["NUMBER", "AT", "TO", "SUBJECT"]) {
                [String($0.number), workspace.local(rfc3339: $0.at), $0.to, $0.subject]
            }
            return .done
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(
            abstract: "One message of a demo's inbox: the newest, or the one with this number.")
        @Argument(help: "Its number in `mail inbox`.") var number: Int?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let number: Int
            let at, from, to, subject, message_id, text: String
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let mails = try await workspace.mail.inbox()
            guard let mail = number.map({ number in mails.first { $0.number == number } }) ?? mails.last else {
                let what = number.map { "there is no message \($0)" } ?? "the inbox is empty"
                throw Complaint(what, remedy: "`portaldesk mail inbox` lists them", status: .badData)
            }
            let row = Row(
                number: mail.number, at: TimeText.rfc3339(mail.arrivedAt), from: mail.from, to: mail.to,
                subject: mail.subject, message_id: mail.messageId, text: mail.text)
            try Rows(json: output.json).printObject(row)
            if !output.json {
                let time = TimeText.full(mail.arrivedAt, offset: workspace.utcOffset(at: mail.arrivedAt))
                try Rows.text(
                    "From: \(mail.from)\nTo: \(mail.to)\nSubject: \(mail.subject)\nDate: \(time)\n\n\(mail.text)")
            }
            return .done
        }
    }
}
