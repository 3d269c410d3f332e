import ArgumentParser
import Domain
import Foundation
import Services

/// A command that works on one notice and prints it as it stands then.
private protocol NoticeWork: Performable {
    var which: NoticeArgument { get }
    var place: HomeOption { get }
    var output: JsonFlag { get }

    /// Whether the options fit together, before anything is opened.
    func check() throws(Complaint)
    func work(_ notices: NoticeService) async throws(Complaint)
}

extension NoticeWork {
    func check() throws(Complaint) {}

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        try check()
        let workspace = try await place.enter(surroundings)
        try await work(workspace.notices)
        try await which.show(workspace, json: output.json)
        return .done
    }
}

extension NoticeCommand {
    struct Assign: NoticeWork {
        static let configuration = CommandConfiguration(abstract: "Give a notice to somebody who works on it.")
        @OptionGroup var which: NoticeArgument
        @Argument(help: "An enabled operator or admin.") var user: String?
        @Flag(name: .long, help: "Give it to nobody.") var nobody = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func check() throws(Complaint) {
            if (user == nil) != nobody { throw Complaint("name a user, or give --nobody", status: .usage) }
        }

        func work(_ notices: NoticeService) async throws(Complaint) {
            try await notices.assign([which.notice], to: user)
        }
    }

    struct Tag: NoticeWork {
        static let configuration = CommandConfiguration(abstract: "Tag a notice.")
        @OptionGroup var which: NoticeArgument
        @Argument(help: "Words to find it by, with or without #.") var tags: [String]
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func work(_ notices: NoticeService) async throws(Complaint) { try await notices.tag([which.notice], tags) }
    }

    struct Untag: NoticeWork {
        static let configuration = CommandConfiguration(abstract: "Take tags of a notice away.")
        @OptionGroup var which: NoticeArgument
        @Argument(help: "Tags that it has.") var tags: [String]
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func work(_ notices: NoticeService) async throws(Complaint) { try await notices.untag([which.notice], tags) }
    }

    struct Note: NoticeWork {
        static let configuration = CommandConfiguration(abstract: "Write a note about a notice; notes never change.")
        @OptionGroup var which: NoticeArgument
        @Argument(help: "The note; - reads it from standard input.") var text: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func work(_ notices: NoticeService) async throws(Complaint) {
            try await notices.note(which.notice, text == "-" ? Self.standardInput() : text)
        }

        /// As much as tells that it is too long.
        private static func standardInput() -> String {
            let data = (try? FileHandle.standardInput.read(upToCount: 16 * NoticeNote.longest)) ?? nil
            return String(decoding: data ?? Data(), as: UTF8.self)
        }
    }

    struct Due: NoticeWork {
        static let configuration = CommandConfiguration(
            abstract: "Set the due date by hand; it goes before the portal's and survives every fetch.")
        @OptionGroup var which: NoticeArgument
        @Argument(help: "YYYY-MM-DD or DD-MM-YYYY.") var date: LegalDate?
        @Flag(name: .long, help: "Give way to the portal's date, or the rule's, again.") var clear = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func check() throws(Complaint) {
            if (date == nil) != clear { throw Complaint("name a date, or give --clear", status: .usage) }
        }

        func work(_ notices: NoticeService) async throws(Complaint) { try await notices.setDue([which.notice], date) }
    }

    struct State: NoticeWork {
        static let configuration = CommandConfiguration(
            abstract: "Set the state of a notice of which no portal tells it: entered by hand, gone, or without a word."
        )
        @OptionGroup var which: NoticeArgument
        @Argument(help: "open, replied, partly_replied, closed, withdrawn or unknown.") var state: NoticeState
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func work(_ notices: NoticeService) async throws(Complaint) { try await notices.setState(which.notice, state) }
    }

    struct Add: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Enter a notice that came by post or e-mail.",
            discussion: "When a fetch brings its reference later, it becomes the portal's and keeps what you added.")
        @OptionGroup var identity: IdentityOptions
        @Option(name: .long, help: ArgumentHelp("As printed on it.", valueName: "number")) var reference = ""
        @Option(name: .long, help: "Such as DRC-01.") var form = ""
        @Option(name: .long, help: "Such as 143(2).") var section = ""
        @Option(name: .long, help: "What it is about.") var description = ""
        @Option(name: .long, help: "Return period, assessment year or quarter.") var period = ""
        @Option(name: .long, help: "Day of issue (YYYY-MM-DD).") var issued: LegalDate?
        @Option(name: .long, help: "Day of service.") var served: LegalDate?
        @Option(name: .long, help: "Due date; else a rule computes it where one is known.") var due: LegalDate?
        @Option(name: .long, help: "Rupees, such as 412300.00.") var demand: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            var entry = NoticeEntry(identity: try identity.resolved())
            (entry.reference, entry.form, entry.section) = (reference, form, section)
            (entry.summary, entry.period) = (description, period)
            (entry.issuedOn, entry.servedOn, entry.dueOn) = (issued, served, due)
            if let demand {
                guard let amount = Rupees(demand) else {
                    throw Complaint(
                        "\(HarmlessText.line(demand, limit: 40)) is no amount", remedy: "Write it as 412300.00",
                        status: .badData)
                }
                entry.demand = amount
            }
            let id = try await workspace.notices.add(entry)
            guard let notice = try await workspace.notices.notice(id) else { throw .unknownNotice(id.rawValue) }
            if output.json {
                try Rows(json: true).printObject(NoticeRow(notice))
            } else {
                try Rows.text(String(id.rawValue))
            }
            return .done
        }
    }
}
