import CCurl

/// Judges the end of one delivery. Only the end of the data decides between "not taken over" and "unknown"; libcurl's
/// codes stand on both sides.
struct MailVerdict {
    let code: CURLcode
    /// The server's last code; 0 for none.
    let replyCode: Int
    let replies: ReplyLines
    /// Whether the last byte of the message was handed to libcurl.
    let isAllGiven: Bool
    /// libcurl's own words: hosts and ports, no secret.
    let text: String

    var outcome: MailOutcome {
        if code == CURLE_OK { return .accepted }
        let reply = replies.last(code: replyCode)
        let isRefusal = (400...599).contains(replyCode)
        if isAllGiven {
            return code == CURLE_WEIRD_SERVER_REPLY && isRefusal ? .refused(reply) : .unknown(detail: text)
        }
        switch code {
        case CURLE_LOGIN_DENIED:
            if reply.isTemporary { return .refused(reply) }
            return .notSent(.loginRefused, detail: isRefusal ? "\(reply.code) \(reply.text)" : text)
        case CURLE_SEND_ERROR, CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED:
            return isRefusal ? .refused(reply) : .notSent(.connectionLost, detail: text)
        default: return .notSent(reason, detail: text)
        }
    }

    private var reason: MailOutcome.Reason {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .nameNotFound
        case CURLE_COULDNT_CONNECT: .cannotConnect
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_USE_SSL_FAILED: .noStartTls
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: .certificateRejected
        case CURLE_SSL_CACERT_BADFILE: .caFileUnusable
        case CURLE_SSL_CONNECT_ERROR: .tlsFailed
        case CURLE_RECV_ERROR, CURLE_GOT_NOTHING: .connectionLost
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .invalidRequest
        default: .other
        }
    }
}
