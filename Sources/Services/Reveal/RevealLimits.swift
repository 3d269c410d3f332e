import Domain
import Store

/// What keeps codes from being guessed or sent around (facts: reliability 9).
enum RevealLimits {
    static let life = Duration.seconds(5 * 60)
    static let tries = 5
    /// Wrong codes in a row without a wait; from then on it grows, as for passwords.
    static let freeSlips = 4
    static let day = Duration.seconds(86_400)
    /// So long a person's reveals rest after another address for codes was set.
    static let restAfterNewAddress = day
    static let shownFor = Duration.seconds(30)

    /// At most so many codes to one person within so long.
    private static let sendings: [(count: Int, within: Duration)] = [
        (1, .seconds(30)), (3, .seconds(15 * 60)), (10, day),
    ]

    /// - Parameter sent: when codes went to the person within a day, oldest first.
    /// - Throws: a `Complaint` (75) that says when the next one may go.
    static func check(_ sent: [Instant], at now: Instant) throws(Complaint) {
        for (count, span) in sendings {
            let recent = sent.filter { $0 + span > now }
            guard recent.count >= count, let first = recent.dropFirst(recent.count - count).first else { continue }
            let wait = (first + span).since(now).milliseconds
            throw Complaint(
                "no code was sent", why: "enough were sent in the last \(Self.words(span))",
                remedy: "Ask for one again in \(Self.words(.milliseconds(wait)))", status: .tryLater)
        }
    }

    /// When the next code may be asked for.
    static func next(after sent: [Instant], at now: Instant) -> Instant {
        sendings.compactMap { count, span -> Instant? in
            let recent = sent.filter { $0 + span > now }
            return recent.count >= count ? recent.dropFirst(recent.count - count).first.map { $0 + span } : nil
        }.max() ?? now
    }

    private static func words(_ duration: Duration) -> String {
        let seconds = Int((duration.milliseconds + 999) / 1_000)
        if seconds < 120 { return Counted.text(seconds, "second") }
        if seconds < 7_200 { return Counted.text((seconds + 59) / 60, "minute") }
        return Counted.text((seconds + 3_599) / 3_600, "hour")
    }
}
