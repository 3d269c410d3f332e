import CCurl

/// Sets the options of one handle for one request.
struct TransferSetup {
    let easy: UnsafeMutableRawPointer
    let configuration: HTTPClient.Configuration

    func apply(
        _ request: HTTPRequest, transfer: CurlTransfer, jar: UnsafeMutableRawPointer?
    ) throws(TransportFailure) -> TransferResources {
        let remaining = try check(request)
        var resources = TransferResources(easy: easy)
        setSafety(request, remaining: remaining)
        setCallbacks(transfer, errorText: resources.errorText)
        setBody(request, &resources)
        for field in request.headers.fields {
            // A header with an empty value is written with ";" to libcurl; "Name:" would remove it.
            resources.add(header: field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        resources.add(header: "Expect:")
        if let headers = resources.headers { _ = ccurl_set_list(easy, CURLOPT_HTTPHEADER, headers) }
        if let jar {
            _ = ccurl_set_text(easy, CURLOPT_COOKIEFILE, "")
            _ = ccurl_set_pointer(easy, CURLOPT_SHARE, jar)
        }
        return resources
    }

    /// Milliseconds that the deadline leaves, at least 1 (0 would mean "no limit" to libcurl).
    private func check(_ request: HTTPRequest) throws(TransportFailure) -> Int {
        guard URLHead(request.url) != nil, !request.headers.breaksLines else {
            throw TransportFailure(.invalidRequest, evidence: .notSent, detail: "the URL or a header is not valid")
        }
        guard request.body.count <= configuration.maxRequestBytes else {
            let detail = "the request has \(request.body.count) bytes, more than \(configuration.maxRequestBytes)"
            throw TransportFailure(.requestTooLarge, evidence: .notSent, detail: detail)
        }
        let left = request.deadline - ContinuousClock.now
        guard left > .zero else {
            throw TransportFailure(.timedOut, evidence: .notSent, detail: "the deadline passed before sending")
        }
        return Int(min(max(left / .milliseconds(1), 1), 86_400_000))
    }

    private func setSafety(_ request: HTTPRequest, remaining: Int) {
        let connect = Int(max(request.connectTimeout / .milliseconds(1), 1))
        _ = ccurl_set_text(easy, CURLOPT_URL, request.url)
        _ = ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        _ = ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        // Without it, ending a transfer waits for the resolver's thread and halts every other transfer meanwhile.
        _ = ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
        _ = ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        _ = ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, remaining)
        _ = ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, min(connect, remaining))
        _ = ccurl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(max(request.maxResponseBytes, 1)))
        _ = ccurl_set_text(easy, CURLOPT_USERAGENT, configuration.userAgent)
        if let caFile = configuration.caFile { _ = ccurl_set_text(easy, CURLOPT_CAINFO, caFile) }
        let isDirect = configuration.proxy == .direct || URLHead(request.url)?.isLoopback == true
        if isDirect { _ = ccurl_set_text(easy, CURLOPT_PROXY, "") }
    }

    private func setCallbacks(_ transfer: CurlTransfer, errorText: UnsafeMutablePointer<CChar>) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        _ = ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        _ = ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, TransferCallbacks.header)
        _ = ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        _ = ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, TransferCallbacks.body)
        _ = ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        _ = ccurl_set_prereq_callback(easy, TransferCallbacks.aboutToSend)
        _ = ccurl_set_pointer(easy, CURLOPT_PREREQDATA, context)
    }

    private func setBody(_ request: HTTPRequest, _ resources: inout TransferResources) {
        resources.copy(request.body)
        switch request.method {
        case .get: _ = ccurl_set_long(easy, CURLOPT_HTTPGET, 1)
        case .head: _ = ccurl_set_long(easy, CURLOPT_NOBODY, 1)
        case .post: _ = ccurl_set_long(easy, CURLOPT_POST, 1)
        case .put, .delete: _ = ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        guard resources.body != nil || request.method == .post || request.method == .put else { return }
        _ = ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        if let body = resources.body {
            _ = ccurl_set_pointer(easy, CURLOPT_POSTFIELDS, body.baseAddress)
        } else {
            _ = ccurl_set_text(easy, CURLOPT_COPYPOSTFIELDS, "")
        }
        // libcurl would name a form otherwise; what the body is, the caller says.
        if request.headers["Content-Type"] == nil { resources.add(header: "Content-Type:") }
    }
}
