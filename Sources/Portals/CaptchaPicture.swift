import FoundationEssentials

/// The picture of a captcha, checked before it is kept or shown.
enum CaptchaPicture {
    private static let largest = 1 << 20

    /// PNG or JPEG of at most 1 MB, from Base64 or a `data:` URL of it; nil for anything else.
    static func bytes(base64 text: String?) -> [UInt8]? {
        guard let text, text.utf8.count <= largest * 4 / 3 + 100 else { return nil }
        let isURL = text.hasPrefix("data:image/")
        let encoded = isURL ? text.split(separator: ",", maxSplits: 1).last.map(String.init) ?? "" : text
        guard let data = Data(base64Encoded: encoded), data.count <= largest else { return nil }
        let bytes = Array(data)
        let isPng = bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
        return isPng || bytes.starts(with: [0xFF, 0xD8, 0xFF]) ? bytes : nil
    }
}
