import Domain
import Services
import TerminalKit

extension NoticesScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared:
            if !list.isLoaded { filterChanged(context) }
            return refresh(context)
        case .key(let key): return handleList(key, context) + looked(context)
        case .mouse(let target, let event): return handle(target, event, context)
        case .answered(let answer): return handle(answer, context)
        default: return updateList(event, context)
        }
    }

    func tablePlace(_ context: ScreenContext) -> Rect { Layout(context, isDetailOpen: isDetailOpen).table }
    /// A detail that opens and closes turns no pages.
    func mostRows(_ context: ScreenContext) -> Int { Table.visibleRows(in: Layout(context, isDetailOpen: false).table) }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect { .loadNotices(query(context), ticket) }

    mutating func filterChanged(_ context: ScreenContext) {
        filter = NoticeFilterText.parse(list.filter.text, me: context.user?.name)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .notices(let page):
            guard let more = show(page, ticket, context) else { return [] }
            unseen = page.unseen
            return more + readDossier(context)
        case .dossier(let found):
            if found?.notice.id == list.selected?.id { dossier = found }
            return []
        case .tdsDraft(let draft): return [.push(.tdsRequest(draft))]
        case .fileExists(let file):
            fileToReplace = file
            return [.ask(.replace(file))]
        case .failed(let complaint) where ticket.number == asked.number && asked.prompt != nil:
            return askAgain(complaint.description)
        default: return takeList(loaded, ticket, context)
        }
    }

    /// What follows when the detail of another notice is on the screen.
    private mutating func looked(_ context: ScreenContext) -> [Effect] {
        let isOther = dossier?.notice.id != list.selected?.id
        return seen(context) + (isOther ? readDossier(context) : [])
    }

    private func readDossier(_ context: ScreenContext) -> [Effect] {
        guard isDetailOpen, let notice = list.selected else { return [] }
        return [.loadDossier(notice.id, context.ticket(0))]
    }

    /// A notice whose detail is on the screen has been seen.
    private mutating func seen(_ context: ScreenContext) -> [Effect] {
        guard isDetailOpen, let notice = list.selected, unseen.remove(notice.id) != nil else { return [] }
        return [.markSeen([notice.id], context.ticket(0))]
    }

    private mutating func handle(
        _ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext
    ) -> [Effect] {
        guard event.action == .press else { return handleList(target, event, context) }
        switch target.name {
        case "row" where list.selectedIndex == target.index: return give(.open, context)
        case "header":
            guard let field = NoticeQuery.SortField(rawValue: Self.columns(context)[target.index].id) else { return [] }
            return sorted(
                by: field, isDescending: sort == field ? !isDescending : Self.startsDescending(field), context)
        default: return handleList(target, event, context) + looked(context)
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .copy, .markSeen, .assign, .tag, .note, .setDue, .history:
            return list.selected == nil ? "No notice is selected" : nil
        case .saveDocument:
            guard let notice = list.selected else { return "No notice is selected" }
            if notice.facts.documents.isEmpty { return "This notice has no documents" }
            return notice.facts.documents.contains { $0.sha256 != nil } ? nil : "Its documents were not downloaded yet"
        case .settle:
            guard let notice = list.selected else { return "No notice is selected" }
            return notice.stateIsOurs ? nil : "The portal tells the state of this notice, so it is the portal's"
        case .requestReport:
            guard let notice = list.selected else { return "No notice is selected" }
            return notice.facts.place == .defaultSummary ? nil : "Reports belong to default summaries of TRACES"
        case .export: return (list.total ?? 0) == 0 ? "The list is empty" : nil
        default: return listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open:
            isDetailOpen.toggle()
            list.fit(visibleRows: visibleRows(context))
            // Notes and dates may have come while it was closed.
            return seen(context) + readDossier(context)
        case .requestReport: return list.selected.map { [.tds(.draft($0.id), context.ticket(0))] } ?? []
        case .assign, .tag, .note, .setDue, .settle: return remember(askForWork(command, context))
        case .add: return [.push(.addNotice(identity: identity ?? list.selected?.identity))]
        case .history: return list.selected.map { [.push(.noticeStory($0))] } ?? []
        case .calendar: return [.push(.noticeCalendar(identity: identity, filter: list.filter.text))]
        case .saveDocument: return remember(askForFolder(context))
        case .export:
            asked.begin(about: [])
            return askForFile(context)
        case .markSeen:
            let ids = list.targets.map(\.id)
            list.clearMarks()
            unseen.subtract(ids)
            return [.markSeen(ids, context.ticket(0))]
        case .sort:
            let fields = Self.sortFields
            let next = fields[((fields.firstIndex(of: sort) ?? 0) + 1) % fields.count]
            return sorted(by: next, isDescending: Self.startsDescending(next), context)
        case .reverseSort: return sorted(by: sort, isDescending: !isDescending, context)
        case .copy: return list.selected.map { copied($0.facts.reference) } ?? []
        case .back: return back(context)
        default: return giveList(command, context)
        }
    }

    private mutating func askForFolder(_ context: ScreenContext) -> [Effect] {
        guard let notice = list.selected else { return [] }
        asked.begin(about: [notice.id])
        let title = "Save documents of \(Text.clip(notice.facts.reference, to: 30))"
        return [
            .prompt(
                Prompt(
                    id: "documents", title: title, label: "Folder", initial: context.settings.exportFolder,
                    needed: "name the folder, or leave with Esc"))
        ]
    }

    private func askForFile(_ context: ScreenContext) -> [Effect] {
        let prompt = Prompt(
            id: "export", title: "Export \(Counted.text(list.total ?? 0, "notice"))", label: "File",
            initial: "\(context.settings.exportFolder)/notices.csv",
            hint: ".json gives JSON Lines, .ics a calendar of due dates, any other name CSV",
            needed: EInvoiceDeeds.fileNeeded)
        return [.prompt(prompt)]
    }

    private mutating func handle(_ answer: Answer, _ context: ScreenContext) -> [Effect] {
        if case .text(asked.prompt?.id, let typed) = answer { asked.prompt?.initial = typed }
        switch answer {
        case .text("page", let text): return goTo(page: text, context)
        case .text("export", let file): return [export(to: file, replaces: false, context)]
        case .yes("replace"): return fileToReplace.map { [export(to: $0, replaces: true, context)] } ?? []
        case .text("documents", let folder):
            return asked.notices.first.map { [.saveDocuments($0, folder: folder, context.ticket(asked.number))] } ?? []
        default: return work(answer, context)
        }
    }

    /// The whole filtered list, whatever page is on the screen.
    private func export(to file: String, replaces: Bool, _ context: ScreenContext) -> Effect {
        var query = query(context)
        query.page = 1
        query.perPage = nil
        return .exportNotices(query, file: file, replaces: replaces, context.ticket(0))
    }

    private static func startsDescending(_ field: NoticeQuery.SortField) -> Bool {
        field == .issued || field == .firstSeen
    }

    private mutating func sorted(
        by field: NoticeQuery.SortField, isDescending: Bool, _ context: ScreenContext
    ) -> [Effect] {
        sort = field
        self.isDescending = isDescending
        list.reorder()
        let text = DeskSettings.sortText(field.rawValue, isDescending: isDescending)
        return [.remember(.noticeSort, text)] + readAnew(context)
    }

    private mutating func back(_ context: ScreenContext) -> [Effect] {
        guard isDetailOpen else { return backInList(context) ?? [.pop] }
        isDetailOpen = false
        list.fit(visibleRows: visibleRows(context))
        return []
    }
}
