import Domain
import Transport
import Wire

/// Pages and lists of the old application in one session. When the session dies it is woken once by the page that
/// everything begins with; only then it counts as ended.
struct TracesPages: Sendable {
    private static let largestFile = 32 << 20
    private static let rowsOfPage = 50
    private static let mostPages = 100

    let caller: TracesCaller
    let session: TracesSession
    let deadline: ContinuousClock.Instant

    /// The tables of a page. A page without tables that it must have is told by its reader.
    func tables(_ path: String) async throws(PortalFailure) -> XhtmlTables {
        let response = try await send(call(.get, path, accept: "application/xhtml+xml, text/html"))
        do throws(XhtmlTables.Problem) {
            return try XhtmlTables(response.body)
        } catch {
            let why = error == .cut ? "ends in the middle" : "is larger than any page of its kind"
            throw changed("the page \(Self.name(path)) \(why)", response)
        }
    }

    /// All rows of a paging servlet, strange ones among them.
    ///
    /// - Parameter form: fields of a POST; nil asks by GET, with `query` in the address.
    func rows<Row: WirePayload>(
        _ type: Row.Type, _ path: String, query: String = "", form: String? = nil
    ) async throws(PortalFailure) -> TracesList<Row> {
        var list = TracesList<Row>()
        for number in 1...Self.mostPages {
            let paging =
                "_search=false&nd=\(caller.client.random.next() % 1_000_000_000)&rows=\(Self.rowsOfPage)&page=\(number)"
                + "&sidx=&sord=desc"
            var call: TracesCaller.Call
            if let form {
                call = self.call(.post, path, accept: "application/json")
                call.headers["Content-Type"] = "application/x-www-form-urlencoded"
                call.body = .bytes(Array("\(form)&\(paging)".utf8))
            } else {
                call = self.call(.get, "\(path)?\(query)&\(paging)", accept: "application/json")
            }
            let page = try await decode(TracesPage<Row>.self, call, path)
            guard page.payload.page == number || page.payload.totalPages == 0 else {
                throw PortalFailure(.portalChanged, "the list \(Self.name(path)) answers with another page")
            }
            list.add(page)
            if number >= page.payload.totalPages { return list }
        }
        throw PortalFailure(.portalChanged, "the list \(Self.name(path)) does not end")
    }

    /// Sends a form once. The page before it is read first: a session that is over shows there, where nothing is lost.
    ///
    /// - Parameter leaving: called before the form leaves.
    func submit(
        _ path: String, _ form: String, leaving: () async throws(PortalFailure) -> Void
    ) async throws(PortalFailure) -> [UInt8] {
        _ = try await send(self.call(.get, path, accept: "application/xhtml+xml, text/html"))
        var call = self.call(.post, path, accept: "application/xhtml+xml, text/html")
        call.headers["Content-Type"] = "application/x-www-form-urlencoded"
        call.body = .bytes(Array(form.utf8))
        try await caller.pace(caller.profile.pacing.call)
        try await leaving()
        let response = try await caller.sendOnce(call, changes: true)
        if var failure = TracesFailure.from(response) {
            // An answer came, so the form did leave.
            failure.mayHaveBeenSent = failure.cause != .sessionExpired
            throw failure
        }
        return response.body
    }

    /// The bytes of a file that a request has made; empty addresses are asked for again, for files take their time.
    func file(request number: String) async throws(PortalFailure) -> [UInt8] {
        var call = self.call(.post, Traces.AppPath.download, accept: "application/json")
        call.headers["Content-Type"] = "application/x-www-form-urlencoded"
        call.body = .bytes(Array("reqNo=\(PercentEscape.text(number))".utf8))
        var random = caller.client.random
        for attempt in 1...3 {
            let answer = try await decode(TracesDownload.self, call, Traces.AppPath.download).payload
            if !answer.url.isEmpty { return try await download(answer.url) }
            try await caller.pace(BackOff.call.fullJitter(failures: attempt, using: &random))
        }
        throw PortalFailure(.placeFailed, "the file of a request is not ready yet")
    }

    private func download(_ address: String) async throws(PortalFailure) -> [UInt8] {
        guard let url = caller.file(address) else {
            throw PortalFailure(
                .portalChanged, HarmlessText.line("the portal offers a file elsewhere: \(address)", limit: 200))
        }
        try await caller.pace(caller.profile.pacing.document)
        var call = TracesCaller.Call(url: url, cookies: session.cookies, deadline: deadline)
        call.maxResponseBytes = Self.largestFile
        let response = try await send(call)
        guard response.body.starts(with: [0x50, 0x4B, 0x03, 0x04]), response.framing == .delimited else {
            throw changed("a file of the portal is no whole ZIP", response)
        }
        return response.body
    }

    private func decode<Payload: WirePayload>(
        _ type: Payload.Type, _ call: TracesCaller.Call, _ path: String
    ) async throws(PortalFailure) -> WireJSON.Decoded<Payload> {
        let response = try await send(call)
        do throws(WireJSON.Problem) {
            return try WireJSON.decode(type, from: response.body)
        } catch {
            throw changed("the answer of \(Self.name(path)) is not understood: \(error.message)", response)
        }
    }

    private func send(_ call: TracesCaller.Call) async throws(PortalFailure) -> HTTPResponse {
        try await caller.pace(caller.profile.pacing.call)
        do throws(PortalFailure) {
            return try await caller.send(call)
        } catch {
            guard error.cause == .sessionExpired else { throw error }
            _ = try await caller.send(self.call(.get, Traces.AppPath.dashboard, accept: "text/html"))
            return try await caller.send(call)
        }
    }

    private func call(_ method: HTTPMethod, _ path: String, accept: String) -> TracesCaller.Call {
        TracesCaller.Call(
            method: method, url: caller.legacy + path,
            headers: ["Accept": accept, "Referer": caller.legacy + Traces.AppPath.dashboard], cookies: session.cookies,
            deadline: deadline)
    }

    private func changed(_ message: String, _ response: HTTPResponse) -> PortalFailure {
        var failure = PortalFailure(.portalChanged, HarmlessText.line(message))
        failure.rawAnswer = RawHead.block(response.body)
        return failure
    }

    /// The path without what names a deductor's year.
    static func name(_ path: String) -> String { String(path.prefix { $0 != "?" }) }
}

/// The rows of all pages of a list.
struct TracesList<Row: WirePayload>: Sendable {
    var rows: [Row] = []
    /// Rows of another shape, as they came.
    var strange: [[UInt8]] = []
    /// What the portal counts.
    var counted = 0
    var unknownFields: Set<String> = []
    /// The first record that holds one of them, or the page where none does.
    var example: [UInt8] = []

    mutating func add(_ page: WireJSON.Decoded<TracesPage<Row>>) {
        counted = page.payload.rowCount
        // A strange row's own fields are set aside with it.
        let unknown = page.unknownFields
        if !page.payload.rows.contains(where: { $0.row == nil }), !unknown.isEmpty {
            unknownFields.formUnion(unknown)
            if example.isEmpty {
                let found = page.payload.rows.first {
                    !JSONFieldNames.all(in: $0.raw).isDisjoint(with: unknown)
                }
                example = found?.raw ?? page.raw
            }
        }
        for record in page.payload.rows {
            if let row = record.row { rows.append(row) } else { strange.append(record.raw) }
        }
    }
}
