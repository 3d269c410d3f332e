import Wire

/// What the bridge answers, before it becomes bytes on a connection.
struct BridgeAnswer: Sendable {
    enum Delivery: Sendable { case whole, cutAfterHeaders, closed }

    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]
    var mediaType = "application/json"
    var delivery = Delivery.whole

    init(status: Int, body: [UInt8], mediaType: String = "application/json") {
        self.status = status
        self.body = body
        self.mediaType = mediaType
    }

    init(_ status: Int, _ payload: some WirePayload) {
        self.status = status
        body = (try? WireJSON.encode(payload)) ?? []
    }

    init(error: BridgeError, status: Int? = nil, trace: String) {
        var error = error
        error.traceId = trace
        self.init(status ?? error.knownCode?.httpStatus ?? 500, BridgeErrorBody(error: error))
        if let seconds = error.retryAfterSeconds { headers.append((Bridge.Header.retryAfter, String(seconds))) }
    }
}

/// One request as the bridge sees it.
struct BridgeRequest: Sendable {
    var method: String
    /// Path as sent, without query.
    var path: String
    /// Parts of the path, decoded.
    var segments: [String]
    var query: [String: String]
    var authorization: String?
    var idempotencyKey: String?
    var range: String?
    var body: [UInt8]

    /// What makes two requests the same for one idempotency key.
    var fingerprint: String { ContentHash.sha256(Array("\(method) \(path)\n".utf8) + body) }
}
