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
        let call = plainCall(path, values, body, identity)
        let secrets = [otp, body.authToken].compactMap { $0 }.filter { !$0.isEmpty }
        let answer = try await plainAnswer(call, deadline, secrets: secrets)
        var result = GstnAnswer(status: "1")
        result.authToken = answer.token
        result.expiry = answer.expiry
        return result
    }

    func readPlain(_ call: GspCall, _ deadline: ContinuousClock.Instant) async throws(PortalFailure) -> [UInt8] {
        guard let data = try await plainAnswer(call, deadline).data else {
            throw PortalFailure(.portalChanged, "the answer to \(call.action) holds no data")
        }
        return data
    }

    private func plainCall(
        _ path: GspPath, _ values: [String: String], _ asked: GstnAuthRequest, _ identity: PortalIdentity
    ) -> GspCall {
        let text = self.path(path, values)
        let words = text.split(separator: " ", maxSplits: 1)
        let isPost = words.count == 2 && words[0] == "POST"
        var call = GspCall(
            method: isPost ? .post : .get, path: words.count == 2 ? String(words[1]) : text, action: asked.action,
            identity: identity, username: asked.username, session: asked.authToken, changes: true)
        guard isPost else { return call }
        var body = profile.bodies[path.rawValue] ?? "{}"
        for (name, value) in values {
            var quoted: [UInt8] = []
            JSONText.append(quoted: value.utf8, to: &quoted)
            body = body.replacing("\"{\(name)}\"", with: String(decoding: quoted, as: UTF8.self))
        }
        call.body = SecretBytes(utf8: body)
        return call
    }

    /// - Parameter secrets: what must not come back in words of the GSP.
    func plainAnswer(
        _ call: GspCall, _ deadline: ContinuousClock.Instant, secrets: [String] = []
    ) async throws(PortalFailure) -> GspEnvelope {
        let response = try await send(call, deadline: deadline)
        guard let shape = profile.envelope, let answer = GspEnvelope(response.body, shape) else {
            throw Self.gateway(response, call.action, isLogin: call.changes)
        }
        if answer.isSuccess { return answer }
        let code = HarmlessText.line(answer.errorCode ?? "", limit: 40)
        let message = answer.errorMessage ?? "the GSP refused the call"
        let isQuoting = secrets.contains { message.contains($0) || code.contains($0) }
        let said = isQuoting ? "the GSP refused the call" : HarmlessText.line(message, limit: 300)
        var cause = GstnCode.cause(code, saying: said, action: call.action, in: response)
        // A wrong OTP and a dead session share a code; the call tells which.
        if shape.sessionOver.contains(code), cause != .otpRequired { cause = .sessionExpired }
        var failure = PortalFailure(cause, said, portalCode: code.isEmpty || isQuoting ? nil : code)
        failure.retryAfter = response.retryAfter
        throw failure
    }
}
