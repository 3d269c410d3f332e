import Domain

/// The question what to do with somebody else's open session, and what a person's answer means. Nobody is pushed out
/// untold, whatever reaches the portal.
enum OtherSession {
    private static let name = "other-session"

    static func isAnswered(by answer: ChallengeAnswer?) -> Bool { answer?.remoteJob == name }

    /// - Parameter refusal: what the portal said; nil when it was not asked again.
    static func ask(_ refusal: PortalFailure?, followsRefusal: Bool = false) -> PortalFailure {
        // Within brackets of a sentence that has a full stop of its own.
        let said = refusal.map { " (\($0.message.withoutFullStop))" } ?? ""
        let prompt =
            "Somebody is logged in with this account now\(said). Type continue to end their session and go on, or leave to"
            + " leave them alone."
        return PortalFailure(
            .dualSession, prompt, portalCode: refusal?.portalCode,
            challenge: Challenge(kind: .choice, remoteJob: name, prompt: prompt, followsRefusal: followsRefusal))
    }

    /// Whether a person wants another session ended.
    ///
    /// - Throws: when they want it left alone, which ends the job; the question again for an answer that is neither. Both
    ///   before the portal is asked anything.
    static func isToEnd(_ answer: ChallengeAnswer?) throws(PortalFailure) -> Bool {
        guard let answer, isAnswered(by: answer) else { return false }
        switch answer.text.lowercased() {
        case "continue", "c", "yes", "y": return true
        case "leave", "l", "no", "n":
            var failure = PortalFailure(.dualSession, "the other session was left alone, as a person said")
            failure.isFinal = true
            throw failure
        default: throw ask(nil, followsRefusal: true)
        }
    }
}
