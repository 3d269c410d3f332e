import Domain
import Store
import Synchronization

/// Who uses an open workspace in this process. One workspace object serves one of them at a time.
enum Actor: Sendable, Hashable {
    case nobody
    case person(name: String, session: String)
    /// A part of the program that acts for no person: the worker, the building of a demo.
    case program(String)
}

/// Who did something, as the audit trail names them.
struct Doer: Sendable, Hashable {
    var name: String
    var session = ""

    /// A row for the audit trail.
    func event(
        _ action: String, _ subject: String, outcome: String = "done", detail: String = "", correlation: String = "",
        at now: Instant
    ) -> AuditEvent {
        AuditEvent(
            at: now, actor: name, action: action, subject: subject, outcome: outcome, detail: detail, session: session,
            correlation: correlation)
    }
}

/// Holds who acts; shared by every service of one workspace.
final class Acting: Sendable {
    private let actor = Mutex(Actor.nobody)
    private let stamp = Mutex(Instant?.none)

    var current: Actor {
        get { actor.withLock { $0 } }
        set { actor.withLock { $0 = newValue } }
    }

    /// When this process last said that it uses the session; a later time on the session's file is another process's.
    var stampedAt: Instant? {
        get { stamp.withLock { $0 } }
        set { stamp.withLock { $0 = newValue } }
    }
}

extension Workspace {
    /// Asked by every service before it does anything: role, grants and session are read anew each time, so that what
    /// an admin changes holds at once in every desk that is open.
    ///
    /// - Parameters:
    ///   - subject: to what it would be done, as the audit trail names it; nil where that is not known yet.
    ///   - correlation: what that belongs to.
    /// - Throws: a `Complaint` (77) when nobody is logged in or the deed is not permitted. A refusal is put on record.
    @discardableResult
    func permit(
        _ deed: Deed, on subject: String? = nil, correlation: String = ""
    ) async throws(Complaint) -> Doer {
        switch acting.current {
        case .nobody: throw Complaint.notLoggedIn
        case .program(let name): return Doer(name: name)
        case .person(let name, let session):
            let now = now
            let person = try await read { reader -> Person? in
                guard let found = try reader.session(session), found.person == name, found.endsAt > now else {
                    return nil
                }
                return try reader.person(name)
            }
            guard let person, person.isEnabled else {
                // A lock ends the session of commands too, and one that runs is to say so.
                let absence = login.absence()
                throw absence == .notLoggedIn ? .sessionEnded : absence
            }
            guard case .refused(let reason) = person.may(deed) else { return Doer(name: name, session: session) }
            let event = Self.refusal(deed, subject, person, session, correlation, at: now)
            // A refusal stands even when it cannot be written down.
            _ = try? await write { try $0.recordEvent(event) }
            throw Complaint.notPermitted(reason)
        }
    }

    /// What was tried, to what, by which command, and whose office it needs.
    private static func refusal(
        _ deed: Deed, _ subject: String?, _ person: Person, _ session: String, _ correlation: String, at now: Instant
    ) -> AuditEvent {
        var facts = ["deed": deed.rawValue, "needs": deed.needs, "role": person.role.rawValue]
        if !Undertaking.words.isEmpty { facts["command"] = Undertaking.words }
        return Doer(name: person.name, session: session).event(
            "denied", subject.map { HarmlessText.line($0, limit: 80) } ?? deed.rawValue, outcome: "denied",
            detail: AuditDetail.text(facts), correlation: correlation, at: now)
    }

    /// Whether whoever acts may do this too; a no is not put on record, for nobody has tried.
    func may(_ deed: Deed) async throws(Complaint) -> Bool {
        switch acting.current {
        case .nobody: return false
        case .program: return true
        case .person(let name, _):
            guard let person = try await read({ try $0.person(name) }), person.isEnabled else { return false }
            if case .refused = person.may(deed) { return false }
            return true
        }
    }

    /// Whether anybody may look at all: for what is read on the caller's thread, before a first paint or within a key.
    var isInUse: Bool { acting.current != .nobody }
}

extension Complaint {
    public static let notLoggedIn = Complaint(
        "not logged in", remedy: "Log in with `portaldesk login --user NAME`", status: .notPermitted)

    /// - Parameter since: day and time of the lock.
    public static func lockedDesk(since: String) -> Complaint {
        Complaint(
            "the vault is locked", why: "the desk was locked on \(since), and that ends the session of commands too",
            remedy: "Unlock the desk, or log in with `portaldesk login --user NAME`; what was queued stays queued",
            status: .notPermitted)
    }

    public static let sessionEnded = Complaint(
        "the session has ended", why: "it ran out, or an admin ended it",
        remedy: "Log in again with `portaldesk login --user NAME`", status: .notPermitted)

    static func notPermitted(_ reason: String) -> Complaint {
        Complaint("not permitted", why: reason, remedy: "Ask an admin", status: .notPermitted)
    }
}
