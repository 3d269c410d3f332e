import Wire

/// The SHA-256 of a document's content as the name of its file. What a database holds becomes a path by this alone.
struct DocumentName: Hashable, Sendable {
    let text: String

    init(of bytes: [UInt8]) { text = Wire.ContentHash.sha256(bytes) }

    /// nil for anything but exactly 64 lower-case hexadecimal digits: nothing else may climb out of the folder.
    init?(_ text: String) {
        let isHexadecimal = text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        guard isHexadecimal, text.utf8.count == 64 else { return nil }
        self.text = text
    }

    func file(in folder: String) -> String { "\(folder)/\(text.prefix(2))/\(text)" }
}
