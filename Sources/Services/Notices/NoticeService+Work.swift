import Domain
import Foundation
import Store

// What people do about notices. Each deed is on record, and no fetch changes what it left.
extension NoticeService {
    /// Gives notices to somebody who may work on them.
    ///
    /// - Parameter name: nil gives them to nobody.
    public func assign(_ ids: [NoticeId], to name: String?) async throws(Complaint) {
        let doer = try await workspace.permit(.workNotices, on: ids.first?.auditSubject)
        if let name { try await requireWorker(name) }
        let detail = name.map { AuditDetail.text(["to": $0]) } ?? ""
        try await change(ids, doer, "notice.assign", detail) { writer, id in try writer.assign(id, to: name) }
    }

    private func requireWorker(_ name: String) async throws(Complaint) {
        let people = try await workspace.read { try $0.people() }
        let others = people.filter { $0.may(.workNotices).isPermitted }.map(\.name)
        guard let person = people.first(where: { $0.name == name }) else {
            throw .noAssignee(name, "there is no such user", others: others)
        }
        if case .refused(let why) = person.may(.workNotices) { throw .noAssignee(name, why, others: others) }
    }

    /// - Parameter tags: as people write them, with or without `#`.
    public func tag(_ ids: [NoticeId], _ tags: [String]) async throws(Complaint) {
        try await retag(ids, add: tags, remove: [])
    }

    /// - Throws: 65 for a notice that has not the tag; then none was taken away.
    public func untag(_ ids: [NoticeId], _ tags: [String]) async throws(Complaint) {
        try await retag(ids, add: [], remove: tags)
    }

    /// Adds and takes away, all or none.
    public func retag(_ ids: [NoticeId], add: [String], remove: [String]) async throws(Complaint) {
        let doer = try await workspace.permit(.workNotices, on: ids.first?.auditSubject)
        var steps: [Step] = []
        for tag in try Self.read(add) {
            steps.append(Step("notice.tag", AuditDetail.text(["tag": tag])) { writer, id in try writer.tag(id, tag) })
        }
        for tag in try Self.read(remove) {
            steps.append(
                Step("notice.untag", AuditDetail.text(["tag": tag])) { writer, id in
                    guard try writer.untag(id, tag) else { throw Complaint.tagMissing(tag, id.rawValue) }
                })
        }
        try await change(ids, doer, steps)
    }

    /// What people write as tags, for a filter.
    public static func tags(from texts: [String]) throws(Complaint) -> Set<String> { Set(try read(texts)) }

    private static func read(_ texts: [String]) throws(Complaint) -> [String] {
        var tags: [String] = []
        for text in texts {
            guard let tag = NoticeTag.read(text) else { throw .noTag(text) }
            tags.append(tag)
        }
        return tags
    }

    public func note(_ id: NoticeId, _ text: String) async throws(Complaint) {
        let doer = try await workspace.permit(.workNotices, on: id.auditSubject)
        let words = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !words.isEmpty else { throw .emptyNote() }
        guard words.unicodeScalars.count <= NoticeNote.longest else {
            throw .tooLong("the note", words, longest: NoticeNote.longest)
        }
        let note = NoticeNote(
            at: workspace.now, author: doer.name, text: HarmlessText.block(words, limit: NoticeNote.longest))
        try await change([id], doer, "notice.note", "") { writer, id in try writer.addNote(id, note) }
    }

    /// Sets the due date that goes before the portal's; nil gives way to that again.
    public func setDue(_ ids: [NoticeId], _ day: LegalDate?) async throws(Complaint) {
        let doer = try await workspace.permit(.workNotices, on: ids.first?.auditSubject)
        let detail = day.map { AuditDetail.text(["due_on": $0.description]) } ?? ""
        let calendar = workspace.settings.notices.calendar
        try await change(ids, doer, "notice.due", detail) { writer, id in
            try writer.setManualDue(id, day, calendar: calendar)
        }
    }

