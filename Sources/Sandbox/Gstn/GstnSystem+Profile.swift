import Domain
import Wire

extension GstnSystem {
    func profileFiles(at address: String) -> [String: String] { Self.profileFiles(keys, at: address) }

    static func profileFiles(_ keys: GstnCertificateFile, at address: String) -> [String: String] {
        let text = """
            # The simulated GSTN behind a GSP that passes everything through. Nothing in this file is secret.
            name = "sandbox-gsp"
            connector = "gsp"
            portals = ["gst"]
            simulated = true

            [urls]
            base = "\(address)"
            # Beside this file: the public key that app keys are sealed for.
            certificate = "gstn.pem"

            [auth]
            type = "headers"

            [headers]
            \(Gstn.Header.clientId) = "\(BridgeService.clientId)"
            \(Gstn.Header.clientSecret) = "\(BridgeService.clientSecret)"
            \(Gstn.Header.userAddress) = "127.0.0.1"

            # The path of the notices is not public: these are a guess, at real providers as well.
            [paths]
            notices = "\(Gstn.Path.notices)?action=\(Gstn.Action.notices)&gstin={gstin}&date={date}"
            notice = "\(Gstn.Path.notices)?action=\(Gstn.Action.noticeDetail)&gstin={gstin}&refId={reference}"
            document = "\(Gstn.Path.notices)?action=\(Gstn.Action.noticeDocument)&gstin={gstin}&docId={document}"

            # So is what their date means: here the list begins with that day.
            [notices]
            date_means = "since"

            \(ProfileFolder.timeouts)

            [limits]
            concurrency = 8

            """
        return ["gsp.toml": text, "gstn.pem": keys.certificate]
    }

    func accounts() -> [ProfileFolder.AccountLine] {
        world.accounts.filter { $0.identity.portal == .gst }.map { account in
            var account = account
            account.outcome = outcome(account)
            account.otp = Gstn.sandboxOtp
            return ProfileFolder.AccountLine(
                system: name, account: account, clientId: BridgeService.clientId,
                clientSecret: BridgeService.clientSecret)
        }
    }
}
