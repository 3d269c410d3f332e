import Domain
import Foundation
import Store

/// Notices and orders: lists, details, what people do about them, documents, export.
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

    /// How many notices of the query fall due on each day of its span.
    public func dueDays(_ query: NoticeQuery) async throws(Complaint) -> [DueDayCount] {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.dueDays(query) }
    }

    /// Who may only look leaves no mark, and has tried nothing that would be on record.
    public func markSeen(_ ids: [NoticeId]) async throws(Complaint) {
        try await workspace.permit(.see)
        guard try await workspace.may(.workNotices) else { return }
        let now = workspace.now
        try await workspace.write { try $0.markSeen(ids, at: now) }
    }
}

extension Workspace {
    public var notices: NoticeService { NoticeService(workspace: self) }
}
