import Domain

/// One file that the simulated portal hands out.
struct EFilingFile: Sendable {
    /// How the bytes arrive.
    enum Form: Sendable {
        case pdf
        /// Inside a serialized Java object.
        case enveloped
        /// A page of HTML where the file should be.
        case page
    }

    var id: Int64
    /// As the portal stores it: with `.gz` behind, though the file is served as it is.
    var name: String
    var title: String
    var lines: [String]
    var form = Form.pdf
    /// Closes the PDF; nil leaves it open.
    var password: String?

    var bytes: [UInt8] {
        let pdf = PdfDocument.bytes(title: title, lines: lines, password: password)
        switch form {
        case .pdf: return pdf
        case .enveloped: return Self.javaHead + pdf + [0x78, 0x70]
        case .page: return Array("<html><body>Something went wrong</body></html>".utf8)
        }
    }

    var answer: SandboxAnswer {
        let type =
            switch form {
            case .pdf: "application/pdf"
            case .enveloped: "application/json"
            case .page: "text/html"
            }
        var answer = SandboxAnswer(status: 200, body: bytes, mediaType: type)
        answer.headers = [("Content-Disposition", "attachment; filename=\"\(name)\"")]
        return answer
    }

    /// The beginning of a byte array as `java.io.ObjectOutputStream` writes it: magic, version, class, length.
    private static let javaHead: [UInt8] =
        [0xAC, 0xED, 0x00, 0x05, 0x75, 0x72, 0x00, 0x02, 0x5B, 0x42, 0xAC, 0xF3, 0x17, 0xF8, 0x06, 0x08, 0x54, 0xE0]
        + [0x02, 0x00, 0x00, 0x78, 0x70, 0x00, 0x00, 0x04, 0x00]

    /// The date at the end of stored names.
    static func stamp(_ date: LegalDate) -> String {
        Digits.padded(date.day, 2) + Digits.padded(date.month, 2) + Digits.padded(date.year, 4)
    }
}
