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
        if !resumed.lostCalls.isEmpty { parts.append("No record tells of these calls: \(resumed.lostCalls).") }
        if !resumed.left.isEmpty { parts.append("It went on although \(resumed.left).") }
        return parts.joined(separator: " ")
    }

    /// What an admin's word brought about.
    public static func resumed(_ resumed: TrailResumed) -> [String] {
        let repair = resumed.repair
        var lines = ["The trail goes on; a record says who decided it and why."]
        if repair.isHeadMade { lines.append("Its head was made anew from its records.") }
        func sizes(_ list: [Int64]) -> String {
            let rest = list.count > 8 ? " and \(list.count - 8) more" : ""
            return list.prefix(8).map { Int($0).grouped }.joined(separator: ", ") + rest
        }
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
        if !repair.lostCalls.isEmpty {
            lines.append("No record tells of these calls: \(repair.lostCalls.map(String.init).joined(separator: " ")).")
        }
        if let left = repair.left {
            lines.append("What nothing mends: \(left.words). Every verification goes on to say so.")
        }
        return lines
    }

    /// In one sentence, for what is handed over: what the program itself found when it exported.
    public static func standing(_ report: TrailService.Report) -> String {
        switch report.verdict {
        case .holds: "PortalDesk verified it when it was exported: what is here holds."
        case .unchecked:
            "PortalDesk verified it when it was exported: nothing is wrong with what is here, and it was NOT CHECKED whether "
                + "it was cut short (\(report.unchecked.joined(separator: "; ")))."
        case .damaged: "PortalDesk verified it when it was exported. DAMAGED: \(report.damage ?? "")."
        }
    }

    static func taken(_ count: Int, first: Int64) -> String {
        "\(Counted.text(count, "request or answer", "requests and answers")) that "
            + (count == 1 ? "was" : "were")
            + " kept sealed \(count == 1 ? "is" : "are") not here any more, the first of record "
            + "\(first), and no record says that the time was over: somebody took them out. The hashes stand"
    }

    /// Triggers of the database that somebody took out.
    static func missing(guards: [String]) -> String {
        "the database lacks what keeps records from being changed (\(guards.joined(separator: ", "))): somebody had it in hand; "
            + "`portaldesk audit sign` puts it back"
    }

    private static func remedy(_ report: TrailService.Report) -> String {
        if report.accepted != nil { return "An admin let the trail go on with this in sight; what came since holds." }
        let word = "an admin lets the trail go on: `portaldesk audit resume --reason TEXT`."
        if report.found?.kind == .edited {
            return
                "The records and the checkpoints of the workspace hold. Nothing is sent until that file is as it was: put it "
                + "back, or keep it elsewhere as evidence, write it anew from the workspace (`portaldesk audit sign`) and "
                + "verify again; or \(word)"
        }
        if report.found?.kind == .uncalled {
            return
                "A call may have left of which nothing tells: look at the portals whether it did. Nothing is sent until the "
                + "true database is put back and verified, or \(word)"
        }
        return
            "Nothing is sent until the true database is put back and verified, or \(word) What is done in this database "
            + "meanwhile is lost with it when the true one comes back: keep a copy, and do no work in it."
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
            lines.append(remedy(report))
        case .unchecked:
            lines.append("Nothing is wrong with what is here. Root of the tree: \(report.root)")
            lines.append(
                "A trail that was cut short would pass: hold it against a checkpoint from elsewhere first (`--checkpoint "
                    + "FILE`). Signing one (`portaldesk audit sign`) fills the place outside again, with what is here.")
        case .holds:
            let whole = report.bodiesTaken == 0 ? "Everything holds" : "All records hold"
            let rest = report.resumptions.isEmpty ? whole : "What is here holds; it was resumed"
            lines.append("\(rest). Root of the tree: \(report.root)")
        }
        if let lifted = report.lifted {
            lines.append("What was found before is no longer so (\(lifted)): calls go on.")
        }
        return lines
    }
}
