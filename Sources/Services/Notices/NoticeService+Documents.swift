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
    /// Where the bytes of a document are; nil when they were not downloaded.
    public func file(of document: NoticeDocument) -> String? {
        guard let hash = document.sha256 else { return nil }
        let file = workspace.documents.file(sha256: hash)
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    /// Copies the downloaded documents of a notice into a folder under harmless names. A locked PDF is opened with the
    /// passwords that portals are known to use; what would harm the machine is left out, and told in `refused`.
    ///
    /// - Parameter asReceived: the bytes as they came: neither opened nor held back.
    public func saveDocuments(
        of id: NoticeId, to folder: String, asReceived: Bool = false
    ) async throws(Complaint) -> (saved: [SavedDocument], refused: [Complaint]) {
        let (notice, business) = try await owner(of: id)
        var (saved, refused): ([SavedDocument], [Complaint]) = ([], [])
        for document in notice.facts.documents {
            guard let source = file(of: document) else { continue }
            let target = FreeName.path(in: folder, wanted: FreeName.harmless(document.name))
            do throws(Complaint) {
                let target = ExportTarget.file(target, replaces: false)
                saved.append(try await hand(over: document, source, target, notice, business, asReceived))
            } catch  where error.status == .badData {
                refused.append(error)
            }
        }
        if saved.isEmpty, let first = refused.first { throw first }
        if saved.isEmpty {
            throw .noDocument(notice.facts.documents.isEmpty ? "it has none" : "none was downloaded yet")
        }
        try await record(id)
        return (saved, refused)
    }

    /// The same for the one downloaded document of a notice, under a name of one's own.
    public func saveOnlyDocument(
        of id: NoticeId, as target: ExportTarget, asReceived: Bool = false
    ) async throws(Complaint) -> SavedDocument {
        let (notice, business) = try await owner(of: id)
        let stored = notice.facts.documents.compactMap { document in file(of: document).map { (document, $0) } }
        guard let (document, source) = stored.first else {
            throw .noDocument("notice \(id.rawValue) has none downloaded")
        }
        guard stored.count == 1 else { throw .severalDocuments(id.rawValue, stored.count) }
        let saved = try await hand(over: document, source, target, notice, business, asReceived)
        try await record(id)
        return saved
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
        over document: NoticeDocument, _ source: String, _ target: ExportTarget, _ notice: Notice,
        _ business: Business?, _ asReceived: Bool
    ) async throws(Complaint) -> SavedDocument {
        let opener = DocumentOpener(
            path: workspace.surroundings.environment["PATH"], folder: workspace.home.run)
        let candidates = DocumentKeys.candidates(notice.identity, business)
        let name = if case .file(let path, _) = target { path } else { "-" }
        return try await OwnThread.run { () throws(Complaint) in
            if asReceived {
                try FileCopy.make(source, target)
                return SavedDocument(file: name)
            }
            try Self.requireHarmless(document, source, of: notice.id)
            switch try opener.open(source, candidates) {
            case .notLocked:
                try FileCopy.make(source, target)
                return SavedDocument(file: name)
            case .opened(let copy, let recipe):
                defer { unlink(copy) }
                try FileCopy.make(copy, target)
                return SavedDocument(file: name, remark: "was locked; this copy opens without its password (\(recipe))")
            case .locked(let why):
                try FileCopy.make(source, target)
                return SavedDocument(file: name, remark: "is locked: \(why)\(Self.missing(business))")
            }
        }
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
            let why = DocumentDanger.reason(in: bytes)
        else { return }
        throw .dangerousDocument(
            document.name, why, how: "`portaldesk notice document \(id.rawValue) --as-received` saves it all the same")
    }

    /// Documents that leave the workspace are on record, as every export is.
    private func record(_ id: NoticeId) async throws(Complaint) {
        let event = try await workspace.permit(.see).event("notice.document", id.auditSubject, at: workspace.now)
        try await workspace.write { try $0.recordEvent(event) }
    }
}
