import Domain
import Services
import TerminalKit

extension TdsRequest: ListRow { var rowId: Int64 { id } }

/// Justification reports and conso files that TRACES was asked to make, the latest first, with what it said.
struct TdsRequestsScreen: FramedList {
    var list = ListControl<TdsRequest>()
    /// What the question on the screen is about.
    var asked: TdsRequest?

    var pageSizeSetting: DeskSetting? { nil }
    var fillsScreen: Bool { false }
    var scope: CommandScope { .tdsRequests }
    var trail: [String] { ["Files asked of TRACES"] }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect { .tds(.list, ticket) }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        guard case .answered(.yes("withdraw")) = event else { return updateList(event, context) }
        return asked.map { [.tds(.withdraw($0.id), context.ticket(0))] } ?? []
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        guard case .tdsRequests(let requests) = loaded else {
            let told = takeList(loaded, ticket, context)
            if case .done = loaded { return told + refresh(context) }
            return told
        }
        let words = list.filter.text.lowercased().split(whereSeparator: \.isWhitespace)
        let wanted = requests.filter { request in
            let wish = request.wish
            let known = [
                request.identity.text, wish.kind.title, wish.form, wish.period, Self.badge(request).word,
                request.number, request.person,
            ].joined(separator: " ").lowercased()
            return words.allSatisfy { known.contains($0) }
        }
        return show(.init(whole: wanted), ticket, context) ?? []
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .copy: return list.selected == nil ? "No file was asked for" : nil
        case .remove:
            guard let selected = list.selected else { return "No file was asked for" }
            return selected.state == .wanted ? nil : "The portal was asked for it already, or it is over"
        default: return listReason(command)
        }
    }

    /// What has left is withdrawn by nobody.
    func hints(_ command: CommandId) -> Bool {
        if list.filter.isEditing { return CommandTable.worksWhileTyping(command) }
        return command != .remove || list.selected?.state == .wanted
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        if command == .add {
            var draft = TdsRequestService.Draft()
            draft.tan = list.selected?.identity.text ?? ""
            return [.push(.tdsRequest(draft))]
        }
        guard let selected = list.selected else { return giveList(command, context) }
        switch command {
        case .copy: return copied(selected.number.isEmpty ? selected.identity.text : selected.number)
        case .remove:
            asked = selected
            return [
                .ask(
                    Question(
                        id: "withdraw", title: "Withdraw this request?",
                        body: "\(Self.name(selected)) of \(selected.identity). The portal was not asked for it yet.",
                        yes: "Withdraw"))
            ]
        default: return giveList(command, context)
        }
    }

    private static func name(_ request: TdsRequest) -> String {
        "\(request.wish.kind.title.startingUpper), \(request.wish.form) \(request.wish.period)"
    }

    // MARK: Drawing

    func heading(_ context: ScreenContext) -> ListHeading {
        let waiting = list.rows.count { $0.state == .wanted }
        let note = waiting > 0 ? Line("· \(waiting.grouped) for the next fetch", .info) : .empty
        return ListHeading(
            title: "Files asked of TRACES", placeholder: "TAN  form  refused",
            note: list.isLoaded ? note : .empty)
    }

    private static func badge(_ request: TdsRequest) -> Badge {
        switch request.state {
        case .wanted: Badge(glyph: "·", word: "Next fetch", role: .info)
        case .asking: Badge(glyph: "◌", word: "Asking", role: .info)
        case .asked: Badge(glyph: "✓", word: "Asked", role: .success)
        case .refused: Badge(glyph: "✗", word: "Refused", role: .danger)
        }
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        [
            TableColumn(id: "state", title: "State", width: .fixed(12)),
            TableColumn(id: "tan", title: "TAN", width: .fixed(10)),
            TableColumn(id: "kind", title: "File", width: .fixed(20)),
            TableColumn(id: "form", title: "Form", width: .fixed(5)),
            TableColumn(id: "period", title: "Period", width: .fixed(13)),
            TableColumn(id: "number", title: "Number", width: .flexible(least: 10, weight: 1)),
            TableColumn(id: "created", title: "Wanted", width: .fixed(11), dropOrder: 1),
        ]
    }

    func cells(_ request: TdsRequest, serial: Int, _ context: ScreenContext) -> [Line] {
        let wish = request.wish
        return [
            Self.badge(request).line, Line(request.identity.text), Line(wish.kind.title.startingUpper),
            Line(wish.form), Line(wish.period), Line(request.number),
            Line(context.day(request.createdAt), .muted),
        ]
    }

    func emptyText(_ context: ScreenContext) -> String {
        "TRACES was asked for no file yet. \(context.label(.add, scope)) asks for one; "
            + "\(context.label(.requestReport, .notices)) on a default summary in Notices & Orders for its justification "
            + "report."
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let request = list.selected else { return [] }
        let head =
            Line(Self.name(request), .heading, .bold)
            + Line(" · \(request.identity)", .heading)
        let by = "wanted by \(HarmlessText.line(request.person, limit: 60)) on \(context.full(request.createdAt))"
        let settled = request.settledAt.map { " · settled on \(context.full($0))" } ?? ""
        return [head, Line(by + settled, .muted)]
            + Text.wrap(Self.next(request), to: max(1, width), lines: 1).map {
                Line($0, request.state == .refused ? .danger : .text)
            }
    }

    /// What became of it, or what comes next.
    private static func next(_ request: TdsRequest) -> String {
        switch request.state {
        case .wanted:
            (request.said.isEmpty ? "" : "Could not be asked for: \(request.said). ")
                + "The next fetch of the TAN asks the portal; a person reads its captcha."
        case .asking: "The portal is being asked for it."
        case .asked: "The portal makes it over days; a later fetch reads it into the notice."
        case .refused: request.said.isEmpty ? "The portal did not take it." : request.said
        }
    }

    func footer(_ context: ScreenContext) -> Line {
        Line("\(Counted.text(list.rows.count, "request"))", .muted)
    }
}
