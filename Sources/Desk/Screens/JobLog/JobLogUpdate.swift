import Domain
import Services
import TerminalKit

extension JobLogScreen {
    public mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return reload(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handle(key, context)
        case .paste(let text):
            guard var editor = search else { return [] }
            editor.paste(text)
            searched(editor, context)
            return []
        case .mouse(_, let event):
            if event.action == .wheelUp { document(context).scroll(&pager, by: -3, in: size(context)) }
            if event.action == .wheelDown { document(context).scroll(&pager, by: 3, in: size(context)) }
            return []
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(.text("save", let file)): return [.saveLog(id, file: file, context.ticket(lastTicket))]
        case .answered, .summary, .resized, .focusLost: return []
        }
    }

    private mutating func reload(_ context: ScreenContext) -> [Effect] {
        lastTicket += 1
        return [.loadJobLog(id, context.ticket(lastTicket))]
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .jobLog(let job, let entries):
            guard ticket.number == lastTicket else { return [] }
            let isFirst = self.job == nil
            self.job = job
            self.entries = entries
            failure = nil
            if isFirst, job.status == .failed { showFirstError(context) }
        case .account(let account): return account.map { [.push(.editLogin($0))] } ?? []
        case .done(let text): return [.toast(Toast(.success, text))] + reload(context)
        case .failed(let complaint):
            if job == nil {
                failure = complaint
            } else {
                return [.toast(Toast(.danger, complaint.what, detail: complaint.why))]
            }
        default: break
        }
        return []
    }

    /// A failed job opens where it went wrong, when that is not on the first screen.
    private mutating func showFirstError(_ context: ScreenContext) {
        guard let index = lines(context).firstIndex(where: { $0.isError }) else { return }
        let rows = size(context).rows
        if index >= rows { document(context).scroll(&pager, by: index - rows / 2, in: size(context)) }
    }

    public func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .retry:
            guard let job else { return "The job is not loaded" }
            return [.failed, .cancelled, .retrying].contains(job.status)
                ? nil : "This job is \(job.status.title.lowercased())"
        case .nextMatch, .previousMatch: return pager.matches.isEmpty ? "Nothing was searched for: press /" : nil
        case .editCredential, .copy, .save: return job == nil ? "The job is not loaded" : nil
        default: return nil
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .search: search = LineEditor(pager.query)
        case .nextMatch: _ = document(context).handle("n", &pager, in: size(context))
        case .previousMatch: _ = document(context).handle("N", &pager, in: size(context))
        case .wrap: _ = document(context).handle("w", &pager, in: size(context))
        case .times: times = Times(rawValue: (times.rawValue + 1) % 3) ?? .clock
        case .copy: return [.copy(plainText(context)), .toast(Toast(.info, "Log sent to the terminal's clipboard"))]
        case .save:
            let file = "\(context.settings.exportFolder)/portaldesk-job-\(id).log"
            return [.prompt(Prompt(id: "save", title: "Save log", label: "File", initial: file))]
        case .editCredential: return job.map { [.loadAccount($0.identity, context.ticket(lastTicket))] } ?? []
        case .retry: return [.retry([id], context.ticket(lastTicket))]
        case .refresh: return reload(context)
        case .back:
            if !pager.query.isEmpty {
                document(context).search("", &pager, in: size(context))
                return []
            }
            return [.pop]
        default: break
        }
        return []
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        guard var editor = search else {
            _ = document(context).handle(key, &pager, in: size(context))
            return []
        }
        switch key {
        case .enter: search = nil
        case .escape:
            search = nil
            document(context).search("", &pager, in: size(context))
        default: if editor.handle(key) { searched(editor, context) }
        }
        return []
    }

    private mutating func searched(_ editor: LineEditor, _ context: ScreenContext) {
        search = editor
        document(context).search(editor.text, &pager, in: size(context))
    }
}
