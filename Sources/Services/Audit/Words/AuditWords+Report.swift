import Domain
import Store

extension AuditWords {
    /// `Resumed at record 12 on 21-02-2027 by asha: the disk of Monday was put back. …`
    public static func resumption(_ resumed: TrailResumption, _ day: (Instant) -> String) -> String {
        var parts = [
            "Resumed at record \(resumed.sequence) on \(day(resumed.at)) by \(resumed.by): \(resumed.reason)."
        ]
        if !resumed.problem.isEmpty { parts.append("Before, \(resumed.problem).") }
        if let size = resumed.remembered {
            parts.append(
                "The trail before had \(Counted.text(Int(size), "record")) and is not this one: what it held beyond the copy "
                    + "that goes on is not here.")
        }
        if !resumed.left.isEmpty { parts.append("It went on although \(resumed.left).") }
        return parts.joined(separator: " ")
    }

    /// What an admin's word brought about.
    public static func resumed(_ resumed: TrailResumed) -> [String] {
        let repair = resumed.repair
        var lines = ["The trail goes on; a record says who decided it and why."]
        if repair.isHeadMade { lines.append("Its head was made anew from its records.") }
        func sizes(_ list: [Int64]) -> String { list.prefix(8).map { Int($0).grouped }.joined(separator: ", ") }
        if !repair.restored.isEmpty {
            lines.append(
                "\(Counted.text(repair.restored.count, "checkpoint")) put back from outside, of \(sizes(repair.restored)) records."
            )
        }
        if !repair.removed.isEmpty {
            lines.append(
                "\(Counted.text(repair.removed.count, "checkpoint")) taken out that did not hold, of \(sizes(repair.removed)) records."
            )
        }
        if let aside = resumed.aside { lines.append("The checkpoints that were remembered lie at \(aside).") }
        if let left = repair.left {
            lines.append("What nothing mends: \(left.words). Every verification goes on to say so.")
        }
        return lines
    }

    /// The report of a verification, line by line.
    ///
    /// - Parameter day: a moment as whoever shows it writes it.
    public static func lines(_ report: TrailService.Report, _ day: (Instant) -> String) -> [String] {
        var lines: [String] = []
        let count = Counted.text(Int(report.size - report.first), "record")
        let span = report.first == 0 ? count : "\(count) since the checkpoint of \(report.first)"
        lines.append(report.size == 0 ? "The trail is empty" : "\(report.origin): \(span) read")
        lines.append(
            "\(Counted.text(report.checkpoints, "checkpoint")) of the workspace, "
                + "\(report.outside) kept outside of it")
        lines += report.remarks
        lines += report.resumptions.map { resumption($0, day) }
        lines += report.unchecked.map { "NOT CHECKED: \($0)" }
        switch report.verdict {
        case .damaged:
            lines.append("DAMAGED: \(report.damage ?? "")")
            lines.append(
                report.accepted == nil
                    ? "Nothing is sent until the true database is put back, or an admin lets the trail go on: `portaldesk audit "
                        + "resume --reason TEXT`."
                    : "An admin let the trail go on with this in sight; what came since holds.")
        case .unchecked:
            lines.append("Nothing is wrong with what is here. Root of the tree: \(report.root)")
            lines.append(
                "A trail that was cut short would pass: hold it against a checkpoint from elsewhere (`--checkpoint FILE`); "
                    + "signing one (`portaldesk audit sign`) fills the place outside again.")
        case .holds:
            let rest = report.resumptions.isEmpty ? "Everything holds" : "What is here holds; it was resumed"
            lines.append("\(rest). Root of the tree: \(report.root)")
        }
        if let lifted = report.lifted {
            lines.append("What was found before is no longer so (\(lifted)): calls go on.")
        }
        return lines
    }
}
