import Domain
import Services
import TerminalKit

/// The form for a new schedule. The rule is read while it is typed: what it says in words, and its next three times.
struct AddScheduleScreen: FormScreen {
    let quietHours: QuietHours?
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    init(quietHours: QuietHours?) {
        self.quietHours = quietHours
        state = FormState(Form(fields: Kind.allCases.flatMap { Self.fields($0, [:]) }, buttons: []))
    }

    var scope: CommandScope { .addSchedule }
    var trail: [String] { ["Add a schedule"] }
    var title: String { "Add a schedule" }

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
            buttons: [.init(id: "save", title: "Add"), .init(id: "cancel", title: "Cancel")],
            message: message.isEmpty ? preview(context) : message)
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
    mutating func saving(_ context: ScreenContext) -> ((Ticket) -> Effect)? {
        checked().map { schedule in { .schedules(.add(schedule), $0) } }
    }

    /// nil when a field is wrong; `errors` then says which and why.
    private mutating func checked() -> Schedule? {
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
}
