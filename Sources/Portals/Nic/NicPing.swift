public import Transport
import Wire

/// Asks a provider of actions whether it answers, without a session.
///
/// NIC's registration portals have a call that tells the time (facts: nic-einvoice-ewb 3.1). The e-way bill system has
/// none, and neither has a GSP that does NIC's cryptography itself: there any answer will do.
public enum NicPing {
    public struct Answer: Sendable, Hashable {
        public var status: Int
        public var isUp: Bool
    }

    /// - Throws: why nothing answered.
    public static func ask(_ profile: ProviderProfile, _ client: HTTPClient) async throws(PortalFailure) -> Answer {
        let tellsTime = profile.connector == .irp && (profile.nic?.style ?? .nic) == .nic
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        let request = HTTPRequest(
            .get, url: profile.baseURL + (tellsTime ? Nic.Path.ping : "/"), headers: headers,
            deadline: .now + profile.timeouts.request, connectTimeout: profile.timeouts.connect)
        do throws(TransportFailure) {
            let response = try await client.send(request)
            return Answer(
                status: response.status, isUp: tellsTime ? response.isSuccess : response.status < 500)
        } catch {
            throw BridgeFailure.from(error, changes: false)
        }
    }
}
