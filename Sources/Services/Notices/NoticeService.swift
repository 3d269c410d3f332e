import Domain
import Foundation
import Store

/// Notices and orders as fetched: lists, details, documents, export.
public struct NoticeService: Sendable {
    let workspace: Workspace

    public func page(_ query: NoticeQuery) async throws(Complaint) -> NoticePage {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.notices(query) }
    }

    public func notice(_ id: NoticeId) async throws(Complaint) -> Notice? {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.notice(id) }
    }

    public func changes(_ id: NoticeId) async throws(Complaint) -> [NoticeChange] {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.noticeChanges(id) }
    }

    public func markSeen(_ ids: [NoticeId]) async throws(Complaint) {
        try await workspace.permit(.workNotices)
        let now = workspace.now
        try await workspace.write { try $0.markSeen(ids, at: now) }
    }

    /// Where the bytes of a document are; nil when they were not downloaded.
    public func file(of document: NoticeDocument) -> String? {
        guard let hash = document.sha256 else { return nil }
        let file = DocumentFolder(path: workspace.home.documents).file(sha256: hash)
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    public enum Format: String, Sendable, CaseIterable { case csv, json }

    /// Writes every notice of the query, never holding all of them. A file is complete or not there.
    ///
    /// - Returns: how many were written.
    @discardableResult
    public func export(_ query: NoticeQuery, format: Format, to target: ExportTarget) async throws(Complaint) -> Int {
        let doer = try await workspace.permit(.see)
        var all = query
        all.page = 1
        all.perPage = nil
        let whole = all
        do {
            let count = try await workspace.store.read { reader in
                let output = try ExportFile.open(target)
                var count = 0
                if format == .csv { try output.write(NoticeExport.header) }
                try reader.eachNotice(whole) { notice in
                    try output.write(format == .csv ? NoticeExport.csv(notice) : NoticeExport.json(notice))
                    count += 1
                }
                try output.close()
                return count
            }
            let detail = AuditDetail.text(["format": format.rawValue, "count": "\(count)"])
            let event = doer.event("notice.export", "notices", detail: detail, at: workspace.now)
            _ = try await workspace.store.write { try $0.recordEvent(event) }
            return count
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
    }

    /// Copies the downloaded documents of a notice into a folder under harmless names.
    ///
    /// - Returns: the files written.
    public func saveDocuments(of id: NoticeId, to folder: String) async throws(Complaint) -> [String] {
        guard let notice = try await notice(id) else {
            throw Complaint("there is no notice \(id.rawValue)", status: .badData)
        }
        var written: [String] = []
        for document in notice.facts.documents {
            guard let source = file(of: document) else { continue }
            let target = FreeName.path(in: folder, wanted: FreeName.harmless(document.name))
            try await OwnThread.run { () throws(Complaint) in try FileCopy.make(source, .file(target, replaces: false))
            }
            written.append(target)
        }
        if written.isEmpty {
            let why = notice.facts.documents.isEmpty ? "it has none" : "none was downloaded yet"
            throw Complaint("there is no document to save", why: why, status: .badData)
        }
        try await record(id)
        return written
    }
}

extension Workspace {
    public var notices: NoticeService { NoticeService(workspace: self) }
}

extension NoticeService {
    /// Copies the one downloaded document of a notice.
    public func saveOnlyDocument(of id: NoticeId, as target: ExportTarget) async throws(Complaint) {
        guard let notice = try await notice(id) else { throw Complaint.unknownNotice(id.rawValue) }
        let sources = notice.facts.documents.compactMap(file(of:))
        guard let source = sources.first else {
            throw Complaint("notice \(id.rawValue) has no downloaded document", status: .badData)
        }
        guard sources.count == 1 else {
            throw Complaint(
                "notice \(id.rawValue) has \(sources.count) documents", remedy: "Name an existing folder with --out",
                status: .usage)
        }
        try await OwnThread.run { () throws(Complaint) in try FileCopy.make(source, target) }
        try await record(id)
    }

    /// Documents that leave the workspace are on record, as every export is.
    private func record(_ id: NoticeId) async throws(Complaint) {
        let event = try await workspace.permit(.see).event(
            "notice.document", "notice/\(id.rawValue)", at: workspace.now)
        try await workspace.write { try $0.recordEvent(event) }
    }
}

extension Complaint {
    public static func unknownNotice(_ id: Int64) -> Complaint {
        Complaint("there is no notice \(id)", remedy: "`portaldesk notice list` shows them", status: .badData)
    }
}
