import Domain

// Mail that cannot leave: settings are 78, a server that is not there or refuses for now 69, for good 1, unknown 75.
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

    static func noMailAddress(_ text: String) -> Complaint {
        Complaint(
            "\(HarmlessText.line(text, limit: 80)) is no address that every mail server takes",
            remedy: "Use one such as asha@firm.example", status: .badData)
    }

    static func noMessageId() -> Complaint {
        Complaint("the message's id cannot stand in a header", status: .badData)
    }
}
