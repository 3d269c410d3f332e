/// Scheme and host of an absolute HTTP URL, as far as the rules about loopback and proxies need them.
public struct URLHead: Sendable, Hashable {
    public let isSecure: Bool
    /// Lower-case, without brackets, port or user.
    public let host: String

    /// nil unless `url` begins with `http://` or `https://`, names a host and holds no blank or control character.
    public init?(_ url: String) {
        guard url.utf8.allSatisfy({ $0 > 32 && $0 != 127 }) else { return nil }
        let lowered = url.prefix(8).lowercased()
        guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://") else { return nil }
        isSecure = lowered == "https://"
        let rest = url.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let name = place.hasPrefix("[") ? place.dropFirst().prefix { $0 != "]" } : place.prefix { $0 != ":" }
        guard !name.isEmpty else { return nil }
        host = name.lowercased()
    }

    /// Whether the host is this machine: `localhost`, `127.0.0.0/8` in full notation, or `::1`.
    public var isLoopback: Bool { Self.isLoopback(host) }

    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
