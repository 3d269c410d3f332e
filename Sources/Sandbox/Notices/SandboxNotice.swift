import Domain
import Wire

/// One invented notice with what its detail and its documents need.
struct SandboxNotice: Sendable {
    var notice: BridgeNotice
    var documents: [SandboxDocument]
    var replies: [BridgeReply]
    var lines: [BridgeDefaultLine]
    /// Order of the list: RFC 3339 hides milliseconds, so the moment itself is kept.
    var updatedAt: Instant

    var listItem: BridgeNotice {
        var item = notice
        item.documentCount = documents.count
        return item
    }

    var detail: BridgeNotice {
        var item = listItem
        item.documents = documents.map(\.entry)
        item.replies = replies
        item.defaultLines = lines
        return item
    }
}

struct SandboxDocument: Sendable {
    var id: String
    var name: String
    var title: String
    var lines: [String]
    var kind: String

    var bytes: [UInt8] { PdfDocument.bytes(title: title, lines: lines) }

    var entry: BridgeDocument {
        let bytes = bytes
        return BridgeDocument(
            id: id, name: name, mediaType: "application/pdf", size: bytes.count, sha256: ContentHash.sha256(bytes),
            kind: kind, locked: false)
    }
}
