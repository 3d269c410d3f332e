import Domain
import Foundation
import Portals
import Sandbox
import Secrets
import Synchronization
import Testing
import Transport

/// Sessions in memory, through the same sealed form as on disk.
actor MemoryKeeper: GspSessionKeeper {
    private(set) var sessions: [PortalIdentity: SecretBytes] = [:]
    private(set) var notes: [String] = []

    func session(of identity: PortalIdentity) -> GspSession? { sessions[identity].flatMap { GspSession($0) } }

    func keep(_ session: GspSession?, of identity: PortalIdentity, note: String) {
        sessions[identity] = session?.secret()
        notes.append(note)
    }
}

extension SandboxHouse {
    static let gstnOtp = ChallengeAnswer(remoteJob: "gstn-otp", text: "575757")

    /// A connector for the simulated GSTN as its provider file describes it.
    ///
    /// - Parameters:
    ///   - system: its name in the ready line.
    ///   - change: what is otherwise in the file.
    func gsp(
        _ keeper: MemoryKeeper, pem: String? = nil, system: String = "gstn", gate: any CallGate = OpenGate(),
        change: (inout ProviderProfile) -> Void = { _ in }
    ) -> GspConnector {
        var profile = ProviderProfile(
            name: "sandbox-gsp", connector: .gsp, portals: [.gst], isSimulated: true,
            baseURL: ready.systems[system] ?? "",
            headers: ["clientid": "portaldesk-demo", "client-secret": "sandbox-only-secret", "ip-usr": "127.0.0.1"])
        profile.timeouts.connect = .seconds(60)
        profile.timeouts.request = .seconds(60)
        profile.gsp.dateMeans = .since
        change(&profile)
        let path = pem ?? "\(ready.profileFolder)/gstn.pem"
        let clock = clock
        return GspConnector(
            profile: profile, client: client, gate: gate, keeper: keeper,
            certificates: CertificateSource(
                read: { try String(contentsOfFile: path, encoding: .utf8) },
                today: { LegalDate.inIndia(clock.now) }),
            now: { clock.now }, pause: { _ in try Task.checkCancellation() })
    }

    /// A connector for the simulated GSP that has a login of its own, as its provider file describes it.
    func oauthGsp(
        _ keeper: MemoryKeeper, change: (inout ProviderProfile) -> Void = { _ in }
    ) -> GspConnector {
        gsp(keeper, system: "gsp-oauth") { profile in
            profile.auth = .oauth2(
                ProviderProfile.OAuth2(
                    url: profile.baseURL + "/gsp/authenticate?grant_type=token", style: .headers, idName: "gspappid",
                    secretName: "gspappsecret", id: "portaldesk-demo",
                    secret: SecretBytes(utf8: "sandbox-only-secret")))
            profile.headers = ["ip-usr": "127.0.0.1"]
            profile.gsp.callHeaders = ["requestid": "{txn}", "user_name": "{username}"]
            profile.gsp.dateMeans = .day
            profile.gsp.dateFormat = .iso
            change(&profile)
        }
    }

    func gstRequest(_ account: DemoAccount, answer: ChallengeAnswer? = nil) -> FetchRequest {
        var request = Self.request(account, answer: answer)
        request.places = [.notices]
        return request
    }

    /// The account that plays what a fault asked for.
    func played() throws -> DemoAccount {
        try #require(world.account(PortalIdentity(stored: .gst, playedIdentity)))
    }

    /// Asks for the OTP, answers it, and leaves an open session.
    func connect(_ connector: GspConnector, _ account: DemoAccount) async throws {
        let asked = await failure { try await verify(connector, account) }
        #expect(asked?.cause == .otpRequired)
        try await verify(connector, account, answer: Self.gstnOtp)
    }

    func verify(_ connector: GspConnector, _ account: DemoAccount, answer: ChallengeAnswer? = nil) async throws {
        try await connector.verify(
            Self.login(account), key: IdempotencyKey(workspace: "test", job: JobId(1), attempt: 1), answer: answer,
            reporter: RecordingReporter())
    }
}
