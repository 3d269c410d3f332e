import Foundation

/// Delivers through a sendmail-compatible program: Postfix, Exim, msmtp, nullmailer and others bring one.
struct SendmailTransport: MailTransport {
    let program: String
    var limit = MailService.patience

    func check() throws(Complaint) {
        var status = stat()
        guard stat(program, &status) == 0 else { throw Complaint.noSendmail(program, errno) }
        guard status.st_mode & S_IFMT == S_IFREG, access(program, X_OK) == 0 else {
            throw Complaint.noSendmail(program, EACCES)
        }
    }

    func deliver(_ letter: MailLetter) async throws(Complaint) {
        // The message goes to standard input: arguments can be read by everybody. `-i`: a lone dot ends nothing.
        let piped = PipedProgram(
            path: program, arguments: ["-i", "-f", letter.from.address, "--", letter.to.address], limit: limit)
        let bytes = letter.rendered(.lf)
        let end = try await OwnThread.run { () throws(Complaint) in
            switch piped.run(feeding: bytes) {
            case .success(let end): return end
            case .failure(let error): throw Complaint.noSendmail(program, error.code.rawValue)
            }
        }
        if let complaint = Complaint(end, of: program, said: Self.withoutDigits(letter.quoted(end.errors))) {
            throw complaint
        }
    }

    /// A program may say again what it was given, in pieces that no comparison finds: the code is made of digits.
    private static func withoutDigits(_ text: String) -> String {
        String(text.map { $0.isNumber ? "#" : $0 })
    }
}
