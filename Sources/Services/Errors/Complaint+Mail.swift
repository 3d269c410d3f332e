import Domain
import Foundation
import Transport

// Mail that cannot leave. Wrong settings are 78; what is not there, or refuses for now, 69; a refusal for good 1; a message
// of which nobody knows what became 75.
extension Complaint {
    static func noMail(_ home: Home) -> Complaint {
        Complaint(
            "no mail is set up", why: "[mail] in \(home.configuration) names no transport",
            remedy: "Choose one there, then try it with `portaldesk mail test --to ADDRESS`", status: .badConfiguration)
    }

    static func maildirBesideReal(_ provider: String) -> Complaint {
        Complaint(
            "mail may not stay in the workspace",
            why: "transport = \"maildir\" is for simulated portals only, and \(provider) is not one",
            remedy: "Choose \"smtp\" or \"sendmail\" under [mail] in config.toml", status: .badConfiguration)
    }

    static func noInbox() -> Complaint {
        Complaint(
            "this workspace has no inbox of its own", why: "its mail leaves the machine",
            remedy: "Look into the recipient's mailbox", status: .badData)
    }

    static func noMailAddress(_ text: String) -> Complaint {
        Complaint(
            "\(HarmlessText.line(text, limit: 80)) is no address that every mail server takes",
            remedy: "Use one such as asha@firm.example", status: .badData)
    }

    static func noMessageId() -> Complaint {
        Complaint("the message's id cannot stand in a header", status: .badData)
    }

    static func passwordFile(_ path: String, _ why: String) -> Complaint {
        Complaint(
            "the mail password in \(path) cannot be used", why: why,
            remedy: "Mend the file that [mail] password_file names",
            status: .badConfiguration)
    }

    static func passwordFileOpen(_ path: String, _ mode: mode_t) -> Complaint {
        Complaint(
            "the mail password in \(path) is open to others", why: "its mode is \(String(mode, radix: 8))",
            remedy: "Close it with: chmod 600 \(path)", status: .badConfiguration)
    }

    static func noAuthorityFile(_ path: String, _ code: Int32) -> Complaint {
        Complaint(
            "the authority file \(path) cannot be read", why: String(cString: strerror(code)),
            remedy: "Mend [mail] ca_file in config.toml", status: .badConfiguration)
    }

    static func noSendmail(_ program: String, _ code: Int32) -> Complaint {
        Complaint(
            "the mail program \(program) cannot be run", why: String(cString: strerror(code)),
            remedy: "Install one, or name it with [mail] sendmail in config.toml", status: .badConfiguration)
    }

    /// nil when the server took the message. `quoted` makes a server's own words fit to be shown.
    init?(_ outcome: MailOutcome, from server: MailServer, quoted: (String) -> String) {
        switch outcome {
        case .accepted: return nil
        case .refused(let reply):
            let why = quoted("\(reply.code) \(reply.text)")
            // RFC 4954 and RFC 3207: a login, or TLS, must come first.
            if reply.code == 530 {
                self.init(
                    "the mail server \(server) wants more than it got", why: why,
                    remedy: "Set user and password_file, or starttls, under [mail] in config.toml",
                    status: .badConfiguration)
            } else if reply.isTemporary {
                self.init(
                    "the mail server \(server) takes no message now", why: why, remedy: "Send again in a few minutes",
                    status: .unavailable)
            } else {
                self.init(
                    "the mail server \(server) refused the message", why: why,
                    remedy: "Check the recipient's address and the sender under [mail] in config.toml", status: .refused
                )
            }
        case .notSent(let reason, let detail): self.init(reason, server, quoted(detail))
        case .unknown(let detail):
            self.init(
                "the mail server \(server) did not say whether it took the message", why: quoted(detail),
                remedy: "The mail may arrive all the same: look for it before sending again", status: .tryLater)
        }
    }

    private init(_ reason: MailOutcome.Reason, _ server: MailServer, _ why: String) {
        let name = "the mail server \(server)"
        switch reason {
        case .nameNotFound, .cannotConnect, .timedOut, .connectionLost:
            self.init(
                "\(name) cannot be reached", why: why,
                remedy: "Nothing was sent: check the network and [mail] url in config.toml, then send again",
                status: .unavailable)
        case .noStartTls:
            self.init(
                "\(name) does not offer STARTTLS", why: "without it the message could be read on its way",
                remedy: "Nothing was sent: use an smtps:// address, or another server under [mail] in config.toml",
                status: .badConfiguration)
        case .certificateRejected, .caFileUnusable, .tlsFailed:
            self.init(
                "\(name) cannot prove that it is the right one", why: why,
                remedy:
                    "Nothing was sent: check the host in [mail] url, and name the authority that signed it with ca_file"
                    + (server.isLoopback ? "; a server on this machine may do without TLS: starttls = \"off\"" : ""),
                status: .badConfiguration)
        case .loginRefused:
            self.init(
                "\(name) refused the login", why: why,
                remedy: "Nothing was sent: check [mail] user and the password in password_file",
                status: .badConfiguration)
        case .libraryMissing:
            self.init("no mail can be sent", why: why, remedy: "Install it, then send again", status: .badConfiguration)
        case .cancelled: self.init("cancelled", why: "nothing was sent", status: .tryLater)
        case .invalidRequest, .other:
            self.init(
                "the message could not be sent", why: why, remedy: "Check [mail] in config.toml",
                status: .badConfiguration)
        }
    }

    /// nil when the program took the message. `said` is its standard error, fit to be shown.
    init?(_ end: PipedProgram.End, of program: String, said: String) {
        let words = said.isEmpty ? "" : ": \(said)"
        switch end.how {
        case .exited(0): return nil
        // EX_UNAVAILABLE, EX_OSERR, EX_IOERR and EX_TEMPFAIL of sysexits.
        case .exited(let status) where [69, 71, 74, 75].contains(status):
            self.init(
                "the mail program \(program) takes no message now", why: "exit status \(status)\(words)",
                remedy: "Send again in a few minutes; some programs keep the message and try by themselves",
                status: .unavailable)
        // EX_NOPERM and EX_CONFIG; 127 and 126 are what a shell says of a program that it cannot run.
        case .exited(let status) where [77, 78, 126, 127].contains(status):
            self.init(
                "the mail program \(program) is not set up", why: "exit status \(status)\(words)",
                remedy: "Mend its configuration, then send again", status: .badConfiguration)
        case .exited(let status):
            self.init(
                "the mail program \(program) refused the message", why: "exit status \(status)\(words)",
                remedy: "Check the recipient's address and the program's log", status: .refused)
        case .killed where !end.hasWholeInput, .tookTooLong where !end.hasWholeInput:
            self.init(
                "the mail program \(program) did not take the message", why: said,
                remedy: "Nothing was sent: check the program, then send again", status: .unavailable)
        case .killed, .tookTooLong:
            self.init(
                "the mail program \(program) did not say whether it took the message", why: said,
                remedy: "The mail may arrive all the same: look for it before sending again", status: .tryLater)
        }
    }
}