    /// For a notice of which nobody else tells the state: see `Notice.stateIsOurs`.
    public func setState(_ id: NoticeId, _ state: NoticeState) async throws(Complaint) {
        let doer = try await workspace.permit(.workNotices, on: id.auditSubject)
        let (calendar, now) = (workspace.settings.notices.calendar, workspace.now)
        let detail = AuditDetail.text(["state": state.rawValue])
        try await change([id], doer, "notice.state", detail) { writer, id in
            try writer.setState(id, state, calendar: calendar, now: now)
        }
    }

    /// One deed about one notice, and how the audit trail names it.
    private struct Step: Sendable {
        let action: String
        let detail: String
        let body: @Sendable (StoreWriter, NoticeId) throws -> Void

        init(_ action: String, _ detail: String, _ body: @escaping @Sendable (StoreWriter, NoticeId) throws -> Void) {
            self.action = action
            self.detail = detail
            self.body = body
        }
    }

    private func change(
        _ ids: [NoticeId], _ doer: Doer, _ action: String, _ detail: String,
        _ body: @escaping @Sendable (StoreWriter, NoticeId) throws -> Void
    ) async throws(Complaint) {
        try await change(ids, doer, [Step(action, detail, body)])
    }

    /// All or none.
    private func change(_ ids: [NoticeId], _ doer: Doer, _ steps: [Step]) async throws(Complaint) {
        let now = workspace.now
        try await workspace.write { writer in
            for id in ids {
                guard try writer.reader.notice(id) != nil else { throw Complaint.unknownNotice(id.rawValue) }
                for step in steps {
                    try step.body(writer, id)
                    try writer.recordEvent(doer.event(step.action, id.auditSubject, detail: step.detail, at: now))
                }
            }
        }
    }
}

/// A notice that came by post, by e-mail or over the counter.
public struct NoticeEntry: Sendable, Hashable {
    public var identity: PortalIdentity
    public var reference = ""
    public var form = ""
    public var section = ""
    public var summary = ""
    public var period = ""
    public var issuedOn: LegalDate?
    public var servedOn: LegalDate?
    /// Without it the rules compute one where they know how.
    public var dueOn: LegalDate?
    public var demand: Rupees?

    public init(identity: PortalIdentity) { self.identity = identity }
}

extension NoticeService {
    /// Enters a notice that no portal has delivered. When one delivers its reference later, it becomes the portal's and
    /// keeps what people added.
    public func add(_ entry: NoticeEntry) async throws(Complaint) -> NoticeId {
        let doer = try await workspace.permit(.workNotices, on: entry.identity.auditSubject)
        let now = workspace.now
        let facts = try Self.facts(entry)
        let calendar = workspace.settings.notices.calendar
        return try await workspace.write { writer in
            guard let account = try writer.reader.account(entry.identity) else {
                throw Complaint.unknownIdentity(entry.identity)
            }
            let id = try writer.addManual(account.id, facts, calendar: calendar, now: now)
            if let due = entry.dueOn { try writer.setManualDue(id, due, calendar: calendar) }
            try writer.recordEvent(doer.event("notice.add", id.auditSubject, at: now))
            return id
        }
    }

    private static func facts(_ entry: NoticeEntry) throws(Complaint) -> NoticeFacts {
        var facts = NoticeFacts(
            externalKey: "manual:\(UUID().uuidString.lowercased())", place: entry.identity.portal.places[0],
            reference: "")
        let fields: [(String, String, Int, WritableKeyPath<NoticeFacts, String>)] = [
            ("the reference", entry.reference, 120, \.reference), ("the form", entry.form, 40, \.form),
            ("the section", entry.section, 40, \.section), ("the description", entry.summary, 500, \.summary),
            ("the period", entry.period, 40, \.period),
        ]
        for (what, text, longest, path) in fields {
            let line = HarmlessText.line(text.trimmingCharacters(in: .whitespacesAndNewlines), limit: .max)
            guard line.unicodeScalars.count <= longest else { throw .tooLong(what, line, longest: longest) }
            facts[keyPath: path] = line
        }
        guard !(facts.reference + facts.form + facts.section + facts.summary).isEmpty else { throw .emptyEntry() }
        (facts.issuedOn, facts.servedOn, facts.demand) = (entry.issuedOn, entry.servedOn, entry.demand)
        return facts
    }
}
