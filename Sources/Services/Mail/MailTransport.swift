import Glibc

/// One way for a message to leave.
protocol MailTransport: Sendable {
    /// - Throws: why nothing could leave as things stand: settings, files, programs. No server is asked.
    func check() throws(Complaint)

    /// Returns when the message was taken over.
    func deliver(_ letter: MailLetter) async throws(Complaint)
}

/// The name of this machine, as far as mail needs one.
enum HostName {
    static var current: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "localhost" }
        let text = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return MailAddress.isDotted(text.utf8, and: "-".utf8) ? text : "localhost"
    }
}
