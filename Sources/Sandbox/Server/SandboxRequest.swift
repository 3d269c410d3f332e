import Wire

/// One request as a simulated system sees it.
struct SandboxRequest: Sendable {
    var method: String
    /// Path as sent, without query and without the system's own prefix.
    var path: String
    /// Parts of the path, decoded.
    var segments: [String]
    var query: [String: String]
    var headers: RequestHeaders
    var body: [UInt8]
    /// The body as the services of the e-filing portal take it; of other requests nil.
    var asked: EFilingRequest?
    /// How often a write is accepted: twice where a fault wants that, never where it only asks what a second one would
    /// be answered.
    var copies = 1

    /// What makes two requests the same for one idempotency key.
    var fingerprint: String { ContentHash.sha256(Array("\(method) \(path)\n".utf8) + body) }

    /// The value of a cookie that the client sent.
    func cookie(_ name: String) -> String? {
        for pair in (headers["cookie"] ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            if parts.count == 2, parts[0] == name { return String(parts[1]) }
        }
        return nil
    }
}
