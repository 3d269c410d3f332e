import Domain
import Secrets
import Transport
import Wire

// GSPs that keep GSTN's keys: paths and bodies of their own, data in clear.
extension GspCaller {
    /// Whether the GSP does the cryptography.
    var isPlain: Bool { profile.envelope != nil }

    /// A call of the authentication family at such a GSP.
    func authenticatePlain(
        _ body: GstnAuthRequest, otp: String?, of identity: PortalIdentity, deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GstnAnswer {
        let path: GspPath =
            switch body.action {
            case Gstn.Action.otpRequest: .otpRequest
            case Gstn.Action.authToken: .authToken
            case Gstn.Action.refreshToken: .refreshToken
            default: .logout
            }
        let values = [
            "gstin": identity.text, "username": body.username, "otp": otp ?? "", "token": body.authToken ?? "",
        ]
        var request = try await plainRequest(path, values, identity, body.username, deadline)
        if let token = body.authToken { request.headers[name(Gstn.Header.authToken)] = token }
        let secrets = [otp, body.authToken].compactMap { $0 }.filter { !$0.isEmpty }
        let answer = try await plainAnswer(request, action: body.action, changes: true, secrets: secrets)
        var result = GstnAnswer(status: "1")
        result.authToken = answer.token
        result.expiry = answer.expiry
        return result
    }

    func readPlain(_ request: HTTPRequest, action: String) async throws(PortalFailure) -> [UInt8] {
        guard let data = try await plainAnswer(request, action: action, changes: false).data else {
            throw PortalFailure(.portalChanged, "the answer to \(action) holds no data")
        }
        return data
    }

    private func plainRequest(
        _ path: GspPath, _ values: [String: String], _ identity: PortalIdentity, _ username: String,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> HTTPRequest {
        let text = self.path(path, values)
        let words = text.split(separator: " ", maxSplits: 1)
        let method: HTTPMethod = words.count == 2 && words[0] == "POST" ? .post : .get
        let address = words.count == 2 ? String(words[1]) : text
        var request = try await self.request(method, address, identity, username, deadline)
        request.sendOnce = true
        guard method == .post else { return request }
        var body = profile.bodies[path.rawValue] ?? "{}"
        for (name, value) in values {
            var quoted: [UInt8] = []
            JSONText.append(quoted: value.utf8, to: &quoted)
            body = body.replacing("\"{\(name)}\"", with: String(decoding: quoted, as: UTF8.self))
        }
        request.headers["Content-Type"] = "application/json"
        request.body = .secret(SecretBytes(utf8: body))
        return request
    }

    /// - Parameter secrets: what must not come back in words of the GSP.
    func plainAnswer(
        _ request: HTTPRequest, action: String, changes: Bool, secrets: [String] = []
    ) async throws(PortalFailure) -> GspEnvelope {
        let response = try await client.send(request, changes ? .authentication : .reading, changes: changes)
        guard let shape = profile.envelope, let answer = GspEnvelope(response.body, shape) else {
            throw Self.gateway(response, action, isLogin: changes)
        }
        if answer.isSuccess { return answer }
        let code = HarmlessText.line(answer.errorCode ?? "", limit: 40)
        let message = answer.errorMessage ?? "the GSP refused the call"
        let isQuoting = secrets.contains { message.contains($0) || code.contains($0) }
        let said = isQuoting ? "the GSP refused the call" : HarmlessText.line(message, limit: 300)
        var cause = GstnCode.cause(code, action: action, in: response)
        // A wrong OTP and a dead session share a code; the call tells which.
        if shape.sessionOver.contains(code), cause != .otpRequired { cause = .sessionExpired }
        var failure = PortalFailure(cause, said, portalCode: code.isEmpty || isQuoting ? nil : code)
        failure.retryAfter = response.retryAfter
        throw failure
    }
}
