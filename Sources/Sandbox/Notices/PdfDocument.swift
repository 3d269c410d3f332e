/// A small valid PDF with a few lines of text: what the simulated portals hand out as notices.
enum PdfDocument {
    /// - Parameter password: closes it; nil leaves it open.
    static func bytes(title: String, lines: [String], password: String? = nil) -> [UInt8] {
        var content = "BT /F1 14 Tf 72 770 Td (\(escaped(title))) Tj /F1 10 Tf"
        for line in lines { content += " 0 -18 Td (\(escaped(line))) Tj" }
        content += " ET"
        let lock = password.map { PdfLock(password: $0, id: title + lines.joined()) }
        let stream = lock?.closed(Array(content.utf8), object: 4) ?? Array(content.utf8)
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(stream.count) >>\nstream\n",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var text = Array("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.count)
            text += Array("\(index + 1) 0 obj\n\(object)".utf8)
            if index == 3 { text += stream + Array("\nendstream".utf8) }
            text += Array("\nendobj\n".utf8)
        }
        let start = text.count
        text += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
        for offset in offsets {
            let digits = String(offset)
            text += Array("\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n".utf8)
        }
        let entries = "/Size \(objects.count + 1) /Root 1 0 R" + (lock.map { " \($0.trailer)" } ?? "")
        text += Array("trailer\n<< \(entries) >>\nstartxref\n\(start)\n%%EOF\n".utf8)
        return text
    }

    /// The font knows Latin letters only; whatever else stands in a text becomes a question mark.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(200) {
            switch scalar {
            case "(", ")", "\\": result += "\\\(scalar)"
            case _ where scalar.isASCII && scalar.value >= 32 && scalar.value < 127:
                result.unicodeScalars.append(scalar)
            default: result += "?"
            }
        }
        return result
    }
}
