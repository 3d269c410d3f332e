import Crypto
import Domain
import FoundationEssentials
import Secrets
import Transport
import Wire

/// One call to a GSP, from which a request is made as often as it takes: each has a transaction id of its own.
struct GspCall: Sendable {
    var method = HTTPMethod.get
    var path: String
    var action: String
    var identity: PortalIdentity
    var username: String
    /// Names the session; nil outside of one.
    var session: String?
    /// The app key as the body holds it sealed.
    var appKey: String?
    var body: SecretBytes?
    /// Whether it makes a session, or a message to a person: sent once, and counted as a login.
    var changes = false
    /// Whether it only asks if logins go through.
    var triesLogins = false

    var family: CallFamily { changes || triesLogins ? .authentication : .reading }
}

extension GspCaller {
    /// One exchange. A token of ours that the GSP refuses is replaced once and the call made anew: who is refused at the
    /// door has not been heard (facts: reliability 5.6). What GSTN says of its own session is not about that token.
    func send(_ call: GspCall, deadline: ContinuousClock.Instant) async throws(PortalFailure) -> HTTPResponse {
        let bearer = try await bearer(deadline)
        let response = try await exchange(call, bearer, deadline)
        guard let bearer, let tokens, response.status == 401 || response.status == 403,
            !isOfGstn(response, call.action)
        else { return response }
        await tokens.discard(bearer)
        // Whoever is known and still not let in is not helped by another token now.
        guard response.status == 401 else { return response }
        return try await exchange(call, try await self.bearer(deadline), deadline)
    }

    private func exchange(
        _ call: GspCall, _ bearer: String?, _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> HTTPResponse {
        var request = HTTPRequest(
            call.method, url: profile.baseURL + call.path, headers: try headers(call, bearer),
            deadline: min(deadline, .now + profile.timeouts.request), connectTimeout: profile.timeouts.connect,
            maxResponseBytes: Self.largestAnswer, sendOnce: call.changes || call.method != .get)
        if let body = call.body { request.body = .secret(body) }
        return try await client.send(request, call.family, changes: call.changes)
    }

    private func bearer(_ deadline: ContinuousClock.Instant) async throws(PortalFailure) -> String? {
        guard let tokens else { return nil }
        do throws(PortalFailure) {
            return try await tokens.token(deadline: deadline)
        } catch {
            var failure = error
            failure.nothingLeft = true
            throw failure
        }
    }

    /// Whether an answer bears a code that GSTN gives, or that the GSP gives for the session.
    private func isOfGstn(_ response: HTTPResponse, _ action: String) -> Bool {
        let code: String?
        if let shape = profile.envelope {
            code = GspEnvelope(response.body, shape)?.errorCode
            if let code, shape.sessionOver.contains(code) { return true }
        } else {
            code = (try? WireJSON.decode(GstnAnswer.self, from: response.body).payload)?.error?.code
        }
        return code.map { GstnCode.cause($0, action: action) != nil } ?? false
    }

    private func headers(_ call: GspCall, _ bearer: String?) throws(PortalFailure) -> HTTPHeaders {
        let transaction = client.random.identifier
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        headers["Accept"] = "application/json"
        if call.body != nil { headers["Content-Type"] = "application/json" }
        headers[name(Gstn.Header.stateCode)] = String(call.identity.text.prefix(2))
        headers[name(Gstn.Header.transaction)] = transaction
        headers[name(Gstn.Header.username)] = call.username
        headers[name(Gstn.Header.gstin)] = call.identity.text
        if let bearer { headers[profile.gsp.tokenHeader] = profile.gsp.tokenPrefix + bearer }
        if let token = call.session { headers[name(Gstn.Header.authToken)] = token }
        let values: [ProviderProfile.CallValue: String?] = [
            .transaction: transaction, .gstin: call.identity.text, .username: call.username, .action: call.action,
            .appKey: call.appKey, .time: IndiaTime.text(now()), .session: sessionName,
        ]
        for (name, text) in profile.gsp.callHeaders {
            if let filled = Self.filled(text, values) { headers[name] = filled }
        }
        if let computed = profile.gsp.computed {
            guard let value = computed.value(filling: { Self.filled($0, values) }) else {
                throw PortalFailure(
                    .providerAuth, "the header \(computed.name) cannot be made with the key that is kept")
            }
            headers[computed.name] = value
        }
        return headers
    }

    /// A GSP may call a header otherwise.
    func name(_ header: String) -> String { profile.headerNames[header] ?? header }

    /// nil when a value is missing.
    private static func filled(_ text: String, _ values: [ProviderProfile.CallValue: String?]) -> String? {
        var result = text
        for (name, value) in values where text.contains("{\(name.rawValue)}") {
            guard let value else { return nil }
            result = result.replacing("{\(name.rawValue)}", with: value)
        }
        return result
    }
}

extension ProviderProfile.ComputedHeader {
    /// - Returns: nil when the key is none for the method, or a value is missing.
    func value(filling: (String) -> String?) -> String? {
        guard let text = filling(from.withBytes { String(decoding: $0, as: UTF8.self) }) else { return nil }
        let secret = key.withBytes(Array.init)
        let made: [UInt8]?
        switch method {
        case .hmac:
            made = Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: secret)))
        case .rsa: made = RsaSignature.sha256(of: Array(text.utf8), key: secret)
        case .aes:
            let bytes = secret.count == GstnKeys.size ? secret : Base64.bytes(String(decoding: secret, as: UTF8.self))
            guard let bytes, bytes.count == GstnKeys.size else { return nil }
            made = try? AesEcb.encrypt(Array(text.utf8), key: SymmetricKey(data: bytes))
        }
        return made.map { encoding == .hex ? $0.map { Self.hex($0) }.joined() : Base64.text($0) }
    }

    private static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }
}

/// The clock of India as some GSPs want to be told it.
private enum IndiaTime {
    static func text(_ now: Instant) -> String {
        let civil = CivilTime(now, offset: LegalDate.indianOffset)
        let clock = [civil.hour, civil.minute, civil.second].map { Digits.padded($0, 2) }.joined()
        return ProviderProfile.DateFormat.iso.text(civil.date).filter { $0 != "-" } + clock + "+0530"
    }
}
