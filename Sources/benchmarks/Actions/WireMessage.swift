import Glibc

/// One request or answer of HTTP/1.1, whole, as bytes.
struct WireMessage: Sendable {
    var bytes: [UInt8]
    /// Bytes up to the empty line, with it.
    var headCount: Int

    /// Reads one; nil when the connection ends before.
    static func read(_ descriptor: Int32) -> WireMessage? {
        var bytes: [UInt8] = []
        while true {
            if let end = headEnd(bytes) {
                let wanted = end + bodyCount(bytes.prefix(end))
                if bytes.count >= wanted { return WireMessage(bytes: bytes, headCount: end) }
            }
            guard let more = receive(descriptor) else { return nil }
            bytes += more
        }
    }

    static func receive(_ descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            return count > 0 ? Array(buffer.prefix(count)) : nil
        }
    }

    static func send(_ bytes: some Collection<UInt8>, _ descriptor: Int32) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
    }

    private static func bodyCount(_ head: ArraySlice<UInt8>) -> Int {
        let line = String(decoding: head, as: UTF8.self).lowercased().split(separator: "\r\n")
            .first { $0.hasPrefix("content-length:") }
        return line.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
    }

    private var firstLine: String { String(decoding: bytes.prefix { $0 != 13 }, as: UTF8.self) }

    /// Whether it is a login: the action itself comes later.
    private var isLogin: Bool {
        firstLine.split(separator: " ").dropFirst().first.map { $0.hasSuffix("/auth") } ?? false
    }
    var isAction: Bool { firstLine.hasPrefix("POST ") && !isLogin }
    var isQuestion: Bool { firstLine.hasPrefix("GET ") }

    /// The same with the word that the connection ends after it: the next request comes on one of its own.
    var closing: [UInt8] {
        let line = Array(firstLine.utf8) + [13, 10]
        return line + Array("Connection: close\r\n".utf8) + bytes.dropFirst(line.count)
    }
}
