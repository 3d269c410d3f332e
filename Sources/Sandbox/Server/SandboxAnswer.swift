import Domain
import Wire

/// What a simulated system answers, before it becomes bytes on a connection.
struct SandboxAnswer: Sendable {
    enum Delivery: Sendable {
        case whole, cutAfterHeaders, closed
        /// Closed by a reset (RST).
        case reset
        /// Neither answered nor closed for as long as anybody waits.
        case held
        /// Closed in the middle of the header, or of the body.
        case cutHead, cutBody
        /// The body comes byte by byte, slower than anybody waits.
        case slowBody
    }

    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]
    var mediaType = "application/json"
    var delivery = Delivery.whole
    /// Whose data it is; nil where no taxpayer is named.
    var identity: String?
    /// Whether it refuses a password that was tried.
    var refusesPassword = false
    /// Places whose whole list this answer completes, with how many records they hold.
    var completes: [Domain.Place: Int] = [:]

    init(status: Int, body: [UInt8], mediaType: String = "application/json") {
        self.status = status
        self.body = body
        self.mediaType = mediaType
    }

    /// With the fields that the server adds by itself.
    var head: AccessRecord.Head {
        var head = AccessRecord.Head()
        for field in headers { head.add(field.name, field.value) }
        if !body.isEmpty { head.add("Content-Type", mediaType) }
        head.add("Content-Length", "\(body.count)")
        return head
    }

    /// A page for people, as portals and their gateways put in place of an answer.
    init(status: Int, page title: String) {
        let text = "<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
        self.init(status: status, body: Array(text.utf8), mediaType: "text/html; charset=utf-8")
    }
}
