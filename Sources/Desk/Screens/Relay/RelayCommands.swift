import Domain
import Secrets
import Services
import TerminalKit

extension RelayScreen {
    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .sendAnswer, .errorLog, .cancel: shown == nil ? "No job waits for a person" : nil
        case .newPicture: renewalReason(context)
        case .nextArea: shown == nil ? "No job waits for a person" : refusal(context)
        default: listReason(command)
        }
    }

    /// While somebody types, letters are letters. An OTP has no picture, and another captcha may be another login attempt.
    func hints(_ command: CommandId) -> Bool {
        if command == .newPicture { return isCaptcha && awaited == nil && question?.isRenewable == true }
        guard isTyping else { return true }
        return [.sendAnswer, .nextArea, .back, .palette, .help].contains(command)
    }

    private func renewalReason(_ context: ScreenContext) -> String? {
        guard let shown else { return "No job waits for a person" }
        if awaited != nil { return "Another question is being asked for already" }
        if shown.hasExpired(at: context.now) || question?.isRenewable == true { return nil }
        return isCaptcha
            ? "Another picture would be another login attempt here; a wrong answer brings one"
            : "Another OTP comes only when this one has run out: each request sends one more"
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .sendAnswer:
            // In the queue Enter goes to the field first: nothing is sent unseen.
            guard focus == .queue else { return send(context) }
            focus = .answer
            letGo()
            return showSelected(context)
        case .nextArea: focus = focus == .queue ? .answer : .queue
        case .newPicture: return renew(context)
        case .errorLog: return shown.map { [.push(.jobLog($0.job.id))] } ?? []
        case .cancel:
            guard let job = shown?.job else { return [] }
            jobToCancel = job.id
            return [
                .ask(
                    Question(
                        id: "cancel", title: "Cancel this job?",
                        body: "\(job.portal.shortName) \(job.identity). What was read so far is kept.",
                        yes: "Cancel the job"))
            ]
        case .refresh: return refresh(context)
        case .back: return [.pop]
        default:
            letGo()
            return giveList(command, context) + showSelected(context)
        }
        return []
    }

    mutating func renew(_ context: ScreenContext) -> [Effect] {
        guard let shown else { return [] }
        if let reason = context.refusal(.newPicture, .relay) ?? renewalReason(context) {
            return [.toast(Toast(.warning, reason))]
        }
        answer = LineEditor()
        isSending = true
        (awaited, isElsewhere) = (shown, false)
        question = nil
        picture = nil
        problem = ""
        return [.relay(.askAnew(shown.job.id), context.ticket(Request.answer))]
    }

    mutating func send(_ context: ScreenContext) -> [Effect] {
        guard let shown, !isSending, awaited == nil else { return [] }
        if let reason = refusal(context) { return [.toast(Toast(.warning, reason))] }
        if shown.hasExpired(at: context.now) { return renew(context) }
        // A paste brings blanks along.
        let text = answer.text.trimmed
        guard !text.isEmpty else {
            problem = isCaptcha ? "Type what the picture shows." : "Type the one-time password."
            return []
        }
        answer = LineEditor()
        isSending = true
        problem = ""
        note = ""
        return [.relay(.answer(shown.job.id, SecretBytes(utf8: text)), context.ticket(Request.answer))]
    }
}
