import CCurl
import Secrets

/// The options of one handle for one message, and the memory that libcurl reads meanwhile.
final class MailSetup {
    private let easy: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var recipients: UnsafeMutablePointer<curl_slist>?

    init(easy: UnsafeMutableRawPointer) {
        self.easy = easy
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    /// Only after the handle was removed.
    func release() {
        if let recipients { ccurl_list_free(recipients) }
        errorText.deallocate()
    }

    func apply(_ submission: MailSubmission, left: Int, context: UnsafeMutableRawPointer) {
        let server = submission.server
        let scheme = server.isSecure ? "smtps" : "smtp"
        _ = ccurl_set_text(easy, CURLOPT_URL, "\(scheme)://\(server)/\(submission.greeting)")
        _ = ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // A proxy for web pages is no way for mail.
        _ = ccurl_set_text(easy, CURLOPT_PROXY, "")
        setTls(submission)
        setLimits(left: left)
        // The authority is checked on a new connection only.
        _ = ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1)
        _ = ccurl_set_long(easy, CURLOPT_FORBID_REUSE, 1)
        _ = ccurl_set_text(easy, CURLOPT_MAIL_FROM, "<\(submission.from)>")
        recipients = ccurl_list_append(nil, "<\(submission.to)>")
        _ = ccurl_set_list(easy, CURLOPT_MAIL_RCPT, recipients)
        _ = ccurl_set_long(easy, CURLOPT_UPLOAD, 1)
        _ = ccurl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(submission.message.count))
        _ = ccurl_set_data_callback(easy, CURLOPT_READFUNCTION, MailCallbacks.read)
        _ = ccurl_set_pointer(easy, CURLOPT_READDATA, context)
        _ = ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, MailCallbacks.reply)
        _ = ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        _ = ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        if let login = submission.login { set(login) }
    }

    private func setTls(_ submission: MailSubmission) {
        let level =
            switch submission.startTls {
            case .required: CURLUSESSL_ALL
            case .ifOffered: CURLUSESSL_TRY
            case .off: CURLUSESSL_NONE
            }
        _ = ccurl_set_long(
            easy, CURLOPT_USE_SSL, submission.server.isSecure ? Int(CURLUSESSL_ALL.rawValue) : Int(level.rawValue))
        if let file = submission.caFile { _ = ccurl_set_text(easy, CURLOPT_CAINFO, file) }
    }

    private func setLimits(left: Int) {
        _ = ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
        _ = ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, left)
        // Greeting, TLS and login count as connecting, and some servers greet slowly on purpose.
        _ = ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, left)
        // Whole seconds. It also ends the wait for a server that does not answer the farewell.
        _ = ccurl_set_long(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, left / 1_000 + 1)
    }

    /// Makes libcurl end the running transfer as it ends one that took too long.
    func expire() { _ = ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, 1) }

    /// libcurl keeps copies of its own, which live as long as the handle: one message.
    private func set(_ login: MailSubmission.Login) {
        _ = ccurl_set_text(easy, CURLOPT_USERNAME, login.user)
        login.password.withBytes { password in
            let text = UnsafeMutableRawBufferPointer.allocate(byteCount: password.count + 1, alignment: 1)
            text.copyMemory(from: password)
            text[password.count] = 0
            _ = ccurl_set_text(easy, CURLOPT_PASSWORD, text.baseAddress?.assumingMemoryBound(to: CChar.self))
            SecretBytes.wipe(text)
            text.deallocate()
        }
    }

    /// The server's last code; 0 when it said nothing.
    var replyCode: Int {
        var code = 0
        _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &code)
        return code
    }

    func text(_ code: CURLcode) -> String {
        let detail = String(cString: errorText)
        return detail.isEmpty ? String(cString: ccurl_easy_strerror(code)) : detail
    }
}
