import Domain
import Store

/// The daily mail: new notices, what failed, and what was not read. No secret and no amount is in it.
struct DigestLetter: Sendable {
    static let mostNotices = 100
    static let mostBills = 100
    /// E-way bills that end so soon after the digest are named: until the next daily one.
    static let billSpan = Duration.seconds(24 * 3_600)

    let digest: Digest
    /// The first to end first, no more than `mostBills`.
    let bills: [StandingBill]
    /// How many there are.
    let billCount: Int
    let since: Instant
    let until: Instant
    let isSimulated: Bool

    /// "Nothing new" is said only when every place was wholly read: what was not may hold something.
    var subject: String {
        var parts: [String] = []
        if digest.noticeCount > 0 {
            parts.append(Counted.text(digest.noticeCount, "new notice"))
        } else if digest.unreadPlaces > 0 {
            parts.append("no new notices")
        }
        let failed = digest.failures.reduce(0) { $0 + $1.count }
        if failed > 0 { parts.append("\(failed) failed") }
        if digest.waiting > 0 { parts.append("\(digest.waiting) waiting for a person") }
        if digest.unreadPlaces > 0 { parts.append(unread) }
        if billCount > 0 { parts.append("\(Counted.text(billCount, "e-way bill")) expiring") }
        return "PortalDesk\(isSimulated ? " (SANDBOX)" : ""): "
            + (parts.isEmpty ? "nothing new" : parts.joined(separator: ", "))
    }

    func lines(offset: (Instant) -> Int) -> [String] {
        let span = [since, until].map { TimeText.full($0, offset: offset($0)) }.joined(separator: " to ")
        var lines = ["What happened at the portals from \(span).", ""]
        lines += notices
        lines += failures
        lines += billLines(offset)
        if digest.waiting > 0 {
            lines += ["Waiting for a captcha or an OTP: \(Counted.text(digest.waiting, "job"))", ""]
        }
        lines += places
        lines.append("Times are those of the desk. The coverage screen tells what each place said when last tried.")
        return lines
    }

    private var unread: String { "\(digest.unreadPlaces) of \(Counted.text(digest.places, "place")) not wholly read" }

    private var notices: [String] {
        guard digest.noticeCount > 0 else {
            return [digest.unreadPlaces > 0 ? "New notices: none came in" : "New notices: none", ""]
        }
        var lines = ["New notices: \(digest.noticeCount)"]
        for portal in Portal.allCases {
            let own = digest.notices.filter { $0.portal == portal }
            if own.isEmpty { continue }
            lines.append("  \(portal.title)")
            for line in own {
                let due = line.due.map { ", due \(TimeText.date($0.on))\(Self.note($0.basis))" } ?? ""
                let what = [line.reference, line.kind].filter { !$0.isEmpty }.joined(separator: " ")
                lines.append(HarmlessText.line("    \(line.identity)  \(what)\(due)  \(line.business)", limit: 200))
            }
        }
        let more = digest.noticeCount - digest.notices.count
        if more > 0 { lines.append("  and \(more) more") }
        return lines + [""]
    }

    /// Nothing where none ends: most firms make no bills.
    private func billLines(_ offset: (Instant) -> Int) -> [String] {
        guard !bills.isEmpty else { return [] }
        let named = bills.map { bill in
            let end = bill.validUntil.map { TimeText.full($0, offset: offset($0)) } ?? ""
            return HarmlessText.line(
                "  \(bill.number ?? "")  until \(end)  \(bill.operation.gstin)  \(bill.operation.title)", limit: 200)
        }
        let more = billCount - bills.count
        return ["E-way bills that expire within a day: \(billCount)"] + named
            + (more > 0 ? ["  and \(more) more"] : []) + [""]
    }

    private static func note(_ basis: DueBasis) -> String {
        switch basis {
        case .portal, .printed: ""
        case .computed: " (computed)"
        case .manual: " (set by hand)"
        }
    }

    private var failures: [String] {
        guard !digest.failures.isEmpty else { return ["Failed fetches: none", ""] }
        var lines = ["Failed fetches:"]
        for failure in digest.failures {
            lines.append("  \(failure.portal.title): \(failure.count) x \(failure.cause.title)")
        }
        return lines + [""]
    }

    private var places: [String] {
        guard digest.unreadPlaces > 0 else { return [] }
        return ["Since then \(unread): what stands there is not known.", ""]
    }
}
