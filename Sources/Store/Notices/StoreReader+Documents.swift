internal import GRDB

/// What should stand in the folder of documents.
public struct StoredContent: Hashable, Sendable {
    public var sha256: String
    /// nil where only a notice names the content.
    public var byteCount: Int64?
}

extension StoreReader {
    /// Every content that was stored or that a notice names, each once.
    public func storedContents() throws -> [StoredContent] {
        let sql = """
            SELECT sha256, max(byte_count) FROM (
                SELECT sha256, byte_count FROM document
                UNION ALL SELECT sha256, NULL FROM notice_document WHERE sha256 IS NOT NULL)
            GROUP BY sha256 ORDER BY sha256
            """
        return try database().mapRows(sql) { row in StoredContent(sha256: row[0], byteCount: row[1]) }
    }
}
