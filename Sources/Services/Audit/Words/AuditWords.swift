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
            add("Number", call.number.map { "call \($0)" } ?? "")
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
        case .taken: "TAKEN AWAY: it was kept, and no record says that its time was over"
        case .gone: "not kept: the vault was locked then, or nothing was to be kept"
        }
    }
}

extension AuditEvent {
    /// The facts of the detail by their names; empty where it holds none.
    public var detailFacts: [String: String] { AuditDetail.facts(detail) }
}
