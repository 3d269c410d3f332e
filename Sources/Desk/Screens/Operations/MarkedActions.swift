import Domain
import TerminalKit

/// One thing that is to be done with several marked actions: counted in a question before anything happens.
struct MarkedActions: Sendable {
    let choice: OperationChoice
    /// Those it can be done with.
    let ids: [OperationId]
    /// Marked ones that stay as they are.
    let others: Int
    var reason = ""

    static let id = "several"

    init(_ choice: OperationChoice, _ marked: [PortalOperation]) {
        let fitting = marked.filter { choice.refusal(for: $0) == nil || choice == .giveUp && $0.canBeDiscarded }
        self.choice = choice
        ids = fitting.map(\.id)
        others = marked.count - fitting.count
    }

    /// Why nothing can be done; nil when it can with one of them.
    func refusal(among marked: [PortalOperation]) -> String? {
        guard ids.isEmpty else { return nil }
        return marked.first.flatMap { choice.refusal(for: $0) } ?? "No action is marked"
    }

    private var count: String { Counted.text(ids.count, "action") }

    var title: String {
        switch choice {
        case .hurry: "Ask the portal about \(count) now?"
        case .giveUp, .discard: "Give \(count) up?"
        case .sendAgain, .found: "Send \(count) again?"
        }
    }

    /// nil where nobody has to say why.
    var reasonPrompt: Prompt? {
        guard choice == .giveUp || choice == .sendAgain else { return nil }
        let hint =
            choice == .giveUp
            ? "your word that none of them goes on; it stays with each" : "your word that the portal holds none of them"
        return Prompt(
            id: Self.id, title: title, label: "Why, for the record", hint: hint,
            needed: "a reason is needed: it stays with each of them", isComposed: true)
    }

    var question: Question {
        let what =
            switch choice {
            case .hurry: "Each is looked up, and nothing is sent that the portal may hold."
            case .giveUp, .discard: "They are not sent any more."
            case .sendAgain, .found:
                "If the portal holds one of them after all, it would refuse the second or keep two."
            }
        let rest =
            others == 0
            ? ""
            : " \(others.grouped) more \(others == 1 ? "is" : "are") marked and \(others == 1 ? "stays" : "stay"): that cannot be done with "
                + (others == 1 ? "it." : "them.")
        let yes =
            switch choice {
            case .hurry: "Ask"
            case .giveUp, .discard: "Give up"
            case .sendAgain, .found: "They are not there: send"
            }
        return Question(id: Self.id, title: title, body: what + rest, yes: yes)
    }

    func effect(_ ticket: Ticket) -> Effect { .operations(.several(choice, ids, reason: reason), ticket) }

    /// The steps to the question: a reason first where one is needed.
    func begin() -> [Effect] { reasonPrompt.map { [.prompt($0)] } ?? [.ask(question)] }

    /// What an answer leads to; nil for one to something else.
    mutating func answered(_ answer: Answer, _ context: ScreenContext) -> [Effect]? {
        switch answer {
        case .text(Self.id, let why):
            reason = why.trimmed
            return [.ask(question)]
        case .yes(Self.id): return [effect(context.ticket(Ticket.several))]
        default: return nil
        }
    }
}

extension Ticket {
    /// Number of what is done with marked rows: only when that is done their marks go.
    static let several = -101
}

extension PortalOperation {
    fileprivate var canBeDiscarded: Bool { OperationChoice.discard.refusal(for: self) == nil }
}
