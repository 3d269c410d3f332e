import Domain
import Services
import TerminalKit

extension HistoryScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed, .command(.refresh): return [.loadHistory(account.identity, context.ticket(0))]
        case .command(.back): return [.pop]
        case .command(.undo):
            return [
                .ask(
                    Question(
                        id: "undo", title: "Put the last user name back?",
                        body: "The user name that the last change replaced stands again, and must be verified. "
                            + "The password stays as it is: a password is never put back.", yes: "Put it back"))
            ]
        case .answered(.yes(id: "undo")): return [.undoUsername(account.identity, context.ticket(1))]
        case .key(let key):
            scroll(key, context)
            return []
        case .mouse(let target, let event): return press(target, event, context)
        case .loaded(let loaded, _): return take(loaded)
        default: return []
        }
    }

    private mutating func scroll(_ key: Key, _ context: ScreenContext) {
        let page = visibleRows(context)
        switch key {
        case .down, "j": offset += 1
        case .up, "k": offset -= 1
        case .pageDown: offset += page
        case .pageUp: offset -= page
        case .home, "g": offset = 0
        case .end, "G": offset = happenings.count
        default: break
        }
        offset = max(0, min(offset, happenings.count - page))
    }

    private mutating func press(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: scroll(.up, context)
        case .wheelDown: scroll(.down, context)
        case .press where target.name == "close": return [.pop]
        default: break
        }
        return []
    }

    private mutating func take(_ loaded: Loaded) -> [Effect] {
        switch loaded {
        case .history(let happenings):
            self.happenings = happenings
            isLoaded = true
        case .done(let text): return [.toast(Toast(.success, text))]
        case .failed(let complaint) where isLoaded:
            return [.toast(Toast(.danger, complaint.what.startingUpper, detail: complaint.why))]
        case .failed(let complaint): problem = complaint.description.startingUpper
        default: break
        }
        return []
    }
}
