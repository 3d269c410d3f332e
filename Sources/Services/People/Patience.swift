import Domain
import Store

/// How long somebody who was wrong must wait: nothing for the first slips, then 4 s, 8 s and so on up to an hour; after
/// a hundred in a row only an admin helps (facts: reliability 9).
enum Patience {
    static let freeSlips = 2
    static let longest: Int64 = 3_600
    static let end = 100

    /// - Returns: how long to wait from the last failure; nil when only an admin helps.
    static func wait(after failures: Int, freeSlips: Int = freeSlips) -> Duration? {
        guard failures < end else { return nil }
        guard failures > freeSlips else { return .zero }
        return .seconds(min(longest, Int64(1) << Int64(min(failures - 1, 20))))
    }

    /// - Throws: a `Complaint` (77) while nobody may try.
    static func check(
        _ failures: FailureCount?, at now: Instant, _ what: String, freeSlips: Int = freeSlips
    ) throws(Complaint) {
        guard let failures else { return }
        guard let wait = wait(after: failures.count, freeSlips: freeSlips) else {
            throw Complaint(
                "\(what) is locked", why: "\(failures.count) wrong tries in a row",
                remedy: "An admin can unlock it with `portaldesk user enable`", status: .notPermitted)
        }
        let until = failures.lastAt + wait
        guard until > now else { return }
        let seconds = (until.milliseconds - now.milliseconds + 999) / 1_000
        throw Complaint(
            "\(what) is locked for \(Counted.text(Int(seconds), "second"))",
            why: "\(failures.count) wrong tries in a row", remedy: "Try again then", status: .notPermitted)
    }
}
