import Domain
import Foundation

/// The trail in words for people; screens and commands say the same.
public enum AuditWords {
    /// What a row has beyond its columns, as label and text.
    public static func facts(_ event: AuditEvent) -> [(String, String)] {
        var all: [(String, String)] = []
        func add(_ label: String, _ text: String) { if !text.isEmpty { all.append((label, text)) } }
        add("Belongs to", event.correlation)
        add("Reference", event.reference)
        add("Session", event.session)
        if let call = event.call {
            add("Provider", event.detailFacts["provider"] ?? "")
            add("Call", "\(call.method) \(call.host)\(call.route)")
            add("Sent", bytes(call.requestLength, call.requestHash))
            add("Header", headers(call.requestHeaders))
            if let answer = call.answer {
                add("Answered", "HTTP \(answer.status), \(bytes(answer.length, answer.hash))")
                add("Its header", headers(answer.headers))
            } else {
                add("Ended", callEnd(event))
            }
        }
        add("Took", time(event))
        if let change = event.keyChange { add("Key", change.line) }
        add("Hash", event.hash)
        return all
    }

    /// Where something comes from: `brought by job 12`.
    ///
    /// - Parameter day: a moment as the screen shows days.
    public static func origin(_ origin: AuditOrigin, _ day: (Instant) -> String) -> String {
        switch origin {
        case .job(let id): "brought by job \(id)"
        case .byHand(let at): "entered by hand \(day(at))"
        case .registered(let at): "in the register since \(day(at))"
        }
    }

    private static func bytes(_ count: Int, _ hash: String) -> String {
        hash.isEmpty ? "nothing" : "\(Counted.text(count, "byte")), \(hash)"
    }

    private static func headers(_ headers: [String: String]) -> String {
        headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
    }

    public static func words(
        _ standing: AuditService.BodyStanding, _ side: AuditBodySide, _ day: (Instant) -> String
    ) -> String {
        standing == .kept ? "kept sealed; `--\(side)` opens it, which is on record" : self.standing(standing, day)
    }

    /// What became of a body: `deleted 21-02-2027, after 90 days (body_days)`.
    ///
    /// - Parameter day: a moment as whoever shows it writes it.
    public static func standing(_ standing: AuditService.BodyStanding, _ day: (Instant) -> String) -> String {
        switch standing {
        case .kept: "kept sealed"
        case .none: "none"
        case .withheld: "not kept: it held a password, a code or a token"
        case .tooLarge(let limit): "not kept: larger than \((limit >> 10).grouped) KiB (`largest_body_kib`)"
        case .deleted(let at, let days):
            "deleted \(day(at))\(days.map { ", after \($0) days (`body_days`)" } ?? ", its time was over")"
        case .gone: "not kept: the vault was locked then, or nothing was to be kept"
        }
    }

    /// `Resumed at record 12 on 21-02-2027 by asha: the disk of Monday was put back. …`
    public static func resumption(_ resumed: TrailResumption, _ day: (Instant) -> String) -> String {
        let size = resumed.remembered.map { " had \(Counted.text(Int($0), "record")) and" } ?? ""
        return "Resumed at record \(resumed.sequence) on \(day(resumed.at)) by \(resumed.by): \(resumed.reason). "
            + "The trail before\(size) is not this one: what it held beyond the copy that goes on is not here."
    }

    /// The report of a verification, line by line.
    ///
    /// - Parameter day: a moment as whoever shows it writes it.
    public static func lines(_ report: TrailService.Report, _ day: (Instant) -> String) -> [String] {
        var lines: [String] = []
        let count = Counted.text(Int(report.size - report.first), "record")
        let span = report.first == 0 ? count : "\(count) since the checkpoint of \(report.first)"
        lines.append("\(report.origin.isEmpty ? "The trail is empty" : report.origin): \(span) read")
        lines.append(
            "\(Counted.text(report.checkpoints, "checkpoint")) of the workspace, "
                + "\(report.outside) kept outside of it")
        lines += report.remarks
        lines += report.resumptions.map { resumption($0, day) }
        if let damage = report.damage {
            lines.append("DAMAGED: \(damage)")
        } else {
            let rest = report.resumptions.isEmpty ? "Everything holds" : "What is here holds; it was resumed"
            lines.append("\(rest). Root of the tree: \(report.root)")
            if report.outside == 0, report.size > 0 {
                lines.append("No checkpoint from outside was there to hold it against: a trail cut short would pass.")
            }
        }
        return lines
    }
}

extension AuditEvent {
    /// The facts of the detail by their names; empty where it holds none.
    public var detailFacts: [String: String] { AuditDetail.facts(detail) }
}
