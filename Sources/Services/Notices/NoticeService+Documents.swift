import Domain
import Foundation
import Store

/// A document that left the workspace.
public struct SavedDocument: Sendable, Hashable {
    public var file: String
    /// What is to be known about it, in words; empty when it is as it came and opens without a password.
    public var remark: String

    public init(file: String, remark: String = "") {
        self.file = file
        self.remark = remark
    }
}

extension NoticeService {
    /// Copies the downloaded documents of a notice into a folder under harmless names. A locked PDF or archive is opened with the
    /// passwords that portals are known to use. What would harm the machine is left out, and so is what is not here or
    /// was changed since it came; `refused` tells each.
    ///
    /// - Parameter asReceived: the bytes as they came: neither opened nor held back.
    public func saveDocuments(
        of id: NoticeId, to folder: String, asReceived: Bool = false
    ) async throws(Complaint) -> (saved: [SavedDocument], refused: [Complaint]) {
        let (notice, business) = try await owner(of: id)
        var refused: [Complaint] = []
        var leaving: [(document: NoticeDocument, source: String)] = []
        for document in notice.facts.documents {
            do throws(Complaint) {
                let source = try await whole(document)
                if !asReceived { try Self.requireHarmless(document, source, of: id) }
                leaving.append((document, source))
            } catch {
                refused.append(error)
            }
        }
        if notice.facts.documents.isEmpty { throw .noDocument("it has none") }
        if leaving.isEmpty { return ([], refused) }
        try await record(id, leaving.map(\.document), asReceived)
        var saved: [SavedDocument] = []
        do throws(Complaint) {
            for (document, source) in leaving {
                let target = FreeName.path(in: folder, wanted: FreeName.harmless(document.name))
                let copy = ExportTarget.file(target, replaces: false)
                saved.append(try await hand(over: source, copy, notice, business, asReceived))
            }
        } catch {
            try? await record(id, leaving.prefix(saved.count).map(\.document), asReceived, outcome: Self.cutShort)
            throw error
        }
        return (saved, refused)
    }

    /// What a notice lists and nobody has downloaded, each as a complaint.
    public func neverDownloaded(of id: NoticeId) async throws(Complaint) -> [Complaint] {
        try await owner(of: id).0.facts.documents.filter { $0.sha256 == nil }.map { Complaint.neverDownloaded($0.name) }
    }

    /// The same for the one downloaded document of a notice, under a name of one's own.
    public func saveOnlyDocument(
        of id: NoticeId, as target: ExportTarget, asReceived: Bool = false
    ) async throws(Complaint) -> SavedDocument {
        let (notice, business) = try await owner(of: id)
        let stored = notice.facts.documents.filter { $0.sha256 != nil }
        guard let document = stored.first else {
            throw .noDocument("notice \(id.rawValue) has none downloaded")
        }
        guard stored.count == 1 else { throw .severalDocuments(id.rawValue, stored.count) }
        let source = try await whole(document)
        if !asReceived { try Self.requireHarmless(document, source, of: id) }
        try await record(id, [document], asReceived)
        do throws(Complaint) {
            return try await hand(over: source, target, notice, business, asReceived)
        } catch {
            try? await record(id, [], asReceived, outcome: Self.cutShort)
            throw error
        }
    }

    /// The file of a document that is here as it came. Reads all of it, on a thread of its own.
    private func whole(_ document: NoticeDocument) async throws(Complaint) -> String {
        let folder = workspace.documents
        return try await OwnThread.run { () throws(Complaint) in try folder.source(of: document) }
    }

    private func owner(of id: NoticeId) async throws(Complaint) -> (Notice, Business?) {
        try await workspace.permit(.see)
        let found = try await workspace.read { reader -> (Notice, Business?)? in
            guard let notice = try reader.notice(id) else { return nil }
            let business = try reader.account(notice.identity)?.businessId
            return (notice, try business.flatMap { try reader.business($0) })
        }
        guard let found else { throw .unknownNotice(id.rawValue) }
        return found
    }

    private func hand(
        over source: String, _ target: ExportTarget, _ notice: Notice, _ business: Business?, _ asReceived: Bool
    ) async throws(Complaint) -> SavedDocument {
        let opener = DocumentOpener(
            path: workspace.surroundings.environment["PATH"], folder: workspace.home.run)
        let candidates = DocumentKeys.candidates(
            notice.identity, business, filed: try filings(notice), of: notice.facts)
        let name = if case .file(let path, _) = target { path } else { "-" }
        return try await OwnThread.run { () throws(Complaint) in
            if asReceived {
                try FileCopy.make(source, target)
                return SavedDocument(file: name)
            }
            switch try opener.open(source, candidates) {
            case .notLocked:
                try FileCopy.make(source, target)
                return SavedDocument(file: name)
            case .opened(let copy, let recipe):
                defer { unlink(copy) }
                try FileCopy.make(copy, target)
                return SavedDocument(file: name, remark: "was locked; this copy opens without its password (\(recipe))")
            case .undecided(let why):
                try FileCopy.make(source, target)
                return SavedDocument(file: name, remark: "may be locked: \(why)")
            case .locked(let why):
                try FileCopy.make(source, target)
                return SavedDocument(file: name, remark: "is locked: \(why)\(Self.missing(business))")
            }
        }
    }

    /// When statements of the TAN were filed, from its default summaries.
    private func filings(_ notice: Notice) throws(Complaint) -> [LegalDate] {
        guard notice.identity.portal == .traces else { return [] }
        return try workspace.lookUp { reader in try reader.filingDays(notice.accountId) }
    }

    /// What would let more recipes be tried.
    private static func missing(_ business: Business?) -> String {
        guard let business, business.formedOn == nil else { return "" }
        return "; its date of birth or incorporation is not known, "
            + "`portaldesk business edit \(business.id.rawValue) --formed-on DATE` enters it"
    }

    private static func requireHarmless(
        _ document: NoticeDocument, _ source: String, of id: NoticeId
    ) throws(Complaint) {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: source), options: .mappedIfSafe),
            let why = DocumentDanger.reason(document.name, bytes)
        else { return }
        throw .dangerousDocument(
            document.name, why, how: "`portaldesk notice document \(id.rawValue) --as-received` saves it all the same")
    }

    /// The outcome of a row about what left before an error ended it.
    private static let cutShort = "failed"

    /// Documents that leave the workspace are on record before the first byte does, as every export is; a second row
    /// says how many left when an error came between.
    private func record(
        _ id: NoticeId, _ documents: [NoticeDocument], _ asReceived: Bool, outcome: String = "done"
    ) async throws(Complaint) {
        var facts = ["files": "\(documents.count)", "as_received": asReceived ? "yes" : "no"]
        facts["names"] = HarmlessText.line(documents.map(\.name).joined(separator: ", "), limit: 500)
        let (detail, doer) = (AuditDetail.text(facts), try await workspace.permit(.see))
        let event = doer.event(
            "notice.document", id.auditSubject, outcome: outcome, detail: detail, at: workspace.now)
        try await workspace.write { try $0.recordEvent(event) }
    }
}
