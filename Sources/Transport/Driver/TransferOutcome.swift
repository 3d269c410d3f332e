import CCurl

/// Reads the end of one transfer. Whether bytes left is judged by the send callback alone.
struct TransferOutcome {
    let easy: UnsafeMutableRawPointer
    let transfer: CurlTransfer
    let code: CURLcode

    var result: Result<HTTPResponse, TransportFailure> {
        if transfer.isTooLarge || code == CURLE_FILESIZE_EXCEEDED {
            let limit = transfer.request.maxResponseBytes
            return failure(.responseTooLarge, "the answer is longer than \(limit) bytes")
        }
        guard code == CURLE_OK else { return failure(kind, text) }
        guard let status = transfer.head.status, transfer.head.isComplete else {
            return failure(.cutShort, "the connection ended in the middle of the answer's header")
        }
        let isDelimited = transfer.head.delimitsBody(method: transfer.request.method)
        return .success(
            HTTPResponse(
                status: status, headers: transfer.head.headers, body: transfer.body,
                framing: isDelimited ? .delimited : .untilClose, retryAfter: retryAfter))
    }

    private func failure(_ kind: TransportFailure.Kind, _ detail: String) -> Result<HTTPResponse, TransportFailure> {
        .failure(
            TransportFailure(kind, evidence: transfer.evidence, detail: detail, status: transfer.head.status))
    }

    private var kind: TransportFailure.Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameNotFound
        case CURLE_COULDNT_CONNECT: .connectFailed
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_SSL_CONNECT_ERROR: .tlsFailed
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR: .certificateRejected
        case CURLE_PARTIAL_FILE: .cutShort
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: transfer.sendings > 0 ? .garbled : .invalidRequest
        case CURLE_URL_MALFORMAT: .invalidRequest
        case CURLE_ABORTED_BY_CALLBACK where transfer.sendings > 1: .repeatRefused
        case CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_ERROR: ended
        case CURLE_PROXY: .proxyRefused
        default: .other
        }
    }

    /// A connection that ended: in the proxy's hands, before an answer, or within one.
    private var ended: TransportFailure.Kind {
        if transfer.sendings == 0 { return proxyStatus == 0 ? .connectFailed : .proxyRefused }
        return transfer.head.status == nil ? .noAnswer : .cutShort
    }

    private var proxyStatus: Int {
        var value = 0
        _ = ccurl_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &value)
        return value
    }

    /// libcurl's own words; they name hosts and ports, never headers or bodies.
    private var text: String {
        let detail = transfer.resources.map { String(cString: $0.errorText) } ?? ""
        return detail.isEmpty ? String(cString: ccurl_easy_strerror(code)) : detail
    }

    private var retryAfter: Duration? {
        var seconds: curl_off_t = 0
        guard transfer.head.headers["Retry-After"] != nil,
            ccurl_get_offset(easy, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK, seconds > 0
        else { return nil }
        return .seconds(Int64(min(seconds, 31_536_000)))
    }
}
