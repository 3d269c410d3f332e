import Domain

// Why a provider stays: somebody would be left without anybody, or with another one without having been asked.
extension Complaint {
    static func providerServes(_ name: String, _ logins: [Portal: Int]) -> Complaint {
        let list = Portal.allCases.compactMap { portal in
            logins[portal].map { "\(portal.shortName) \($0)" }
        }
        let count = Counted.text(logins.values.reduce(0, +), "login")
        return Complaint(
            "the provider \(name) serves \(count)", why: list.joined(separator: ", "),
            remedy: "Move them first: one by one with `portaldesk account provider`, or all that name no provider with "
                + "[portals] \(Portal.allCases.first { logins[$0] != nil }?.rawValue ?? "gst") = \"OTHER\" in config.toml",
            status: .badData)
    }

    static func providerHasOperations(_ name: String, _ count: Int) -> Complaint {
        Complaint(
            "the provider \(name) has \(Counted.text(count, "open operation"))",
            why: "what became of them can be asked of nobody else",
            remedy: "`portaldesk operation list` shows them; wait, or settle or discard them first", status: .badData)
    }

    static func providerHasApiUsers(_ name: String, _ count: Int) -> Complaint {
        Complaint(
            "the provider \(name) has \(Counted.text(count, "API user"))",
            why: "they are known to its authority under this provider",
            remedy:
                "`portaldesk einvoice user list` shows them; remove them first with `portaldesk einvoice user remove`",
            status: .badData)
    }

    static func providerIsNamed(_ name: String, _ portals: [Portal]) -> Complaint {
        let list = portals.map(\.rawValue).joined(separator: ", ")
        return Complaint(
            "config.toml names the provider \(name) for \(list)", why: "nobody would serve them then",
            remedy: "Change [portals] in config.toml first", status: .badData)
    }
}
