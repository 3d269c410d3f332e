import Domain
import Services
import TerminalKit

/// The form for a taxpayer's written authority: from which day, and where the paper lies. Without it connectors that
/// enter a portal as its own pages do are not used for the login.
struct AuthorityScreen: Screen {
    let identity: PortalIdentity
    let business: String
    var standing: AuthorityService.Standing?
    var state: FormState
    var dayError: String?
    var problem = ""
    var isSaving = false

    init(identity: PortalIdentity, business: String) {
        self.identity = identity
        self.business = business
        state = FormState(Form(fields: Self.fields(nil, isReadOnly: false), buttons: []))
    }

    var scope: CommandScope { .authority }
    var trail: [String] { ["Written authority"] }
    var isTyping: Bool { true }
    var holdsUnsaved: Bool { state.isEdited && !isSaving }
    var isPanel: Bool { true }

    /// A request that changes something; reading is number 0.
    private static let deed = 1

    private static func fields(_ error: String?, isReadOnly: Bool) -> [Form.Field] {
        [
            .init(
                id: "day", label: "Given on", placeholder: "DD-MM-YYYY", hint: "the day that the paper bears",
                error: error, isReadOnly: isReadOnly),
            .init(
                id: "note", label: "Paper", placeholder: "folder 12", hint: "where it lies, in your own words",
                isReadOnly: isReadOnly),
        ]
    }

    func form(_ context: ScreenContext) -> Form {
        let close = Form.Button(id: "close", title: "Close")
        // Whoever may only look has nothing but the way back.
        guard context.refusal(.editCredential) == nil else {
            return Form(fields: Self.fields(nil, isReadOnly: true), buttons: [close], message: message(context))
        }
        let isOpen = standing != nil && !isSaving
        return Form(
            fields: Self.fields(dayError, isReadOnly: !isOpen),
            buttons: [
                .init(id: "record", title: "Record", isEnabled: isOpen),
                .init(id: "withdraw", title: "Withdraw", isEnabled: isOpen && standing?.authority != nil), close,
            ], message: message(context))
    }

    private func message(_ context: ScreenContext) -> Line {
        if !problem.isEmpty { return Line("✗ \(problem)", .danger) }
        guard let standing else { return Line("Looking what is recorded…", .muted) }
        var parts = [standing.sentence(context)]
        if !standing.isNeeded { parts.append("The provider that serves this login needs none.") }
        if let refusal = context.refusal(.editCredential) { parts.append(refusal + ".") }
        return Line(parts.joined(separator: "\n"), standing.isMissing ? .warning : .muted)
    }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return [.authority(.standings([identity]), context.ticket(0))]
        case .key(let key): return handle(key, context)
        case .command(.back): return [.pop]
        case .paste(let text):
            _ = state.paste(text, in: form(context))
            return []
        case .mouse(let target, let event) where event.action == .press: return press(target, context)
        case .answered(.yes("withdraw")):
            isSaving = true
            return [.authority(.withdraw(identity), context.ticket(Self.deed))]
        case .loaded(let loaded, let ticket): return take(loaded, isDeed: ticket.number == Self.deed, context)
        default: return []
        }
    }

    private mutating func take(_ loaded: Loaded, isDeed: Bool, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .authorities(let found):
            guard let found = found[identity] else { return [] }
            // What somebody has begun to type stays, whatever is committed meanwhile.
            if standing == nil {
                standing = found
                let texts = found.authority.map { ["day": TimeText.date($0.givenOn), "note": $0.note] } ?? [:]
                state = FormState(form(context), texts: texts)
            }
            standing = found
        case .done(let text): return [.pop, .toast(Toast(.success, text))]
        case .failed(let complaint):
            if isDeed { isSaving = false }
            problem = complaint.description.startingUpper
        default: break
        }
        return []
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        switch state.handle(key, in: form(context)) {
        case .cancel: return [.pop]
        case .submit(let id):
            let buttons = form(context).buttons
            let button = id.flatMap { id in buttons.first { $0.id == id } } ?? buttons.first
            return button.map { $0.isEnabled ? give($0.id, context) : [] } ?? []
        case .changed:
            dayError = nil
            problem = ""
        case .ignored: break
        }
        return []
    }

    private mutating func press(_ target: HitTarget, _ context: ScreenContext) -> [Effect] {
        let form = form(context)
        switch target.name {
        case "field" where !form.fields[target.index].isReadOnly: state.focus = target.index
        case "button" where form.buttons[target.index].isEnabled: return give(form.buttons[target.index].id, context)
        default: break
        }
        return []
    }

    private mutating func give(_ button: String, _ context: ScreenContext) -> [Effect] {
        switch button {
        case "record": return record(context)
        case "withdraw":
            let question = Question(
                id: "withdraw", title: "Withdraw the authority of \(identity)?",
                body:
                    "From now on nothing is fetched or verified for it, and its jobs in the queue end. The audit trail "
                    + "keeps who recorded and who withdrew it.", yes: "Withdraw")
            return [.ask(question)]
        default: return [.pop]
        }
    }

    private mutating func record(_ context: ScreenContext) -> [Effect] {
        guard let day = LegalDate(typed: state.text("day").filter { !$0.isWhitespace }) else {
            dayError = "write the day as 01-04-2026"
            state.focus = 0
            return []
        }
        isSaving = true
        return [.authority(.record(identity, day, note: state.text("note")), context.ticket(Self.deed))]
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let name = business.isEmpty ? identity.portal.shortName : Text.clip(business, to: 30)
        let drawing = FormDialog(title: "Written authority · \(name) · \(identity)", form: form(context), width: 76)
            .draw(state, on: &canvas, in: rect)
        return Drawn(hits: drawing.hits, cursor: isSaving ? nil : drawing.cursor)
    }
}

extension AuthorityService.Standing {
    /// Who recorded what, or that there is nothing.
    func sentence(_ context: ScreenContext) -> String {
        guard let authority else {
            return isNeeded
                ? "! None is recorded: nothing is fetched or verified for this login." : "None is recorded."
        }
        return "✓ Recorded by \(authority.recordedBy), \(context.day(authority.recordedAt))."
    }

    /// For one line under a list; empty where none is needed.
    func line(_ key: String, _ context: ScreenContext) -> Line {
        guard let authority else {
            return isNeeded ? Line("! no written authority: \(key)", .warning, .bold) : .empty
        }
        let place = authority.note.isEmpty ? "" : ", \(Text.clip(authority.note, to: 24))"
        return Line("✓ authority of \(TimeText.date(authority.givenOn))\(place) (\(authority.recordedBy))", .muted)
    }
}
