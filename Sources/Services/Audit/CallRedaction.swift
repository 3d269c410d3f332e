import Crypto
import Domain
import Foundation
import Portals
import Secrets
import Transport
import Vault

/// What of a call may stand in the trail in clear: names and shapes, nothing that opens anything.
enum CallRedaction {
    /// Fields of headers whose values are shown; of all others the name alone.
    private static let shown: Set<String> = [
        "accept", "content-type", "content-length", "date", "retry-after", "x-request-id", "requestid", "request-id",
        "txn", "gstin", "state-cd", "ip-usr", "action", "sn", "user-agent", "idempotency-key", "x-correlation-id",
    ]
    /// Answers name dozens of fields that say nothing: only these are kept of them.
    private static let kept: Set<String> = [
        "content-type", "retry-after", "x-request-id", "request-id", "x-trace-id", "date",
    ]
    private static let secretWords = ["token", "key", "pass", "otp", "secret", "auth", "session", "sek", "pin", "code"]
    static let redacted = "redacted"
    private static let longest = 300

    static func host(_ url: String) -> String {
        let rest = url.range(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let place = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // A name and a password may stand before the host.
        return HarmlessText.line(String(place.split(separator: "@").last ?? ""), limit: longest)
    }

    /// Path and query, without the values of what may be secret.
    static func route(_ url: String) -> String {
        let rest = url.range(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let path = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        let parts = path.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return HarmlessText.line(String(parts.first ?? "/"), limit: longest) }
        let query = parts[1].split(separator: "&").map { pair -> String in
            let sides = pair.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, isSecret(String(sides[0])) else { return String(pair) }
            return "\(sides[0])=\(redacted)"
        }
        return HarmlessText.line("\(parts[0])?\(query.joined(separator: "&"))", limit: longest)
    }

    static func request(_ headers: HTTPHeaders) -> [String: String] {
        named(headers) { shown.contains($0) ? nil : redacted }
    }

    static func answer(_ headers: HTTPHeaders) -> [String: String] {
        named(headers) { kept.contains($0) ? nil : "" }.filter { !$0.value.isEmpty }
    }

    /// - Parameter replaced: what stands in place of a value; nil for the value itself.
    private static func named(_ headers: HTTPHeaders, replaced: (String) -> String?) -> [String: String] {
        var all: [String: String] = [:]
        for field in headers.fields {
            let name = field.name.lowercased().filter { $0.isASCII && $0 > " " && $0 != "\"" && $0 != "\\" }
            guard !name.isEmpty else { continue }
            all[name] = replaced(name) ?? HarmlessText.line(field.value, limit: longest)
        }
        return all
    }

    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return secretWords.contains { name.contains($0) }
    }
}

extension HTTPBody {
    var byteCount: Int {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .secret(let secret): secret.count
        }
    }

    var isSecret: Bool {
        if case .secret = self { return true }
        return false
    }
}
