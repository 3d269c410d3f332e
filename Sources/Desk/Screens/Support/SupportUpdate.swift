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
        case .answered(.text("mask", let typed)):
            let masks = typed.split { $0.isWhitespace || $0 == "," }.map(String.init)
            return [.support(.lookUp(masks), context.ticket(Self.lookingUp))]
        // What was asked before a lock is not answered any more.
        case .locked:
            if case .writing(let bundle) = phase { phase = .ready(bundle) }
            if case .collecting = phase { phase = .failed(Self.lockedAway) }
        default: break
        }
        return []
    }

    private static let lookingUp = -11

    private static let maskPrompt = Prompt(
        id: "mask", title: "Look up a mask", label: "Mask",
        hint: "As GSTIN-7f3a1c; several with spaces between. That you asked stands in the audit trail.",
        needed: "Type a mask, as it stands in the bundle")

    private static let lockedAway = Complaint(
        "the desk was locked while this was collected", remedy: "Collect it again", status: .tryLater)

    private mutating func collect(_ context: ScreenContext) -> [Effect] {
        phase = .collecting
        percent = nil
        lastTicket += 1
        var request = SupportRequest()
        request.isVerbatim = isVerbatim
        request.screen = origin
        request.terminal = (context.size.columns, context.size.rows)
        return [.support(.prepare(request), context.ticket(lastTicket))]
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket) -> [Effect] {
        if ticket.number == Self.lookingUp {
            if case .supportText(let text) = loaded { return [.push(.supportText(text))] }
            if case .failed(let complaint) = loaded { return [.toast(Toast(complaint))] }
        }
        guard ticket.number == lastTicket else { return [] }
        switch (loaded, phase) {
        case (.collectingBundle(let percent), .collecting): self.percent = percent
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
        case .refresh, .keepWords:
            if case .writing = phase { return "It is being written" }
            return nil
        case .showTexts: return part == nil ? "Nothing is collected yet" : nil
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
        case .keepWords:
            isVerbatim.toggle()
            return collect(context)
        case .showTexts:
            guard let bundle, let part else { return [] }
            return [.push(.supportText(SupportText(bundle, part)))]
        case .lookUpMask: return [.prompt(Self.maskPrompt)]
        case .back:
            guard case .collecting = phase else { return [.pop] }
            return [.support(.stop, context.ticket(lastTicket)), .pop]
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
