import Domain
import Services
import TerminalKit

extension SupportScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared: return bundle == nil ? collect(context) : []
        case .command(let command): return give(command, context)
        case .key(let key):
            _ = table.handle(key, rowCount: parts.count, visibleRows: parts.count)
        case .mouse(let target, let event): return press(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket)
        case .answered(.text("save", let file)): return write(to: file, context)
        // What was asked before a lock is not answered any more.
        case .locked:
            if case .writing(let bundle) = phase { phase = .ready(bundle) }
            if case .collecting = phase { phase = .failed(Self.lockedAway) }
        default: break
        }
        return []
    }

    private static let lockedAway = Complaint(
        "the desk was locked while this was collected", remedy: "Collect it again", status: .tryLater)

    private mutating func collect(_ context: ScreenContext) -> [Effect] {
        phase = .collecting
        lastTicket += 1
        var request = SupportRequest()
        request.screen = origin
        request.terminal = (context.size.columns, context.size.rows)
        return [.support(.prepare(request), context.ticket(lastTicket))]
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket) -> [Effect] {
        guard ticket.number == lastTicket else { return [] }
        switch (loaded, phase) {
        case (.supportBundle(let bundle), _):
            phase = .ready(bundle)
            table = table.clamped(rowCount: bundle.parts.count, visibleRows: bundle.parts.count)
        case (.supportWritten(let written), .writing(let bundle)): phase = .written(bundle, written)
        case (.failed(let complaint), .collecting): phase = .failed(complaint)
        case (.failed(let complaint), .writing(let bundle)):
            phase = .ready(bundle)
            return [.toast(Toast(complaint))]
        default: break
        }
        return []
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .write, .save, .mark:
            switch phase {
            case .collecting: return "It is being collected"
            case .failed: return "Nothing was collected"
            case .writing: return "It is being written"
            case .written:
                return command == .mark
                    ? "It is written; collect it again to leave a part out" : "It is written already"
            case .ready(let bundle):
                return command != .mark && bundle.files(without: left).isEmpty ? "Every part is left out" : nil
            }
        case .copy:
            if case .written = phase { return nil }
            return "Nothing is written yet"
        case .refresh:
            if case .writing = phase { return "It is being written" }
            return nil
        default: return nil
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .write: return write(to: context.settings.exportFolder, context)
        case .save:
            guard let bundle else { return [] }
            let file = "\(context.settings.exportFolder)/\(bundle.fileName(utcOffset: context.utcOffset))"
            return [
                .prompt(
                    Prompt(
                        id: "save", title: "Write the bundle", label: "File", initial: file,
                        needed: EInvoiceDeeds.fileNeeded))
            ]
        case .mark:
            guard let part else { return [] }
            if left.remove(part) == nil { left.insert(part) }
        case .copy:
            guard case .written(_, let written) = phase else { return [] }
            return copied(written.path)
        case .refresh: return collect(context)
        case .back: return [.pop]
        default: break
        }
        return []
    }

    private mutating func write(to path: String, _ context: ScreenContext) -> [Effect] {
        guard case .ready(let bundle) = phase else { return [] }
        phase = .writing(bundle)
        lastTicket += 1
        // Who leaves meanwhile is told where it lies.
        let ticket = Ticket(screen: context.screen, number: lastTicket, isAwaited: true)
        return [.support(.write(bundle, left, path), ticket)]
    }

    private mutating func press(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch (event.action, target.name) {
        case (.wheelUp, _): table.move(by: -1, rowCount: parts.count, visibleRows: parts.count)
        case (.wheelDown, _): table.move(by: 1, rowCount: parts.count, visibleRows: parts.count)
        case (.press, "row"):
            if table.selectedIndex == target.index { return barred(.mark, context) ?? give(.mark, context) }
            table.select(target.index, rowCount: parts.count, visibleRows: parts.count)
        default: break
        }
        return []
    }
}
