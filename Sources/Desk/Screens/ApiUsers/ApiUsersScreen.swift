import Domain
import Services
import TerminalKit

extension ApiUserService.Entry: ListRow {
    var rowId: String { "\(provider)/\(gstin)" }
}

/// Users of GSTINs at the APIs of authorities: those that an authority refused come first, for actions wait for them.
struct ApiUsersScreen: FramedList {
    var list = ListControl<ApiUserService.Entry>()
    /// Names of those through whom actions go.
    var providers: [String] = []
    /// The one that the question on the screen is about.
    private var toRemove: ApiUserService.Entry?

    static let detailRows = 4
    var pageSizeSetting: DeskSetting? { nil }
    var fillsScreen: Bool { false }
    var scope: CommandScope { .apiUsers }
    var trail: [String] { ["API users"] }
    var openCommand: CommandId? { .open }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        if case .answered(.yes("remove")) = event {
            return toRemove.map { [.apiUsers(.remove($0.gstin, provider: $0.provider), context.ticket(0))] } ?? []
        }
        return updateList(event, context)
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect { .apiUsers(.list, ticket) }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .apiUsers(let users, let providers):
            self.providers = providers
            return show(.init(whole: wanted(users)), ticket, context) ?? []
        case .done: return takeList(loaded, ticket, context) + refresh(context)
        default: return takeList(loaded, ticket, context)
        }
    }

    /// What the filter leaves, the refused ones first.
    private func wanted(_ users: [ApiUserService.Entry]) -> [ApiUserService.Entry] {
        let words = list.filter.text.lowercased().split(whereSeparator: \.isWhitespace)
        let left = users.filter { user in
            let known = "\(user.gstin) \(user.provider) \(user.name) \(user.refusal == nil ? "" : "refused")"
                .lowercased()
            return words.allSatisfy { known.contains($0) }
        }
        return left.filter { $0.refusal != nil } + left.filter { $0.refusal == nil }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .add: providers.isEmpty ? "No provider carries out actions: its file names connector irp or ewb" : nil
        case .open, .remove, .copy: list.selected == nil ? "No API user is selected" : nil
        default: listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .add: return [.push(.apiUser(nil, providers: providers))]
        case .open: return list.selected.map { [.push(.apiUser($0, providers: [$0.provider]))] } ?? []
        case .copy: return list.selected.map { copied($0.gstin.text) } ?? []
        case .remove:
            toRemove = list.selected
            return toRemove.map { [.ask(Self.removal($0))] } ?? []
        default: return giveList(command, context)
        }
    }

    private static func removal(_ user: ApiUserService.Entry) -> Question {
        Question(
            id: "remove", title: "Forget this API user?",
            facts: [
                Dialog.Fact("GSTIN", user.gstin.text), Dialog.Fact("Provider", user.provider),
                Dialog.Fact("User name", HarmlessText.line(user.name, limit: 60)),
            ],
            body: "Its password goes too. Actions of this GSTIN through this provider stop until another one is kept.",
            yes: "Forget")
    }
}

extension ApiUsersScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        let refused = list.rows.count { $0.refusal != nil }
        let note =
            refused > 0
            ? Line("✗ \(refused) refused", .danger) : Line(Counted.text(list.rows.count, "API user"), .muted)
        return ListHeading(
            title: "API users", placeholder: "GSTIN  provider  refused", note: list.isLoaded ? note : .empty)
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        [
            TableColumn(id: "gstin", title: "GSTIN", width: .fixed(15)),
            TableColumn(
                id: "provider", title: "Provider", width: .flexible(least: 10, weight: 1),
                wanted: list.rows.map { Text.width($0.provider) }.max() ?? 0),
            TableColumn(id: "name", title: "User name", width: .flexible(least: 12, weight: 2)),
            TableColumn(id: "changed", title: "Set", width: .fixed(11), dropOrder: 1),
            TableColumn(id: "state", title: "State", width: .fixed(12)),
        ]
    }

    func cells(_ user: ApiUserService.Entry, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(user.gstin.text), Line(user.provider), Line(HarmlessText.line(user.name, limit: 100)),
            Line(context.day(user.changedAt), .muted),
            user.refusal == nil ? Line("○ kept", .muted) : Line("✗ refused", .danger),
        ]
    }

    func emptyText(_ context: ScreenContext) -> String {
        "No API user is kept yet. One is made at the authority's own pages, under API registration; "
            + "press \(context.label(.add, scope)) to keep it here."
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let user = list.selected else { return [] }
        let head = Line("\(user.gstin)", .heading, .bold) + Line(" · \(user.provider)", .heading)
        guard let refusal = user.refusal else {
            let since = "set \(context.moment(user.changedAt)); the authority has not refused it since"
            return [head, Line(since, .muted)]
        }
        let why = "Refused by the authority: \(refusal). Nothing is asked with it until it is set right "
        let cure = "(\(context.label(.open, scope))); what was stopped for it then goes on by itself."
        return [head] + Text.wrap(why + cure, to: max(1, width), lines: Self.detailRows - 1).map { Line($0, .danger) }
    }

    func footer(_ context: ScreenContext) -> Line {
        Line("Passwords are sealed in the vault and never shown.", .muted)
    }
}
