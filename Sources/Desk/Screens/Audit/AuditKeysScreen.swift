import Domain
import Services
import TerminalKit

/// The keys that have signed the trail; an admin lets another one sign from now on.
struct AuditKeysScreen: TextScreen {
    var text = ScrolledText<[TrailService.SigningKey]>()
    private var isChanging = false

    static var noun: String { "keys" }
    static var isLive: Bool { true }
    var scope: CommandScope { .auditKeys }
    var trail: [String] { ["Keys"] }

    func reading(_ ticket: Ticket) -> Effect? { .audit(.keys, ticket) }

    static func content(of loaded: Loaded) -> [TrailService.SigningKey]? {
        if case .auditKeys(let keys) = loaded { keys } else { nil }
    }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .command(.rotateKey): return [.ask(Self.question)]
        case .answered(.yes("rotate")):
            isChanging = true
            return [.audit(.rotateKey, Ticket(screen: context.screen, number: Self.change, isAwaited: true))]
        case .loaded(.auditPaper(let paper), _):
            isChanging = false
            return [.push(.auditPaper(paper))]
        case .loaded(.failed(let complaint), let ticket) where ticket.number == Self.change:
            isChanging = false
            return [.toast(Toast(complaint))]
        default: return updateText(event, context)
        }
    }

    private static let change = -8

    private static let question = Question(
        id: "rotate", title: "Let another key sign the audit trail?",
        body:
            "The key of now signs what there is, and vouches for the new one on record. Auditors who hold the first key "
            + "need nothing. It cannot be taken back; backups from before do not hold the new key.",
        yes: "Change the key")

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        guard command == .rotateKey else { return textReason(command) }
        if isChanging { return "The key is being changed" }
        return text.content?.isEmpty == true ? "No key has signed yet: sign a checkpoint first" : nil
    }

    func head(_ keys: [TrailService.SigningKey], _ context: ScreenContext) -> [Line] {
        let count = keys.isEmpty ? "No key" : Counted.text(keys.count, "key")
        return [Line(isChanging ? "The key is being changed…" : "\(count) of the audit trail", .heading, .bold)]
    }

    func lines(_ keys: [TrailService.SigningKey], _ context: ScreenContext) -> [Line] {
        AuditWords.keys(keys) { context.full($0) }.map { Line($0) }
    }
}
