internal import Domain
internal import Trail

/// An event as the trail writes it, and back (facts: reliability 6.1). What is empty is absent.
enum RecordForm {
    static let version: Int64 = 1

    /// - Parameter tenant: whose trail it is; part of its origin.
    static func bytes(_ event: AuditEvent, seq: Int64, tenant: String) throws -> [UInt8] {
        do throws(CanonicalProblem) {
            return try CanonicalJson.bytes(.object(members(event, seq: seq, tenant: tenant)))
        } catch {
            throw StoreProblem.refused("a record of the audit trail cannot be written: \(error)")
        }
    }

    private static func members(_ event: AuditEvent, seq: Int64, tenant: String) -> [String: TrailValue] {
        var all: [String: TrailValue] = [
            "v": .integer(version), "seq": .integer(seq), "ts": .text(moment(event.at)), "tenant": .text(tenant),
            "actor": .text(event.actor), "action": .text(event.action), "subject": .text(event.subject),
            "outcome": .text(event.outcome),
        ]
        func add(_ name: String, _ text: String) { if !text.isEmpty { all[name] = .text(text) } }
        add("detail", event.detail)
        add("sess", event.session)
        add("corr", event.correlation)
        add("ref", event.reference)
        if let call = event.call {
            all["req"] = .object(request(call))
            if let number = call.number { all["call"] = .integer(number) }
            let kept = BodiesKept(call)
            if !kept.isEmpty { all["kept"] = .integer(kept.rawValue) }
            if let answer = call.answer { all["resp"] = .object(self.answer(answer)) }
        }
        if let time = event.microseconds { all["dur_us"] = .integer(min(max(time, 0), 1 << 52)) }
        if let change = event.keyChange {
            var key: [String: TrailValue] = ["line": .text(change.line)]
            if let old = change.old { key["old"] = .text(old) }
            if let signature = change.signature { key["sig"] = .text(signature) }
            all["key"] = .object(key)
        }
        return all
    }

    /// The part of a record that is known of a call before it leaves.
    static func request(_ call: AuditCall) -> [String: TrailValue] {
        var all: [String: TrailValue] = [
            "method": .text(call.method), "host": .text(call.host), "route": .text(call.route),
            "body_len": .integer(Int64(call.requestLength)),
        ]
        if !call.requestHash.isEmpty { all["body_hash"] = .text(call.requestHash) }
        if !call.requestHeaders.isEmpty { all["hdr"] = .object(call.requestHeaders.mapValues { .text($0) }) }
        return all
    }

    private static func answer(_ answer: AuditCall.Answer) -> [String: TrailValue] {
        var all: [String: TrailValue] = [
            "status": .integer(Int64(answer.status)), "body_len": .integer(Int64(answer.length)),
        ]
        if !answer.hash.isEmpty { all["body_hash"] = .text(answer.hash) }
        if !answer.headers.isEmpty { all["hdr"] = .object(answer.headers.mapValues { .text($0) }) }
        return all
    }

    /// RFC 3339 in UTC with six digits of a second, of which ours are milliseconds.
    static func moment(_ instant: Instant) -> String { String(TimeText.rfc3339(instant).dropLast()) + "000Z" }

    /// - Throws: what is wrong with a record that is not in this form.
    static func event(_ bytes: [UInt8]) throws -> (event: AuditEvent, tenant: String) {
        let value: TrailValue
        do throws(CanonicalProblem) {
            value = try CanonicalJson.value(bytes)
        } catch {
            throw StoreProblem.refused("a record of the audit trail is not canonical JSON: \(error)")
        }
        guard case .object(let all) = value, all["v"] == .integer(version), let seq = all["seq"]?.integer,
            let moment = all["ts"]?.text, let at = TimeText.instant(rfc3339: moment), Self.moment(at) == moment,
            let tenant = all["tenant"]?.text, let actor = all["actor"]?.text, let action = all["action"]?.text,
            let subject = all["subject"]?.text, let outcome = all["outcome"]?.text
        else { throw StoreProblem.refused("a record of the audit trail lacks a field, or has one of another kind") }
        var event = AuditEvent(
            sequence: seq, at: at, actor: actor, action: action, subject: subject, outcome: outcome,
            detail: all["detail"]?.text ?? "", session: all["sess"]?.text ?? "",
            correlation: all["corr"]?.text ?? "")
        event.reference = all["ref"]?.text ?? ""
        event.microseconds = all["dur_us"]?.integer
        if case .object(let request)? = all["req"] { event.call = call(request, all["resp"], all) }
        if case .object(let key)? = all["key"], let line = key["line"]?.text {
            event.keyChange = AuditKeyChange(line: line, old: key["old"]?.text, signature: key["sig"]?.text)
        }
        return (event, tenant)
    }

    private static func call(
        _ request: [String: TrailValue], _ answer: TrailValue?, _ record: [String: TrailValue]
    ) -> AuditCall {
        var call = AuditCall(
            method: request["method"]?.text ?? "", host: request["host"]?.text ?? "",
            route: request["route"]?.text ?? "", requestHash: request["body_hash"]?.text ?? "",
            requestLength: Int(request["body_len"]?.integer ?? 0), requestHeaders: headers(request["hdr"]))
        let kept = BodiesKept(rawValue: record["kept"]?.integer ?? 0)
        (call.number, call.isRequestKept) = (record["call"]?.integer, kept.contains(.request))
        if case .object(let all)? = answer {
            call.answer = AuditCall.Answer(
                status: Int(all["status"]?.integer ?? 0), hash: all["body_hash"]?.text ?? "",
                length: Int(all["body_len"]?.integer ?? 0), headers: headers(all["hdr"]))
            call.answer?.isKept = kept.contains(.answer)
        }
        return call
    }

    private static func headers(_ value: TrailValue?) -> [String: String] {
        guard case .object(let all)? = value else { return [:] }
        return all.compactMapValues(\.text)
    }
}

/// Which bodies of a call were kept, sealed, when it was put on record.
struct BodiesKept: OptionSet {
    let rawValue: Int64

    static let request = BodiesKept(rawValue: 1)
    static let answer = BodiesKept(rawValue: 2)

    init(rawValue: Int64) { self.rawValue = rawValue }

    init(_ call: AuditCall) {
        self = []
        if call.isRequestKept { insert(.request) }
        if call.answer?.isKept == true { insert(.answer) }
    }
}

extension TrailValue {
    var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    var integer: Int64? {
        if case .integer(let number) = self { return number }
        return nil
    }
}
