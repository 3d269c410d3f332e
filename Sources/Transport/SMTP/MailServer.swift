/// Where mail is handed over: the parts of `smtp://host:port` and `smtps://host:port`.
public struct MailServer: Sendable, Hashable, CustomStringConvertible {
    /// Whether TLS begins with the first byte (RFC 8314), so that STARTTLS has no place.
    public let isSecure: Bool
    /// Lower-case, without brackets.
    public let host: String
    public let port: Int

    /// nil unless `url` is `smtp` or `smtps`, a host and, if wanted, a port. A user or a password in it is refused: it
    /// would be a secret in a settings file. Ports when none is named: 587 for submission (RFC 6409), 465 with TLS.
    public init?(_ url: String) {
        guard url.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
        let lowered = url.lowercased()
        guard lowered.hasPrefix("smtp://") || lowered.hasPrefix("smtps://") else { return nil }
        isSecure = lowered.hasPrefix("smtps")
        var place = url.dropFirst(isSecure ? 8 : 7)
        if place.last == "/" { place = place.dropLast() }
        guard !place.contains(where: { "/?#@%\\\"'<>".contains($0) }) else { return nil }
        var name = place
        var number: Substring?
        if place.first == "[" {
            guard let end = place.firstIndex(of: "]") else { return nil }
            name = place[place.index(after: place.startIndex)..<end]
            let rest = place[place.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { return nil }
            number = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = place.firstIndex(of: ":") {
            name = place[..<colon]
            number = place[place.index(after: colon)...]
        }
        guard !name.isEmpty else { return nil }
        host = name.lowercased()
        if let number {
            guard let port = Int(number), (1...65_535).contains(port) else { return nil }
            self.port = port
        } else {
            port = isSecure ? 465 : 587
        }
    }

    /// Whether the host is this machine: what is sent there crosses no network.
    public var isLoopback: Bool { URLHead.isLoopback(host) }

    public var description: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
