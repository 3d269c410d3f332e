import Domain
import Store

extension NoticeService {
    public enum Format: String, Sendable, CaseIterable {
        case csv, json, ics

        /// By the ending of a file's name; CSV for any other.
        public init(fileName: String) {
            let ending = fileName.lowercased().split(separator: ".").last.map(String.init) ?? ""
            self = ending == "jsonl" ? .json : Format(rawValue: ending) ?? .csv
        }
    }

    /// Writes every notice of the query, never holding all of them; a calendar has those that have, or had, a
    /// due date. A file is complete or not there.
    ///
    /// - Returns: how many were written.
    @discardableResult
    public func export(_ query: NoticeQuery, format: Format, to target: ExportTarget) async throws(Complaint) -> Int {
        let doer = try await workspace.permit(.see)
        var all = query
        all.page = 1
        all.perPage = nil
        let (whole, now) = (all, workspace.now)
        do {
            let count = try await workspace.store.read { reader in
                let house = try reader.setting("workspace.id") ?? "workspace"
                let writer = NoticeWriter(format: format, house: house, now: now)
                let output = try ExportFile.open(target)
                var count = 0
                try output.write(writer.head)
                try reader.eachNotice(whole) { notice in
                    guard let text = try writer.text(of: notice) else { return }
                    try output.write(text)
                    count += 1
                }
                try output.write(writer.tail)
                try output.close()
                return count
            }
            let detail = AuditDetail.text(["format": format.rawValue, "count": "\(count)"])
            let event = doer.event("notice.export", "notices", detail: detail, at: now)
            do {
                _ = try await workspace.store.write { try $0.recordEvent(event) }
            } catch StoreProblem.full where target == .standardOutput {
                // It is out already, as it would be from a list; a full disk keeps nobody from reading.
            }
            return count
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
    }
}

/// Notices in the shape of one format.
private struct NoticeWriter {
    let format: NoticeService.Format
    let house: String
    let now: Instant

    var head: String {
        switch format {
        case .csv: NoticeExport.header
        case .json: ""
        case .ics: NoticeCalendar.head
        }
    }

    var tail: String { format == .ics ? NoticeCalendar.tail : "" }

    /// nil for a notice that the format has no place for.
    func text(of notice: Notice) throws -> String? {
        switch format {
        case .csv: NoticeExport.csv(notice)
        case .json: try NoticeExport.json(notice)
        case .ics: NoticeCalendar.event(notice, house: house, now: now)
        }
    }
}
