import Domain
import Secrets
import Transport
import Wire

@testable import Portals

/// The connector of a GSP from our own login there to notices, in an open session.
enum FetchGsp {
    static let list: [FuzzParser] = [
        stage.parser("fetch.gsp.token", changing: "token", [GstnSamples.firmToken], gentle: 80),
        stage.parser(
            "fetch.gsp.list", changing: Gstn.Action.notices, [GstnSamples.list], gentle: 70
        ) { outcome, bytes in
            try FetchRules.holds(outcome, PayloadReading.list(bytes, "notices"))
        },
        stage.parser(
            "fetch.gsp.detail", changing: Gstn.Action.noticeDetail, [GstnSamples.detail], gentle: 70),
        stage.parser(
            "fetch.gsp.document", changing: Gstn.Action.noticeDocument, [GstnSamples.document], gentle: 80),
    ]

    private static let stage: FetchParser = {
        var profile = ProviderProfile(
            name: "gsp", connector: .gsp, portals: [.gst], baseURL: "https://gsp.example",
            auth: .oauth2(
                .init(
                    url: "https://gsp.example/token", style: .form, idName: "client_id", secretName: "client_secret",
                    id: "us", secret: SecretBytes(utf8: "sandbox-only"))))
        profile.headers = ["clientid": "firm"]
        let made = profile
        return FetchParser(
            ask: ask,
            answers: [
                "token": FetchRules.json(GstnSamples.firmToken),
                Gstn.Action.notices: sealed(#"{"notices":[\#(oneRow)]}"#),
                Gstn.Action.noticeDetail: sealed(GstnSamples.detail),
                Gstn.Action.noticeDocument: sealed(GstnSamples.document),
            ],
            connect: { client in
                GspConnector(
                    profile: made, client: client, keeper: OpenSession(),
                    certificates: CertificateSource(
                        read: { TextSamples.publicKey }, today: { LegalDate(dayNumber: 20_000) }),
                    now: { now }, pause: { _ in }, random: FetchRules.random)
            },
            login: FetchRules.login(.gst, "27AAAPZ1000A1Z5"), places: [.notices],
            wrap: { $0 == "token" ? $1 : GstnSamples.sealed($1) })
    }()

    private static let now = Instant(seconds: 1_763_700_000)

    private static let oneRow =
        #"{"refId":"ZD1","arn":"AD1","moduleCd":"RET","alertCd":"DRC01","dateOfIssue":"21/04/2026","dateOfRespond":"NA"}"#

    private static func sealed(_ json: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: [:], body: GstnSamples.sealed(Array(json.utf8)))
    }

    @Sendable private static func ask(_ request: HTTPRequest) -> String {
        guard let mark = request.url.firstRange(of: "action=") else { return "token" }
        return String(request.url[mark.upperBound...].prefix { $0 != "&" })
    }

    private struct OpenSession: GspSessionKeeper {
        func session(of identity: PortalIdentity) -> GspSession? {
            GspSession(
                open: "a1b2c3", appKey: GstnSamples.answerKey, sessionKey: GstnSamples.sessionKey, at: now,
                until: now + .seconds(20_000))
        }

        func keep(_ session: GspSession?, of identity: PortalIdentity, note: String) {}
    }
}
