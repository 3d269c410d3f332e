import Domain
import FoundationEssentials
import Wire

/// What an outsider needs to use the sandbox: a provider file, and every login with what it plays.
struct ProfileFolder {
    let folder: String

    var accountsFile: String { "\(folder)/accounts.jsonl" }

    func write(baseURL: String, accounts: [DemoAccount]) throws(SandboxProblem) {
        try FileBytes.makeFolder(folder)
        try FileBytes.replace(path: "\(folder)/bridge.toml", with: Array(provider(baseURL).utf8))
        var lines: [UInt8] = []
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for account in accounts {
            guard let line = try? encoder.encode(AccountLine(account)) else { continue }
            lines += Array(line) + [10]
        }
        try FileBytes.replace(path: accountsFile, with: lines)
    }

    private func provider(_ baseURL: String) -> String {
        """
        # Simulated portals. Nothing in this file is secret.
        name = "sandbox-bridge"
        connector = "bridge"
        portals = ["gst", "income_tax", "traces"]
        default = true
        simulated = true

        [urls]
        base = "\(baseURL)"

        [auth]
        client_id = "\(BridgeService.clientId)"
        client_secret = "\(BridgeService.clientSecret)"

        [timeouts]
        connect_s = 10
        request_s = 30
        job_s = 300

        [limits]
        concurrency = 8
        poll_ms = 200

        """
    }

    private struct AccountLine: Encodable {
        let system = "bridge"
        let portal: String
        let identity: String
        let username: String
        let password: String
        let otp: String
        let client_id = BridgeService.clientId
        let client_secret = BridgeService.clientSecret
        let outcome: String

        init(_ account: DemoAccount) {
            portal = account.identity.portal.rawValue
            identity = account.identity.text
            username = account.username
            password = account.password
            otp = account.otp
            outcome = account.outcome.rawValue
        }
    }
}
