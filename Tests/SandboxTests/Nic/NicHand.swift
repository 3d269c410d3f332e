import Crypto
import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

/// Speaks to the simulated NIC call by call, without a connector.
struct NicHand {
    static let seller = "09AAFHH6756K1ZQ"
    static let buyer = gstin("29AAACB1234F1Z")
    static let transporter = gstin("27AABCT4321L1Z")

    let house: SandboxHouse
    /// `irp`, `irp2` or `ewb`.
    var system: String
    var gstin = seller
    var token = ""
    var userName = ""
    var sek = SymmetricKey(size: .bits256)
    var registrar: String?

    init(_ house: SandboxHouse, _ system: String = "irp") {
        self.house = house
        self.system = system
    }

    static func loggedIn(_ house: SandboxHouse, _ system: String = "irp", gstin: String = seller) async throws
        -> NicHand
    {
        var hand = NicHand(house, system)
        hand.gstin = gstin
        try await hand.logIn()
        return hand
    }

    /// With the right check character.
    static func gstin(_ body: String) -> String {
        body + String(UnicodeScalar(CheckCharacter.of(Array(body.utf8))))
    }

    var base: String { (house.ready.systems[system] ?? "") + (system == "ewb" ? "/v1.03" : "") }

    /// User name and password of the GSTIN here, as the accounts file has them.
    func user() throws -> (name: String, password: String) {
        let text = try String(contentsOfFile: house.ready.accountsFile, encoding: .utf8)
        let family = system == "ewb" ? "ewb" : "irp"
        for line in text.split(separator: "\n") {
            let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
            guard row["system"] == family, row["identity"] == gstin, let name = row["username"] else { continue }
            return (name, row["password"] ?? "")
        }
        throw Missing()
    }

    struct Missing: Error {}

    func certificate() throws -> RsaCertificate {
        try RsaCertificate(
            pem: String(contentsOfFile: house.ready.profileFolder + "/irp-encryption.pem", encoding: .utf8))
    }

    func signatureKeys() throws -> SignatureKeys {
        let pem = try String(contentsOfFile: house.ready.profileFolder + "/irp-signing.pem", encoding: .utf8)
        let profile = try String(contentsOfFile: house.ready.profileFolder + "/irp.toml", encoding: .utf8)
        let line = try #require(profile.split(separator: "\n").first { $0.hasSuffix("= \"irp-signing.pem\"") })
        var keys = SignatureKeys()
        keys[String(line.prefix { $0 != " " })] = try SignatureKeys.Key(RsaCertificate(pem: pem), issuer: "NIC Sandbox")
        return keys
    }

    @discardableResult mutating func logIn(
        password: String? = nil, force: Bool = false, appKey: SymmetricKey = SymmetricKey(size: .bits256)
    ) async throws -> NicToken {
        let user = try user()
        let secret = Array((password ?? user.password).utf8)
        let body =
            system == "ewb"
            ? try NicLogin.ewbBody(userName: user.name, password: secret, appKey: appKey, for: certificate())
            : try NicLogin.body(
                userName: user.name, password: secret, appKey: appKey, forceRefresh: force, for: certificate())
        let response = try await send(.post, system == "ewb" ? Nic.EwbPath.login : Nic.Path.login, body)
        let given: NicToken
        if system == "ewb" {
            let answer = try EwbAnswer(response.body)
            given = try #require(answer.token, "\(String(describing: answer.error))")
        } else {
            let answer = try NicAnswer(response.body)
            try #require(answer.isSuccess, "\(answer.errors)")
            given = try NicToken(answer)
        }
        (token, userName, sek) = (given.token, user.name, try given.sek(under: appKey))
        return given
    }

    func send(_ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil, patience: Int = 60) async throws
        -> HTTPResponse
    {
        var headers = HTTPHeaders()
        headers["client_id"] = DemoWorld.clientId
        headers["client_secret"] = DemoWorld.clientSecret
        headers["Gstin"] = gstin
        headers["user_name"] = userName
        headers["AuthToken"] = token
        headers["Content-Type"] = "application/json"
        if let registrar { headers["irp"] = registrar }
        return try await house.client.send(
            HTTPRequest(
                method, url: base + path, headers: headers, body: body.map(HTTPBody.bytes) ?? .none,
                deadline: .now + .seconds(patience)))
    }

    func post(_ path: String, _ json: String) async throws -> NicAnswer {
        try await NicAnswer(send(.post, path, NicRequest.body(Array(json.utf8), under: sek)).body)
    }

    func get(_ path: String) async throws -> NicAnswer { try await NicAnswer(send(.get, path).body) }

    /// Registers and returns what was registered.
    func register(_ invoice: SampleInvoice = SampleInvoice()) async throws -> IrnResult {
        let answer = try await post(Nic.Path.invoice, invoice.json)
        try #require(answer.isSuccess, "\(answer.errors)")
        return try IrnResult(answer.opened(under: sek))
    }

    func code(_ path: String, _ json: String) async throws -> String? {
        try await post(path, json).errors.first?.code
    }

    func cancel(_ irn: String) async throws -> NicAnswer {
        try await post(Nic.Path.cancel, #"{"Irn":"\#(irn)","CnlRsn":"1","CnlRem":"twice"}"#)
    }

    func ewb(_ action: Nic.Action, _ json: String) async throws -> EwbAnswer {
        try await EwbAnswer(
            send(.post, Nic.EwbPath.api, NicRequest.body(action, Array(json.utf8), under: sek)).body)
    }

    /// The JSON of a write that succeeded.
    func ewbDone(_ action: Nic.Action, _ json: String) async throws -> [UInt8] {
        let answer = try await ewb(action, json)
        try #require(answer.isSuccess, "\(String(describing: answer.error))")
        return try answer.opened(under: sek).json
    }

    func ewbGet(_ path: String) async throws -> EwbAnswer { try await EwbAnswer(send(.get, path).body) }

    func detail(_ number: String) async throws -> EwbDetail {
        try await EwbDetail(ewbGet(Nic.EwbPath.bill(number)).opened(under: sek).json)
    }
}
