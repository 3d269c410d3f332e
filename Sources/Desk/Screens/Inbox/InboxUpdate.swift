import Services
import TerminalKit

extension InboxScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed, .command(.refresh): return [.loadInbox(context.ticket(0))]
        case .command(.previousPage):
            index = max(0, index - 1)
            return []
        case .command(.nextPage):
            index = min(max(0, mails.count - 1), index + 1)
            return []
        case .command(.back): return [.pop]
        case .mouse(let target, let event) where event.action == .press && target.name == "close": return [.pop]
        case .loaded(.inbox(let mails), _):
            self.mails = mails.reversed()
            isLoaded = true
            index = min(index, max(0, mails.count - 1))
            return []
        case .loaded(.failed(let complaint), _):
            problem = complaint.description
            return []
        default: return []
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .previousPage: index == 0 ? "This is the newest message" : nil
        case .nextPage: index + 1 >= mails.count ? "This is the oldest message" : nil
        default: nil
        }
    }
}
