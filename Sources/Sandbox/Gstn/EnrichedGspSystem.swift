import Crypto
import Domain
import FoundationEssentials
import Wire

/// A simulated GSP that keeps GSTN's keys itself: paths of its own, data in clear, the same taxpayers behind it.
struct EnrichedGspSystem: SandboxSystem {
    let name = "gsp"
    let gstn: GstnSystem

    func answer(_ request: SandboxRequest, trace: String) async -> SandboxAnswer {
        do throws(GstnSystem.Refusal) {
            try checkClient(request)
            guard let account = gstn.usernames[(request.headers["gst_username"] ?? "").lowercased()],
                request.headers["gstin"] == account.identity.text
            else { throw GstnSystem.Refusal("AUTH4032", "Invalid user") }
            var answer = try serve(request, account)
            answer.identity = account.identity.text
            return answer
        } catch {
            return GstnSystem.failure(error)
        }
    }

    private func checkClient(_ request: SandboxRequest) throws(GstnSystem.Refusal) {
        guard request.headers["client_id"] == BridgeService.clientId,
            request.headers["client_secret"] == BridgeService.clientSecret
        else { throw GstnSystem.Refusal("AUT4034", "Invalid client") }
    }

    private func serve(
        _ request: SandboxRequest, _ account: DemoAccount
    ) throws(GstnSystem.Refusal) -> SandboxAnswer {
        let gstin = account.identity.text
        switch (request.method, request.path) {
        case ("GET", "/authentication/otprequest"):
            try gstn.refuseUnfit(account)
            gstn.state.sendOtp(gstin, appKey: SymmetricKey(size: .bits256))
            return Self.clear(#"{"status_cd":"1","status_desc":"OTP sent"}"#)
        case ("GET", "/authentication/authtoken"):
            guard request.query["otp"] == Gstn.sandboxOtp, gstn.state.takeOtp(gstin) else {
                throw GstnSystem.Refusal("AUTH4033", "Invalid OTP")
            }
            return Self.told(gstn.state.open(gstin, appKey: SymmetricKey(size: .bits256), isPlain: true))
        case ("GET", "/authentication/refreshtoken"):
            guard let token = request.headers["txn"], gstn.state.session(token)?.gstin == gstin,
                let next = gstn.state.refresh(token, appKey: SymmetricKey(size: .bits256))
            else { throw GstnSystem.Refusal("1005", "Session expired") }
            return Self.told(next)
        case ("GET", "/authentication/logout"):
            if let token = request.headers["txn"] { gstn.state.close(token) }
            return Self.clear(#"{"status_cd":"1","status_desc":"logged out"}"#)
        default:
            guard let token = request.headers["txn"], let session = gstn.state.session(token),
                session.gstin == gstin
            else { throw GstnSystem.Refusal("1005", "Session expired") }
            return try gstn.serve(request, session, account)
        }
    }

    private static func told(_ session: GstnState.Session) -> SandboxAnswer {
        clear("{\"status_cd\":\"1\",\"status_desc\":\"ok\",\"header\":{\"txn\":\"\(session.token)\"}}")
    }

    private static func clear(_ text: String) -> SandboxAnswer { SandboxAnswer(status: 200, body: Array(text.utf8)) }

    func profileFiles(at address: String) -> [String: String] {
        let text = """
            # A simulated GSP that does GSTN's cryptography itself. Nothing in this file is secret.
            name = "sandbox-gsp-enriched"
            connector = "gsp"
            portals = ["gst"]
            simulated = true

            [urls]
            base = "\(address)"

            [envelope]
            who_encrypts = "gsp"
            token = "header.txn"

            [headers]
            client_id = "\(BridgeService.clientId)"
            client_secret = "\(BridgeService.clientSecret)"

            [header_names]
            username = "gst_username"
            auth-token = "txn"
            txn = "requestid"

            # The path of the notices is a guess, at real providers as well.
            [paths]
            probe = "/taxpayerapi/v1.0/returns?action=GETPREF&gstin={gstin}&fy={fy}"

            [notices]
            date_means = "since"

            [limits]
            concurrency = 8

            """
        return ["gsp-enriched.toml": text]
    }

    func accounts() -> [ProfileFolder.AccountLine] { [] }
}
