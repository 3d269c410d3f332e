import Domain
import Services
import TerminalKit

/// The form for a new schedule. The rule is read while it is typed: what it says in words, and its next three times.
struct AddScheduleScreen: Screen {
    let quietHours: QuietHours?
    var state: FormState
    var errors: [String: String] = [:]
    var problem = ""
    var isSaving = false
    var lastTicket = 0

    init(quietHours: QuietHours?) {
        self.quietHours = quietHours
        state = FormState(Form(fields: Kind.allCases.flatMap { Self.fields($0, [:]) }, buttons: []))
    }

    var scope: CommandScope { .addSchedule }
    var trail: [String] { ["Add a schedule"] }
    var isTyping: Bool { true }
    var isPanel: Bool { true }

    private typealias Kind = Schedule.Kind
    private static let portals = ["every portal"] + Portal.allCases.map(\.title)
    private var kind: Kind { state.choice("kind") == 0 ? .fetch : .digest }

    private static func fields(_ kind: Kind, _ errors: [String: String]) -> [Form.Field] {
        func text(_ id: String, _ label: String, _ placeholder: String, _ hint: String) -> Form.Field {
            Form.Field(id: id, label: label, placeholder: placeholder, hint: hint, error: errors[id])
        }
        let name = text("name", "Name", "morning", "by which it is listed, here and on the command line")
        let choice = Form.Field(
            id: "kind", label: "Does", kind: .choice(["Fetch notices", "Mail a digest"]), hint: "← → change it")
        let rule = text("rule", "When", "30 7 * * mon-sat", "minute hour day month weekday; * is every")
        guard kind == .fetch else {
            return [
                name, choice, text("to", "To", "asha ravi", "users, blank between; it tells of every portal"), rule,
            ]
        }
        return [
            name, choice,
            .init(id: "portal", label: "Portal", kind: .choice(portals), hint: "← → change it"),
            text("group", "Group", "every business", "only businesses of this group"), rule,
        ]
    }

    func form(_ context: ScreenContext) -> Form {
        var errors = errors
        if errors["rule"] == nil { errors["rule"] = mistake }
        return Form(
            fields: Self.fields(kind, errors),
            buttons: [
                .init(id: "save", title: "Add", isEnabled: !isSaving), .init(id: "cancel", title: "Cancel"),
            ], message: problem.isEmpty ? preview(context) : Line("✗ \(problem)", .danger))
    }

    /// What is wrong with a rule that has all its fields; one that is not typed to its end is no mistake yet.
    private var mistake: String? {
        let words = state.text("rule").split(separator: " ")
        guard words.count >= 5 || (words.count > 1 && words[0].hasPrefix("@")) else { return nil }
        return rule.problem
    }

    private var rule: (rule: CronRule?, problem: String?) {
        do throws(CronRule.Problem) {
            return (try CronRule(state.text("rule")), nil)
        } catch {
            return (nil, error.message)
        }
    }

    private func preview(_ context: ScreenContext) -> Line {
        guard let rule = rule.rule else {
            return Line(
                "Its next three times stand here once the rule is understood.\n"
                    + "Short for a rule: @hourly, @daily, @weekly, @monthly.", .muted)
        }
        // The rule means the clock on the wall, and so do the times on the screen.
        let times = rule.upcoming(3, after: context.now) { _ in context.utcOffset }
        guard let first = times.first else { return Line("\(rule.words)\nThat never comes.", .warning) }
        let next = times.map { context.dayAndMinute($0) }.joined(separator: " · ")
        guard let end = quietHours?.end(at: first, offset: { _ in context.utcOffset }) else {
            return Line("\(rule.words)\nnext: \(next)", .success)
        }
        return Line("\(rule.words)\nnext: \(next)\nQuiet hours hold it back until \(context.minute(end))", .warning)
    }
}

extension AddScheduleScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .key(let key): return handle(key, context)
        case .command(.back): return [.pop]
        case .paste(let text):
            if !isSaving { _ = state.paste(text, in: form(context)) }
            return []
        case .mouse(let target, let event) where event.action == .press:
            if target.name == "field" { state.focus = target.index }
            if target.name == "button" { return target.index == 0 ? save(context) : [.pop] }
            return []
        case .loaded(.done(let text), let ticket) where ticket.number == lastTicket:
            return [.pop, .toast(Toast(.success, text))]
        case .loaded(.told(let text, let detail), let ticket) where ticket.number == lastTicket:
            return [.pop, .toast(Toast(.warning, text, detail: detail))]
        case .loaded(.failed(let complaint), let ticket) where ticket.number == lastTicket:
            isSaving = false
            problem = complaint.description
            return []
        default: return []
        }
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        guard !isSaving else { return key == .escape ? [.pop] : [] }
        switch state.handle(key, in: form(context)) {
        case .cancel, .submit(buttonId: "cancel"): return [.pop]
        case .submit: return save(context)
        case .changed:
            errors = [:]
            problem = ""
        case .ignored: break
        }
        return []
    }

    private mutating func save(_ context: ScreenContext) -> [Effect] {
        guard !isSaving else { return [] }
        guard let schedule = checked(context) else {
            state.focus = form(context).fields.firstIndex { errors[$0.id] != nil } ?? 0
            return []
        }
        isSaving = true
        lastTicket += 1
        return [.schedules(.add(schedule), context.ticket(lastTicket))]
    }

    /// nil when a field is wrong; `errors` then says which and why.
    private mutating func checked(_ context: ScreenContext) -> Schedule? {
        errors = [:]
        func words(_ id: String) -> [String] { state.text(id).split(whereSeparator: \.isWhitespace).map(String.init) }
        let name = words("name").joined(separator: " ")
        if name.isEmpty { errors["name"] = "the name is needed" }
        let people = words("to").flatMap { $0.split(separator: ",").map(String.init) }
        if kind == .digest, people.isEmpty { errors["to"] = "somebody must get it" }
        errors["rule"] = rule.problem
        guard errors.isEmpty, let rule = rule.rule else { return nil }
        guard kind == .fetch else { return Schedule(name: name, kind: .digest, rule: rule, recipients: people) }
        let portal = state.choice("portal")
        let group = words("group").joined(separator: " ")
        return Schedule(
            name: name, kind: .fetch, portal: portal == 0 ? nil : Portal.allCases[portal - 1],
            group: group.isEmpty ? nil : group, rule: rule)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let drawing = FormDialog(title: "Add a schedule", form: form(context), width: 76)
            .draw(state, on: &canvas, in: rect)
        return Drawn(hits: drawing.hits, cursor: isSaving ? nil : drawing.cursor)
    }
}
