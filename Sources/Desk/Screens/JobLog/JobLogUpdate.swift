import Domain
import Services
import TerminalKit

extension JobLogScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return refresh(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handle(key, context)
        case .paste(let text):
            guard var editor = search else { return [] }
            editor.paste(text)
            searched(editor, context)
            return []
        case .mouse(_, let event):
            if event.action == .wheelUp { document.scroll(&pager, by: -3, in: size(context)) }
            if event.action == .wheelDown { document.scroll(&pager, by: 3, in: size(context)) }
            return []
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(.text("save", let file)): return [.saveLog(id, file: file, replaces: false, context.ticket(0))]
        case .answered(.yes("replace")):
            return fileToReplace.map { [.saveLog(id, file: $0, replaces: true, context.ticket(0))] } ?? []
        case .locked:
            reading.abandon()
            return []
        case .answered, .summary, .resized, .focusLost, .tick, .unmark: return []
        }
    }

    private mutating func refresh(_ context: ScreenContext) -> [Effect] {
        reading.refresh().map { [.loadJobLog(id, context.ticket($0))] } ?? []
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .jobLog(let job, let entries):
            guard reading.finish(ticket.number) else { return [] }
            let isFirst = self.job == nil
            show(job, entries, context)
            if isFirst, job.status == .failed { showFirstError(context) }
            return reading.isStale ? refresh(context) : []
        case .account(let account): return openLogin(account)
        case .fileExists(let file):
            fileToReplace = file
            return [.ask(.replace(file))]
        case .done(let text): return [.toast(Toast(.success, text))] + refresh(context)
        case .failed(let complaint):
            _ = reading.finish(ticket.number)
            guard job == nil else { return [.toast(Toast(complaint))] }
            failure = complaint
            return []
        default: return []
        }
    }

    /// A failed job opens where it went wrong, when that is not on the first screen.
    private mutating func showFirstError(_ context: ScreenContext) {
        let text = JobLogText(entries: entries, times: times, utcOffset: context.utcOffset)
        let rows = size(context).rows
        guard let line = text.firstErrorLine, line >= rows else { return }
        document.scroll(&pager, by: line - rows / 2, in: size(context))
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .retry:
            guard let job else { return "The job is not loaded" }
            return [.failed, .cancelled, .retrying].contains(job.status)
                ? nil : "This job is \(job.status.title.lowercased())"
        case .nextMatch, .previousMatch:
            guard pager.matches.isEmpty else { return nil }
            return pager.query.isEmpty ? "Nothing was searched for: press /" : "No line holds what was searched for"
        case .editCredential, .copy, .save: return job == nil ? "The job is not loaded" : nil
        default: return nil
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .search: search = LineEditor(pager.query)
        case .nextMatch: _ = document.handle("n", &pager, in: size(context))
        case .previousMatch: _ = document.handle("N", &pager, in: size(context))
        case .wrap: _ = document.handle("w", &pager, in: size(context))
        case .times: nextTimes(context)
        case .copy: return [.copy(plainText(context)), .toast(Toast(.info, "Log sent to the terminal's clipboard"))]
        case .save:
            let file = "\(context.settings.exportFolder)/portaldesk-job-\(id).log"
            return [
                .prompt(
                    Prompt(
                        id: "save", title: "Save log", label: "File", initial: file, needed: EInvoiceDeeds.fileNeeded))
            ]
        case .editCredential: return job.map { [.loadAccount($0.identity, context.ticket(0))] } ?? []
        case .retry: return [.retry([id], context.ticket(0))]
        case .refresh: return refresh(context)
        case .back:
            if !pager.query.isEmpty {
                document.search("", &pager, in: size(context))
                return []
            }
            return [.pop]
        default: break
        }
        return []
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        guard var editor = search else {
            _ = document.handle(key, &pager, in: size(context))
            return []
        }
        switch key {
        case .enter: search = nil
        case .escape:
            search = nil
            document.search("", &pager, in: size(context))
        default: if editor.handle(key) { searched(editor, context) }
        }
        return []
    }

    private mutating func searched(_ editor: LineEditor, _ context: ScreenContext) {
        search = editor
        document.search(editor.text, &pager, in: size(context))
    }
}
