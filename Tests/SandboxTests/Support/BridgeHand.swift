import Domain
import Foundation
import Testing
import Transport
import Wire

/// Speaks to the bridge call by call, without the connector.
struct BridgeHand {
    let house: SandboxHouse
    var token: String?

    init(_ house: SandboxHouse) { self.house = house }

    static func authorised(_ house: SandboxHouse) async throws -> BridgeHand {
        var hand = BridgeHand(house)
        hand.token = try await hand.newToken()
        return hand
    }

    func newToken(secret: String = "sandbox-only-secret") async throws -> String {
        let body = try WireJSON.encode(BridgeTokenRequest(clientId: "portaldesk-demo", clientSecret: secret))
        let response = try await send(.post, Bridge.Path.token, body)
        try #require(response.status == 200)
        return try WireJSON.decode(BridgeToken.self, from: response.body).payload.accessToken
    }

    func send(
        _ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil, key: String? = nil, extra: [String: String] = [:]
    ) async throws -> HTTPResponse {
        var headers = HTTPHeaders()
        if let token { headers["Authorization"] = "Bearer \(token)" }
        if let key { headers["Idempotency-Key"] = key }
        for (name, value) in extra { headers[name] = value }
        return try await house.client.send(
            HTTPRequest(
                method, url: house.baseURL + path, headers: headers, body: body.map(HTTPBody.bytes) ?? .none,
                deadline: .now + .seconds(120)))
    }

    func putLogin(_ identity: PortalIdentity, username: String, password: String) async throws {
        let body = try WireJSON.encode(BridgeCredentials(username: username, password: password))
        let response = try await send(.put, Bridge.Path.credentials(identity), body)
        try #require(response.status == 204)
    }

    func forgetLogin(_ identity: PortalIdentity) async throws {
        let hand = token == nil ? try await Self.authorised(house) : self
        let response = try await hand.send(.delete, Bridge.Path.credentials(identity))
        try #require(response.status == 204)
    }

    func job(_ identity: PortalIdentity, key: String?, places: [Place]? = nil) async throws -> HTTPResponse {
        let asked = BridgeJobRequest(
            portal: identity.portal.rawValue, identity: identity.text,
            places: (places ?? identity.portal.places).map(\.rawValue))
        return try await send(.post, Bridge.Path.jobs, WireJSON.encode(asked), key: key)
    }

    static func errorCode(_ response: HTTPResponse) throws -> String {
        try WireJSON.decode(BridgeErrorBody.self, from: response.body).payload.error.code
    }
}
