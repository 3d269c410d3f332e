/// Valid answers with their header, as they come over a connection.
enum AnswerSamples {
    static func answer(_ status: String, _ headers: [String], _ body: String) -> String {
        (["HTTP/1.1 \(status)"] + headers).joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    static let file = answer(
        "200 OK",
        [
            "Content-Type: application/pdf", #"Content-Disposition: attachment; filename="Order us 143(3).pdf.gz""#,
            "Content-Length: 40", "Set-Cookie: AuthToken=abc; Path=/; Secure; HttpOnly",
        ], EFilingSamples.pdf)

    static let envelope = answer(
        "200 OK", ["Content-Type: application/json", "Transfer-Encoding: gzip, chunked", "Retry-After: 30"],
        "\u{5}sr java.io{" + EFilingSamples.pdf + "x}")

    static let busy = answer(
        "503 Service Unavailable", ["Retry-After: Fri, 21 Nov 2026 10:00:00 GMT", "Content-Length: 9"], "try later")

    static let refused = answer("401 Unauthorized", ["Content-Type: application/json"], TracesSamples.refusal)

    static let away = answer(
        "302 Found", ["Location: https://traces.example/app/login.xhtml", "Content-Length: 0"], "")

    static let limited = answer("429 Too Many Requests", ["Retry-After: 120"], BridgeSamples.failed)

    static let words = [
        "\r\n", "\n", ":", ";", "=", "\"", "filename=", "attachment", "HTTP/1.1 100 Continue\r\n\r\n", "chunked",
        "%PDF-",
        "%%EOF", "<html>", "{", "j_security_check", "login", "999999999999999999999", "-1", "\u{1F}\u{8B}", "..", "/",
        "\u{0}", "\u{202E}",
    ]

    static let addresses = [
        "https://traces.example/app/files/1.zip", "/app/files/1.zip", "https://files.example:8443/a?b=c#d",
        "HTTPS://TRACES.EXAMPLE/app/1.zip",
    ]
}
