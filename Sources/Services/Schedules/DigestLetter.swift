import Domain
import Store

/// The daily mail: new notices, and what failed, by portal. No secret and no amount is in it.
struct DigestLetter: Sendable {
    static let mostNotices = 100

    let digest: Digest
    let since: Instant
    let isDemo: Bool

    var subject: String {
        var parts: [String] = []
        if digest.noticeCount > 0 { parts.append(Counted.text(digest.noticeCount, "new notice")) }
        let failed = digest.failures.reduce(0) { $0 + $1.count }
        if failed > 0 { parts.append("\(failed) failed") }
        if digest.waiting > 0 { parts.append("\(digest.waiting) waiting for a person") }
        return "PortalDesk\(isDemo ? " (SANDBOX)" : ""): "
            + (parts.isEmpty ? "nothing new" : parts.joined(separator: ", "))
    }

    func lines(offset: Int) -> [String] {
        var lines = ["What happened at the portals since \(TimeText.full(since, offset: offset)).", ""]
        lines += notices
        lines += failures
        if digest.waiting > 0 {
            lines += ["Waiting for a captcha or an OTP: \(Counted.text(digest.waiting, "job"))", ""]
        }
        lines.append(
            "Times are those of the desk. \"Nothing new\" means that no notice came in; the coverage screen tells")
        lines.append("which places were truly read.")
        return lines
    }

    private var notices: [String] {
        guard digest.noticeCount > 0 else { return ["New notices: none", ""] }
        var lines = ["New notices: \(digest.noticeCount)"]
        for portal in Portal.allCases {
            let own = digest.notices.filter { $0.portal == portal }
            if own.isEmpty { continue }
            lines.append("  \(portal.title)")
            for line in own {
                let due = line.dueOn.map { ", due \(TimeText.date($0))" } ?? ""
                let what = [line.reference, line.kind].filter { !$0.isEmpty }.joined(separator: " ")
                lines.append(HarmlessText.line("    \(line.identity)  \(what)\(due)  \(line.business)", limit: 200))
            }
        }
        let more = digest.noticeCount - digest.notices.count
        if more > 0 { lines.append("  and \(more) more") }
        return lines + [""]
    }

    private var failures: [String] {
        guard !digest.failures.isEmpty else { return ["Failed fetches: none", ""] }
        var lines = ["Failed fetches:"]
        for failure in digest.failures {
            lines.append("  \(failure.portal.title): \(failure.count) x \(failure.cause.title)")
        }
        return lines + [""]
    }
}
