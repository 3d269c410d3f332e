/// The header lines of an answer as they arrive. Each status line starts over: proxies, 100-continue.
struct ResponseHead {
    private(set) var status: Int?
    private(set) var headers = HTTPHeaders()
    /// Whether the empty line that ends the header was seen. libcurl 7.88 calls an answer cut in its header a success.
    private(set) var isComplete = false

    mutating func take(line: UnsafeBufferPointer<UInt8>) {
        var line = line[...]
        while let last = line.last, last == 10 || last == 13 { line = line.dropLast() }
        if line.isEmpty {
            isComplete = true
        } else if line.starts(with: "HTTP/".utf8) {
            self = ResponseHead()
            status = Self.status(line)
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: line[..<colon], as: UTF8.self)
            headers.add(name, Self.trimmed(line[line.index(after: colon)...]))
        }
    }

    private static func status(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let words = line.split(separator: 32, maxSplits: 2)
        return words.count < 2 ? nil : Int(String(decoding: words[1], as: UTF8.self))
    }

    private static func trimmed(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        var bytes = bytes
        while let first = bytes.first, first == 32 || first == 9 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 32 || last == 9 { bytes = bytes.dropLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the header says where the body ends (RFC 9112 section 6.3).
    func delimitsBody(method: HTTPMethod) -> Bool {
        guard let status else { return false }
        if method == .head || status == 204 || status == 304 || status < 200 { return true }
        if let coding = headers["Transfer-Encoding"], coding.lowercased().hasSuffix("chunked") { return true }
        return headers["Content-Length"] != nil
    }
}
