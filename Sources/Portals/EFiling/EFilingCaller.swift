import Domain
import Secrets
import Transport
import Wire

/// Makes the calls of the e-filing portal: address, headers, cookies, deadline, repetition of what is harmless.
struct EFilingCaller: Sendable {
    struct Call: Sendable {
        var path: EFiling.Path
        /// Behind the path: a document's id.
        var tail = ""
        /// What the portal calls the service.
        var service: String?
        var body = HTTPBody.none
        /// Answers of the login may hold secrets, so they are never quoted.
        var isLogin = false
        var maxResponseBytes = 16 << 20

        /// Whether bytes are asked for, and no list.
        var isFile: Bool { path == .document || path == .order || path == .intimation }

        /// A call with one of the shared JSON bodies.
        static func asking(_ path: EFiling.Path, _ request: EFilingRequest) throws(PortalFailure) -> Call {
            guard let bytes = try? WireJSON.encode(request) else {
                throw PortalFailure(.internal, "a request could not be written")
            }
            return Call(
                path: path, service: request.serviceName, body: .bytes(bytes))
        }

        var name: String { service ?? path.rawValue }
    }

    let profile: ProviderProfile
    let client: PortalClient
    var limits = EFilingLimits()

    /// A read: repeated where that may help.
    func read(
        _ call: Call, jar: CookieJar, deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> HTTPResponse {
        try await client.repeating(deadline: deadline) { () throws(PortalFailure) in
            try await wait(profile.pacing.call)
            return try await send(call, jar: jar, deadline: deadline)
        }
    }

    /// One exchange, never repeated.
    func send(
        _ call: Call, jar: CookieJar, deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> HTTPResponse {
        let response = try await client.send(
            request(call, jar, deadline), call.isLogin ? .authentication : .reading, changes: call.isLogin,
            tooLarge: Self.tooLarge(call))
        guard response.isSuccess else { throw EFilingFailure.from(response, call) }
        return response
    }

    private static func tooLarge(_ call: Call) -> PortalFailure {
        var failure = PortalFailure(
            .placeFailed, "\(call.name) was answered with more than \(call.maxResponseBytes) bytes")
        failure.isTooLarge = call.isFile
        return failure
    }

    func status(deadline: ContinuousClock.Instant) async throws(PortalFailure) -> Int {
        let request = HTTPRequest(
            .get, url: profile.baseURL + "/", deadline: deadline, connectTimeout: profile.timeouts.connect,
            maxResponseBytes: 4 << 20)
        return try await client.send(request, changes: false).status
    }

    func wait(_ duration: Duration) async throws(PortalFailure) {
        guard duration > .zero else { return }
        do { try await client.pause(duration) } catch { throw PortalFailure(.internal, "cancelled") }
    }

    private func request(_ call: Call, _ jar: CookieJar, _ deadline: ContinuousClock.Instant) -> HTTPRequest {
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        headers["Accept"] = "application/json, text/plain, */*"
        let origin = Self.origin(profile.baseURL)
        headers["Origin"] = origin
        headers["Referer"] = origin + "/"
        headers[EFiling.serviceHeader] = call.service ?? "NA"
        var method = HTTPMethod.get
        if case .none = call.body {
        } else {
            method = .post
            headers["Content-Type"] = "application/json"
        }
        let path = profile.paths[call.path.rawValue] ?? call.path.standard
        return HTTPRequest(
            method, url: profile.baseURL + path + call.tail, headers: headers, body: call.body,
            deadline: min(deadline, .now + profile.timeouts.request), connectTimeout: profile.timeouts.connect,
            maxResponseBytes: call.maxResponseBytes, sendOnce: call.isLogin, cookies: jar)
    }

    /// Scheme and host of the address.
    private static func origin(_ address: String) -> String {
        let parts = address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.prefix(3).joined(separator: "/")
    }
}
