import Domain
import Foundation
import Store

/// The register of businesses: whose portals are looked after.
public struct BusinessService: Sendable {
    let workspace: Workspace

    public func page(_ query: BusinessQuery) async throws(Complaint) -> BusinessPage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.businesses(query) }
    }

    public func business(_ id: BusinessId) async throws(Complaint) -> Business? {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.business(id) }
    }

    @discardableResult
    public func add(_ draft: BusinessDraft) async throws(Complaint) -> BusinessId {
        let doer = try await workspace.permit(.keepBusinesses, on: draft.name)
        let now = workspace.now
        let passwordless = workspace.passwordless()
        return try await workspace.write { writer in
            let id = try writer.add(draft, now: now)
            try writer.settlePasswordNeeds(passwordless)
            try writer.recordEvent(doer.event("business.add", draft.name, correlation: id.auditSubject, at: now))
            return id
        }
    }

    /// Stores a business as a form has it: a new one, or the edit of one that stands.
    @discardableResult
    public func save(
        _ edit: BusinessEdit, existing: BusinessId?
    ) async throws(Complaint) -> BusinessId {
        if let existing {
            try await update(existing, edit)
            return existing
        }
        let doer = try await workspace.permit(.keepBusinesses, on: edit.name)
        try Self.check(edit)
        let (now, passwordless) = (workspace.now, workspace.passwordless())
        return try await workspace.write { writer in
            let draft = BusinessDraft(
                name: edit.name, pan: edit.pan, gstin: edit.gstins.first, tan: edit.tans.first, group: edit.group,
                formedOn: edit.formedOn)
            let id = try writer.add(draft, now: now)
            if edit.gstins.count > 1 || edit.tans.count > 1 {
                try writer.update(id, edit, now: now)
            }
            try writer.settlePasswordNeeds(passwordless)
            try writer.recordEvent(doer.event("business.add", edit.name, correlation: id.auditSubject, at: now))
            return id
        }
    }

    /// A text that does not fit is refused, never shortened behind somebody's back.
    private static func check(_ edit: BusinessEdit) throws(Complaint) {
        for (what, text, longest) in [
            ("the name", edit.name, Business.longestName), ("the group", edit.group, Business.longestGroup),
        ] where text.unicodeScalars.count > longest {
            throw Complaint.tooLong(what, text, longest: longest)
        }
    }

    public func update(_ id: BusinessId, _ edit: BusinessEdit) async throws(Complaint) {
        let doer = try await workspace.permit(.keepBusinesses, on: id.auditSubject)
        try Self.check(edit)
        let (now, passwordless) = (workspace.now, workspace.passwordless())
        try await workspace.write { writer in
            let before = try writer.reader.business(id)
            try writer.update(id, edit, now: now)
            try writer.settlePasswordNeeds(passwordless)
            let facts = Self.facts(from: before, to: try writer.reader.business(id))
            try writer.recordEvent(
                doer.event(
                    "business.edit", edit.name, detail: AuditDetail.text(facts), correlation: id.auditSubject, at: now))
        }
    }

    /// What an edit changed, for the audit trail.
    private static func facts(from before: Business?, to after: Business?) -> [String: String] {
        guard let before, let after else { return [:] }
        var facts: [String: String] = [:]
        if before.name != after.name { (facts["from"], facts["to"]) = (before.name, after.name) }
        if before.group != after.group { facts["group"] = after.group }
        func identities(_ business: Business) -> Set<String> {
            Set(business.gstins + business.tans + (business.pan.map { [$0.text] } ?? []))
        }
        let (had, has) = (identities(before), identities(after))
        if !has.isSubset(of: had) { facts["added"] = has.subtracting(had).sorted().joined(separator: " ") }
        if !had.isSubset(of: has) { facts["removed"] = had.subtracting(has).sorted().joined(separator: " ") }
        return facts
    }

    /// Its logins go with it, so this is editing credentials.
    public func remove(_ id: BusinessId) async throws(Complaint) {
        let doer = try await workspace.permit(.editCredential, on: id.auditSubject)
        let now = workspace.now
        try await workspace.write { writer in
            let name = try writer.reader.business(id)?.name ?? "\(id.rawValue)"
            try writer.remove(id, now: now)
            try writer.recordEvent(doer.event("business.remove", name, correlation: id.auditSubject, at: now))
        }
    }

    /// Imports a spreadsheet. Good rows are kept, bad ones named with line and reason.
    ///
    /// - Parameters:
    ///   - takesHanded: whether `-` is standard input, and a pipe that the shell opened is read.
    ///   - progress: told how many rows of how many are stored; called some dozen times.
    public func importSheet(
        file: String, dryRun: Bool, takesHanded: Bool = false, progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws(Complaint) -> ImportSummary {
        let doer = try await workspace.permit(.keepBusinesses)
        var sheet = try await OwnThread.run { () throws(Complaint) in
            try BusinessSheet(CsvText(bytes: SheetFile.read(file, takesHanded: takesHanded), file: file), file: file)
        }
        var summary = ImportSummary(rows: 0)
        var drafts: [(line: Int, draft: BusinessDraft)] = []
        while true {
            let parsing = sheet
            let (part, rest) = try await OwnThread.run {
                var sheet = parsing
                return (sheet.next(Self.batch), sheet)
            }
            sheet = rest
            if part.rows == 0 { break }
            summary.rows += part.rows
            summary.refusals += part.refusals
            if dryRun { drafts += part.drafts } else { try await store(part.drafts, dryRun: false, into: &summary) }
            progress(summary.rows, sheet.rowCount)
        }
        // In one piece: rows of one sheet may concern one another, however far apart they stand.
        if dryRun { try await store(drafts, dryRun: true, into: &summary) }
        summary.refusals.sort { $0.line < $1.line }
        if !dryRun, summary.created + summary.extended > 0 {
            let (now, text) = (workspace.now, "\(summary.created) new, \(summary.extended) extended")
            let detail = AuditDetail.text(["rows": text])
            let event = doer.event("business.import", "businesses", detail: detail, at: now)
            try await workspace.write { try $0.recordEvent(event) }
            try await workspace.settlePasswordNeeds()
        }
        return summary
    }

    private static let batch = 2_000

    private struct DryRunOver: Error { var outcomes: [ImportOutcome] }

    private func store(
        _ part: [(line: Int, draft: BusinessDraft)], dryRun: Bool, into summary: inout ImportSummary
    ) async throws(Complaint) {
        let now = workspace.now
        let drafts = part.map(\.draft)
        let outcomes: [ImportOutcome]
        do {
            outcomes = try await workspace.store.write { writer in
                let outcomes = try writer.importBusinesses(drafts, now: now)
                // A dry run does everything and then undoes it, so that it tells exactly what a real one would.
                if dryRun { throw DryRunOver(outcomes: outcomes) }
                return outcomes
            }
        } catch let over as DryRunOver {
            outcomes = over.outcomes
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
        for (row, outcome) in zip(part, outcomes) {
            switch outcome {
            case .created: summary.created += 1
            case .extended: summary.extended += 1
            case .unchanged: summary.unchanged += 1
            case .refused(let reason): summary.refusals.append(.init(line: row.line, reason: reason))
            }
        }
    }
}

extension Workspace {
    public var businesses: BusinessService { BusinessService(workspace: self) }
}
