import Domain
import Foundation
import Portals
import Testing
import Transport

@testable import Services

/// Records are read by people: each is told in words, wherever it was made.
@Suite("Words of the audit trail")
struct AuditWordsTests {
    private static func event(
        _ action: String, _ outcome: String = "done", _ facts: [String: String] = [:], subject: String = "olu"
    ) -> AuditEvent {
        AuditEvent(
            at: Instant(milliseconds: 0), actor: "asha", action: action, subject: subject, outcome: outcome,
            detail: facts.isEmpty ? "" : AuditDetail.text(facts))
    }

    private static func call(_ outcome: String, status: Int? = nil, _ facts: [String: String] = [:]) -> AuditEvent {
        var event = event("call.reading", outcome, facts)
        event.call = AuditCall(
            method: "GET", host: "portal.example", route: "/v1/notices",
            answer: status.map { .init(status: $0, hash: "", length: 0) })
        event.microseconds = 231_400
        return event
    }

    @Test("every action that the program records has a title and words, and no title stands for nothing")
    func whole() throws {
        let recorded = try Self.recorded()
        let composed = AuditVocabulary.actions.filter { action in
            action.hasPrefix("call.") || OperationKind.allCases.contains { "operation.\($0.rawValue)" == action }
        }
        let all = Set(recorded).union(composed)
        #expect(all.subtracting(AuditVocabulary.actions).isEmpty)
        #expect(Set(AuditVocabulary.actions).subtracting(all).isEmpty)
        for action in AuditVocabulary.actions where !action.hasPrefix("call.") {
            let words = AuditWords.told(Self.event(action))
            #expect(!words.isEmpty && !words.contains(action) && !words.contains("{"), "\(action): \(words)")
        }
    }

    /// The names that stand in the source where something is put on record.
    private static func recorded() throws -> [String] {
        let sources = #filePath.components(separatedBy: "/Tests/")[0] + "/Sources"
        let name = /"((?:denied|log(?:in|out)|reveal)|[a-z_]+\.[a-z_]+)"/
        var found: Set<String> = []
        for folder in ["Services", "Store/Audit"] {
            let files = FileManager.default.enumerator(atPath: "\(sources)/\(folder)")
            for case let file as String in files ?? .init() where file.hasSuffix(".swift") && !file.contains("Words/") {
                let text = try String(contentsOfFile: "\(sources)/\(folder)/\(file)", encoding: .utf8)
                // Arguments up to the first brace or empty line, and no further than three lines.
                for match in text.matches(of: /(?:event\(|Event\(|Step\(|change\(|action =)/) {
                    let call = text[match.range.upperBound...].split(separator: "\n", maxSplits: 3).prefix(3)
                        .joined(separator: "\n").prefix { $0 != "{" && $0 != ")" || $0 == "(" }
                    found.formUnion(call.matches(of: name).map { String($0.output.1) })
                }
            }
        }
        // What the key file's record is about.
        return found.subtracting(["vault.key"]).sorted()
    }

    @Test(
        "a deed is told in words, with what matters of it",
        arguments: [
            (
                event("account.set", "done", ["from": "a", "to": "b", "password": "changed"]),
                "user name a → b, password changed"
            ),
            (event("account.verify", "failed", ["reason": "wrong_password"]), "not verified: "),
            (event("login", "failed", ["reason": "wrong password"]), "not logged in: wrong password"),
            (event("user.grant", "done", ["grant": "reveal"]), "granted to reveal credentials"),
            (event("notice.due", "done", ["due_on": "2026-12-01"]), "set the due date to 01-12-2026"),
            (event("reveal.code", "not sent", ["why": "no server"]), "no code could be sent: no server"),
            (event("operation.settle", "done", ["choice": "give_up", "reason": "x"]), "given up by a person: x"),
            (event("settings.changed", "noticed", ["before": "a"]), "the file is gone"),
            (event("support.bundle", "done", ["files": "4", "bytes": "1200"]), "4 files packed, 1,200 bytes"),
            (event("something.new", "done", ["size": "4", "by": "x"]), "by x, size 4"),
        ])
    func deeds(event: AuditEvent, words: String) {
        #expect(AuditWords.told(event).hasPrefix(words), "\(AuditWords.told(event))")
    }

    @Test("numbers of a detail are facts like its texts")
    func numbers() {
        #expect(AuditDetail.facts(#"{"files":4,"sha256":"ab"}"#) == ["files": "4", "sha256": "ab"])
        #expect(AuditDetail.facts("no object").isEmpty)
    }

    @Test(
        "a call says where it went, how it ended and how long it took",
        arguments: [
            (call("answered", status: 200), "HTTP 200", "200"),
            (
                call("lost", ["why": "cutShort", "status": "502"]), "answer cut short after HTTP 502: outcome unknown",
                "cut short 502"
            ),
            (
                call("lost", ["why": "timedOut"]), "no answer: outcome unknown (no answer came in the time allowed)",
                "no answer"
            ),
            (call("not_sent", ["why": "connectFailed"]), "nothing was sent: no connection could be made", "not sent"),
            (call("unknown"), "outcome unknown: the program ended before it could say", "unknown"),
        ])
    func calls(event: AuditEvent, words: String, short: String) {
        #expect(AuditWords.told(event) == "GET portal.example/v1/notices, \(words), 231 ms")
        #expect(AuditWords.shortEnd(event) == short)
    }

    @Test("no end of a call is told by a name of the program")
    func kinds() {
        for kind in ["noAnswer", "garbled", "responseTooLarge", "tlsFailed", "repeatRefused", "cancelled", "other"] {
            let words = AuditWords.callEnd(Self.call("lost", ["why": kind]))
            #expect(words == "no answer: outcome unknown (\(TransportFailure.Kind(rawValue: kind)?.words ?? ""))")
        }
    }
}
