import Domain
import FoundationEssentials

/// What an outsider needs to use the sandbox: provider files, public keys, and every login with what it plays.
struct ProfileFolder {
    let folder: String

    /// What every provider file says of time: nothing here is far away.
    static let timeouts = """
        [timeouts]
        connect_s = 10
        request_s = 30
        job_s = 300
        """

    var accountsFile: String { "\(folder)/accounts.jsonl" }

    func write(_ systems: SandboxSystems, port: UInt16) throws(SandboxProblem) {
        try FileBytes.makeFolder(folder)
        var lines: [UInt8] = []
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for system in systems.all {
            for (name, text) in system.profileFiles(at: SandboxSystems.address(of: system, port: port)) {
                try FileBytes.replace(path: "\(folder)/\(name)", with: Array(text.utf8))
            }
            for account in system.accounts() {
                guard let line = try? encoder.encode(account) else { continue }
                lines += Array(line) + [10]
            }
        }
        try FileBytes.replace(path: accountsFile, with: lines)
    }

    /// One login of one system, as the accounts file tells it.
    struct AccountLine: Encodable {
        let system: String
        let portal: String
        let identity: String
        let username: String
        let password: String
        let otp: String
        let client_id: String
        let client_secret: String
        let outcome: String

        init(system: String, account: DemoAccount, clientId: String = "", clientSecret: String = "") {
            self.system = system
            portal = account.identity.portal.rawValue
            identity = account.identity.text
            username = account.username
            password = account.password
            otp = account.otp
            client_id = clientId
            client_secret = clientSecret
            outcome = account.outcome.rawValue
        }
    }
}
