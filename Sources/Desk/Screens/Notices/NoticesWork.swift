import Domain
import Services
import TerminalKit

/// What people do about notices: a prompt for each deed, and the deed that its answer means.
extension NoticesScreen {
    mutating func askForWork(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        let targets = list.targets
        guard let first = list.selected else { return [] }
        asked.begin(about: targets.map(\.id))
        let what = targets.count == 1 ? Text.clip(Self.name(targets[0]), to: 30) : "\(targets.count.grouped) notices"
        switch command {
        case .assign:
            let name = targets.first?.work.assignee ?? context.user?.name ?? ""
            return [
                .prompt(
                    Prompt(
                        id: "assign", title: "Give \(what) to", label: "User", initial: name,
                        hint: "an operator or admin; empty gives it to nobody", isProposal: true))
            ]
        case .tag:
            let tags = targets.count == 1 ? targets[0].work.tags.map { "#\($0)" }.joined(separator: " ") : ""
            return [
                .prompt(
                    Prompt(
                        id: "tag", title: "Tags of \(what)", label: "Tags",
                        hint: (tags.isEmpty ? "" : "has \(tags); ") + "words to add, -word takes one away",
                        needed: "write a word to add, or -word for one to take away"))
            ]
        case .note:
            asked.notices = [first.id]
            return [
                .prompt(
                    Prompt(
                        id: "note", title: "Note about \(Text.clip(Self.name(first), to: 30))", label: "Note",
                        hint: "it stands in the detail, with your name; notes never change",
                        needed: "write the note, or leave with Esc", isComposed: true))
            ]
        case .setDue:
            // A date of the portal's is not offered: accepting it would make it the person's, and stand when the portal's moves.
            let day = targets.first?.work.dueOn.map(TimeText.date) ?? ""
            return [
                .prompt(
                    Prompt(
                        id: "due", title: "Due date of \(what)", label: "Day", initial: day,
                        hint: "DD-MM-YYYY; empty takes the date by hand away", isProposal: true))
            ]
        default: return askToSettle(first)
        }
    }

    private mutating func askToSettle(_ notice: Notice) -> [Effect] {
        asked.notices = [notice.id]
        let closes = notice.facts.state.needsSomebody
        let question = Question(
            id: closes ? "close" : "reopen",
            title: "\(closes ? "Close" : "Open again"): \(Text.clip(Self.name(notice), to: 30))?",
            body: closes
                ? "No portal says anything about it; from now on it counts as closed."
                : "From now on it counts as still to do.",
            yes: closes ? "Close" : "Open again")
        return [.ask(question)]
    }

    private static func name(_ notice: Notice) -> String {
        notice.facts.reference.isEmpty ? notice.identity.text : notice.facts.reference
    }

    /// The prompt that was answered last stands again, with why that was not taken.
    func askAgain(_ why: String) -> [Effect] {
        asked.prompt.map { [.prompt($0.again($0.initial, why))] } ?? [.toast(Toast(.warning, why))]
    }

    /// Keeps the prompts of what is asked for, and what was typed into them.
    mutating func remember(_ effects: [Effect]) -> [Effect] {
        for case .prompt(let prompt) in effects { asked.prompt = prompt }
        return effects
    }

    /// The deed that an answer means.
    mutating func work(_ answer: Answer, _ context: ScreenContext) -> [Effect] {
        let ids = asked.notices
        guard let first = ids.first else { return [] }
        func doing(_ deed: NoticeDeed) -> [Effect] { [.work(deed, context.ticket(asked.number))] }
        switch answer {
        case .text("assign", let text):
            let name = text.filter { !$0.isWhitespace }
            return doing(.assign(ids, name.isEmpty ? nil : name))
        case .text("tag", let text):
            let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
            let remove = words.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }
            let add = words.filter { !$0.hasPrefix("-") }
            return words.isEmpty ? [] : doing(.tag(ids, add: add, remove: remove))
        case .text("note", let text): return doing(.note(first, text))
        case .text("due", let text):
            let typed = text.filter { !$0.isWhitespace }
            guard !typed.isEmpty else { return doing(.due(ids, nil)) }
            guard let day = LegalDate(typed: typed) else {
                return askAgain("\(HarmlessText.line(typed, limit: 20)) is no day. Write it as 27-11-2026")
            }
            return doing(.due(ids, day))
        case .yes("close"): return doing(.state(first, .closed))
        case .yes("reopen"): return doing(.state(first, .open))
        default: return []
        }
    }
}

extension Ticket {
    /// Numbers of what prompts led to go down from here, so that a refusal is told from that of anything else.
    static let prompted = -1_000
}
