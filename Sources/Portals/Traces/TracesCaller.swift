import Domain
import Secrets
import Transport
import Wire

/// Makes the calls of TRACES: addresses, headers, pauses, repetition of what is harmless.
struct TracesCaller: Sendable {
    struct Call: Sendable {
        var method = HTTPMethod.get
        /// Absolute.
        var url: String
        var headers: HTTPHeaders = [:]
        var body = HTTPBody.none
        var cookies: CookieJar?
        var deadline: ContinuousClock.Instant
        var maxResponseBytes = 4 << 20
    }

    let profile: ProviderProfile
    let client: PortalClient

    /// The login service of the new portal.
    var login: String { profile.baseURL }
    /// The application of the Act of 1961.
    var legacy: String { Self.trimmed(profile.urls["legacy"]) ?? profile.baseURL }
    /// The new portal's own pages, from which the old application expects to be entered.
    var portal: String { Self.trimmed(profile.urls["app"]) ?? profile.baseURL }

    /// The address of a file as the portal names it; nil when it lies elsewhere, where our session has no business.
    func file(_ address: String) -> String? {
        let origins = [legacy, Self.trimmed(profile.urls["files"])].compactMap { $0.flatMap(Self.origin) }
        if address.hasPrefix("/"), !address.hasPrefix("//") { return origins.first.map { $0 + address } }
        return origins.contains(Self.origin(address) ?? "") ? address : nil
    }

    /// The answer, whatever its status.
    func sendOnce(
        _ call: Call, _ family: CallFamily = .reading, changes: Bool
    ) async throws(PortalFailure) -> HTTPResponse {
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        for field in call.headers.fields { headers[field.name] = field.value }
        let request = HTTPRequest(
            call.method, url: call.url, headers: headers, body: call.body,
            deadline: min(call.deadline, .now + profile.timeouts.request), connectTimeout: profile.timeouts.connect,
            maxResponseBytes: call.maxResponseBytes, sendOnce: changes, cookies: call.cookies)
        return try await client.send(request, family, changes: changes)
    }

    /// Repeats a call that changes nothing while the portal is away.
    ///
    /// - Parameter check: why an answer is of no use; nil when it is what was asked for.
    func send(
        _ call: Call, check: (HTTPResponse) -> PortalFailure? = TracesFailure.from
    ) async throws(PortalFailure) -> HTTPResponse {
        try await client.repeating(deadline: call.deadline) { () throws(PortalFailure) in
            let response = try await sendOnce(call, changes: false)
            guard let failure = check(response) else { return response }
            throw failure
        }
    }

    /// A pause that the portal is known to want.
    func pace(_ duration: Duration) async throws(PortalFailure) {
        guard duration > .zero else { return }
        do { try await client.pause(duration) } catch { throw PortalFailure(.internal, "cancelled") }
    }

    private static func trimmed(_ address: String?) -> String? {
        address.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// `https://host:port` of an absolute address.
    static func origin(_ address: String) -> String? {
        guard URLHead(address) != nil, let scheme = address.firstRange(of: "://") else { return nil }
        let host = address[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // A user before the host could make another host look like ours.
        return host.contains("@") || host.contains("\\") ? nil : "\(address[..<scheme.upperBound])\(host)".lowercased()
    }
}
