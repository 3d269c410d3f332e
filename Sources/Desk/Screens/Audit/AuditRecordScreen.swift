import Domain
import Services
import TerminalKit

/// One record: what was done, and of a call request and answer side by side.
struct AuditRecordScreen: TextScreen {
    let sequence: Int64
    var text = ScrolledText<AuditDossier>()

    static var noun: String { "record" }
    var scope: CommandScope { .auditRecord }
    var trail: [String] { ["\(sequence)"] }

    init(sequence: Int64) { self.sequence = sequence }

    func reading(_ ticket: Ticket) -> Effect? { .audit(.record(sequence), ticket) }

    static func content(of loaded: Loaded) -> AuditDossier? {
        if case .auditRecord(let dossier) = loaded { dossier } else { nil }
    }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .command(.reveal): return [.audit(.openBodies(sequence), context.ticket(0))]
        case .command(.proveRecord): return [.prompt(AuditProof.prompt(of: sequence, context))]
        case .answered(let answer): return AuditProof.effect(answer, context).map { [$0] } ?? []
        case .loaded(.done(let words), _): return [.toast(Toast(.success, words))]
        // The record stays on the screen; what did not open or could not be written is told beside it.
        case .loaded(.failed(let complaint), _) where text.content != nil: return [.toast(Toast(complaint))]
        // What was opened does not wait under a lock or another screen.
        case .locked, .focusLost:
            if var dossier = text.content, dossier.requestText != nil || dossier.answerText != nil {
                (dossier.requestText, dossier.answerText) = (nil, nil)
                return updateText(.loaded(.auditRecord(dossier), context.ticket(0)), context)
            }
            return []
        default: return updateText(event, context)
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        guard command == .reveal else { return textReason(command) }
        guard let dossier = text.content else { return "The record is not loaded" }
        guard dossier.event.call != nil else { return "This is no call: nothing sealed belongs to it" }
        if dossier.isKept { return nil }
        let request = AuditWords.standing(dossier.request, context.day)
        let answer = AuditWords.standing(dossier.answer, context.day)
        return "Nothing to open. Request: \(request). Answer: \(answer)"
    }

    /// Offered only where there is something to open; the key says why there is not.
    func hints(_ command: CommandId) -> Bool { command != .reveal || text.content?.isKept == true }

    func head(_ dossier: AuditDossier, _ context: ScreenContext) -> [Line] {
        let event = dossier.event
        let subject = AuditWords.subject(event)
        let whom = [event.actor, subject, context.full(event.at)].filter { !$0.isEmpty }.joined(separator: " · ")
        return [
            Line("\(event.sequence)  ", .heading, .bold) + Line(AuditVocabulary.title(event.action), .heading)
                + Line("  ") + AuditBadge.line(event), Line(whom),
        ]
    }

    func lines(_ dossier: AuditDossier, _ context: ScreenContext) -> [Line] {
        let event = dossier.event
        var lines: [Line] = []
        func add(_ label: String, _ value: String) {
            guard !value.isEmpty else { return }
            let gap = String(repeating: " ", count: max(1, 12 - label.count))
            lines.append(Line(label + gap, .muted) + Line(value))
        }
        if event.call == nil { add("Told", AuditWords.told(event).startingUpper) }
        add("Action", event.action)
        add("Belongs to", event.correlation)
        add("Reference", event.reference)
        add("Session", event.session)
        for fact in Self.facts(event) { add(fact.name, fact.value) }
        add("Took", AuditWords.time(event))
        if let change = event.keyChange { add("Key", change.line) }
        add("Hash", event.hash)
        guard let call = event.call else { return lines }
        lines.append(.empty)
        let width = max(20, (context.rect.width - 5) / 2)
        let request = Self.request(call, dossier, context.day)
        let answer = Self.answer(call, dossier, context.day)
        guard context.rect.width >= 100 else { return lines + request + [.empty] + answer }
        let left = request.flatMap { Self.folded($0, width) }
        let right = answer.flatMap { Self.folded($0, width) }
        for index in 0..<max(left.count, right.count) {
            let one = index < left.count ? left[index] : .empty
            let other = index < right.count ? right[index] : .empty
            let gap = String(repeating: " ", count: max(0, width - one.width))
            lines.append(one + Line(gap) + Line(" │ ", .border) + other)
        }
        return lines
    }

    /// What the row holds beside its words; of a call the words say how it ended.
    private static func facts(_ event: AuditEvent) -> [(name: String, value: String)] {
        event.detailFacts.sorted { $0.key < $1.key }
            .filter { event.call == nil || $0.key != "why" && $0.key != "status" }
            .map { ($0.key.replacing("_", with: " ").startingUpper, $0.value) }
    }

    private static func request(_ call: AuditCall, _ dossier: AuditDossier, _ day: (Instant) -> String) -> [Line] {
        var lines = [Line("Request", .heading, .bold), Line("\(call.method) \(call.host)\(call.route)")]
        lines += headers(call.requestHeaders)
        lines += body(call.requestLength, call.requestHash, dossier.request, dossier.requestText, day)
        return lines
    }

    private static func answer(_ call: AuditCall, _ dossier: AuditDossier, _ day: (Instant) -> String) -> [Line] {
        var lines = [Line("Answer", .heading, .bold)]
        guard let answer = call.answer else { return lines + [Line(AuditWords.callEnd(dossier.event), .warning)] }
        lines.append(Line("HTTP \(answer.status)"))
        lines += headers(answer.headers)
        lines += body(answer.length, answer.hash, dossier.answer, dossier.answerText, day)
        return lines
    }

    private static func headers(_ headers: [String: String]) -> [Line] {
        headers.sorted { $0.key < $1.key }.map { Line("\($0.key): ", .muted) + Line($0.value) }
    }

    private static func body(
        _ length: Int, _ hash: String, _ standing: AuditService.BodyStanding, _ opened: String?,
        _ day: (Instant) -> String
    ) -> [Line] {
        if hash.isEmpty { return [Line("no body", .muted)] }
        var lines = [Line("\(Counted.text(length, "byte")), ", .muted) + Line(hash, .muted), .empty]
        if let opened {
            lines += opened.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
            return lines
        }
        let words = standing == .kept ? "kept sealed; opening it is on record" : AuditWords.standing(standing, day)
        return lines + [Line(words, .muted)]
    }

    /// A line in pieces of a width, each in the line's own styles.
    private static func folded(_ line: Line, _ width: Int) -> [Line] {
        var lines: [Line] = []
        var rest = line
        while rest.width > width {
            let (head, tail) = rest.split(at: width)
            // A letter that is wider than the column has no place.
            if head.width == 0 { return lines + [rest] }
            lines.append(head)
            rest = tail
        }
        return lines + [rest]
    }
}

extension Line {
    /// The part that fits, and what is left.
    fileprivate func split(at width: Int) -> (Line, Line) {
        var (head, tail) = (Line.empty, Line.empty)
        var room = width
        for span in spans {
            var (fits, more) = ("", "")
            for letter in span.text {
                let size = Text.width(String(letter))
                if more.isEmpty, size <= room {
                    fits.append(letter)
                    room -= size
                } else {
                    more.append(letter)
                    room = 0
                }
            }
            if !fits.isEmpty { head = head + Line(fits, span.role, span.traits) }
            if !more.isEmpty { tail = tail + Line(more, span.role, span.traits) }
        }
        return (head, tail)
    }
}
