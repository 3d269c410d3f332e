import Domain
import Services
import TerminalKit

extension ConnectScreen {
    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        let name = business.isEmpty ? "" : Text.clip(business, to: 34) + " · "
        var inner = PanelFrame.draw("Connect · \(name)\(identity)", on: &canvas, in: rect, hits: &drawn.hits)
        guard let connection else {
            let line = problem.isEmpty ? Line("Loading…", .muted) : Line("✗ \(problem)", .danger)
            canvas.put(line, in: inner, surface: .panel)
            return drawn
        }
        put(
            Line(
                "From the GSP to the first call. What is done stays done: leave with Esc, and go on at any time.",
                .muted),
            on: &canvas, in: &inner)
        _ = inner.sliceTop(1)
        for step in Step.allCases { draw(step, connection, on: &canvas, in: &inner, context) }
        _ = inner.sliceTop(1)
        for line in told(connection, context) { put(line, on: &canvas, in: &inner) }
        let form = form(context)
        _ = inner.sliceTop(inner.height > form.height(width: inner.width) ? 1 : 0)
        let drawing = form.draw(
            state, on: &canvas, in: inner.top(form.height(width: inner.width)), surface: .panel)
        drawn.hits.merge(drawing.hits)
        drawn.cursor = busy.isEmpty ? drawing.cursor : nil
        return drawn
    }

    private func draw(
        _ step: Step, _ connection: GspService.Connection, on canvas: inout Canvas, in inner: inout Rect,
        _ context: ScreenContext
    ) {
        var row = inner.sliceTop(1)
        let place = connection.current.map { $0.rawValue } ?? Step.allCases.count
        let isFailed = step == .access && connection.standing.state == .accessOff
        let (glyph, role): (String, Role) =
            step.rawValue < place
            ? ("✓", .success) : isFailed ? ("✗", .danger) : step.rawValue == place ? ("▸", .accent) : ("○", .muted)
        let isCurrent = step.rawValue == place
        canvas.put("\(step.rawValue + 1)", in: row.sliceLeft(3), style: Style(.key, on: .panel))
        canvas.put(glyph, in: row.sliceLeft(2), style: Style(role, on: .panel, isCurrent ? .bold : []))
        canvas.put(
            step.title, in: row.sliceLeft(20),
            style: Style(
                isCurrent ? .heading : step.rawValue < place ? .text : .muted, on: .panel, isCurrent ? .bold : []))
        let text = step.rawValue <= place ? standing(of: step, connection, isDone: step.rawValue < place, context) : ""
        canvas.put(text, in: row, style: Style(isFailed ? .danger : isCurrent ? .text : .muted, on: .panel))
    }

    /// What is known of a step, in few words.
    private func standing(
        of step: Step, _ connection: GspService.Connection, isDone: Bool, _ context: ScreenContext
    ) -> String {
        let standing = connection.standing
        switch step {
        case .provider:
            if isDone { return standing.provider }
            return standing.provider.isEmpty ? "nobody serves it" : "\(standing.provider) is no GSP"
        case .credentials:
            if isDone { return "user \(connection.username ?? "") · the GSP's secrets are there" }
            guard connection.username != nil else { return "no login is stored" }
            return "not in the vault: \(connection.missingSecrets.joined(separator: ", "))"
        case .access:
            if isDone { return standing.access == .unknown ? "not known" : "on" }
            return standing.state == .accessOff ? "off" : "not known until GSTN is asked"
        case .otp:
            if isDone { return "taken" }
            return standing.until.map { "with the authorised signatory, good until \(context.minute($0))" } ?? ""
        case .firstCall: return isDone ? "went through" : "the session is open"
        }
    }

    /// What to do now, or what goes on.
    private func told(_ connection: GspService.Connection, _ context: ScreenContext) -> [Line] {
        if !busy.isEmpty { return [Line(busy, .running)] }
        var lines: [Line] = []
        if !problem.isEmpty { lines.append(Line("✗ \(problem)", .danger)) }
        if let refusal = refusal(context) { return lines + [Line("✗ \(refusal)", .danger)] }
        if connection.isUnderWay(at: context.now) {
            return lines + [Line("The worker has it: job \(connection.job?.id.description ?? "").", .running)]
        }
        return lines + [instruction(connection, context)] + hint(connection) + lastFailure(connection, context)
    }

    private func instruction(_ connection: GspService.Connection, _ context: ScreenContext) -> Line {
        switch connection.current {
        case .provider where connection.choices.isEmpty:
            Line("No GSP is in this workspace yet. An admin adds its file: portaldesk provider add FILE", .warning)
        case .provider: Line("Choose the GSP that shall serve this GSTIN.")
        case .credentials where connection.username == nil:
            Line(
                "GSTN knows the taxpayer by the user name of the GST Portal. The password beside it serves the bridge and people; GSTN never gets it."
            )
        case .credentials: Line("Enter what the GSP gave your firm. The client id stands in the provider file.")
        case .access:
            Line(
                "The taxpayer switches API access on. \(GspService.accessPath). Asking for the OTP tells whether it is on."
            )
        case .otp where connection.waitingJob == nil:
            Line("No job waits for this OTP any more. Another one can be asked for when it has run out.", .warning)
        case .otp:
            Line(
                "\((connection.waitingJob?.message ?? "").withoutFullStop). It comes by SMS and e-mail; ask the signatory for it."
            )
        case .firstCall: Line("The session is open; one cheap call shows that it works.")
        case nil:
            Line(
                "✓ Connected\(connection.standing.until.map { " until \(context.full($0))" } ?? ""). The session is refreshed by itself while API access lasts.",
                .success)
        }
    }

    /// Nobody gets an SMS from a sandbox.
    private func hint(_ connection: GspService.Connection) -> [Line] {
        guard connection.current == .otp, connection.waitingJob != nil, let hint = connection.hint else { return [] }
        return [Line(hint, .info)]
    }

    /// Why the last try went no further.
    private func lastFailure(_ connection: GspService.Connection, _ context: ScreenContext) -> [Line] {
        if let job = connection.job, let next = connection.nextTry(at: context.now) {
            let cause = job.cause?.title ?? "it did not work"
            let said = job.message.isEmpty || job.message == cause ? "" : ": \(job.message)"
            return [Line("Last try: \(cause)\(said). Job \(job.id) tries again at \(context.minute(next)).", .warning)]
        }
        guard let job = connection.job, connection.current != nil, job.status == .failed || job.status == .needsInput,
            let cause = job.cause, cause != .otpRequired || job.status == .failed
        else { return [] }
        let said = job.message.isEmpty || job.message == cause.title ? "" : ": \(job.message)"
        return [Line("Last try: \(cause.title)\(said)", .danger)]
    }

    private func put(_ line: Line, on canvas: inout Canvas, in inner: inout Rect) {
        let role = line.spans.first?.role ?? .text
        for part in Text.wrap(line.text, to: inner.width, lines: min(4, inner.height)) {
            canvas.put(part, in: inner.sliceTop(1), style: Style(role, on: .panel))
        }
    }
}

extension GspService.Connection.Step {
    var title: String {
        switch self {
        case .provider: "Provider"
        case .credentials: "Credentials"
        case .access: "API access"
        case .otp: "OTP"
        case .firstCall: "First call"
        }
    }
}
