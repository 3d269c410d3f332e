public import Transport
import Wire

/// Asks a provider of actions whether it answers, without a session.
///
/// NIC's registration portals have a call that tells the time (facts: nic-einvoice-ewb 3.1), and a provider's file may name
/// its own (`paths.ping`). The e-way bill system has none, and neither has a GSP with paths of its own: there the base
/// address is asked. Any answer shows that it was reached; none shows whether it lets anybody in.
public enum NicPing {
    public struct Answer: Sendable, Hashable {
        public var status: Int
        /// The call that was made, without the address.
        public var call: String

        /// Whether what answered is in order, as far as an answer below 500 tells that.
        public var isUp: Bool { status < 500 }
    }

    /// - Throws: why nothing answered.
    public static func ask(_ profile: ProviderProfile, _ client: HTTPClient) async throws(PortalFailure) -> Answer {
        let path = path(profile)
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        let request = HTTPRequest(
            .get, url: profile.baseURL + path, headers: headers, deadline: .now + profile.timeouts.request,
            connectTimeout: profile.timeouts.connect)
        do throws(TransportFailure) {
            return Answer(status: try await client.send(request).status, call: "GET \(path)")
        } catch {
            throw BridgeFailure.from(error, changes: false)
        }
    }

    static func path(_ profile: ProviderProfile) -> String {
        let isPlainNic = (profile.nic?.style ?? .nic) == .nic && profile.paths.isEmpty
        guard profile.connector == .irp, isPlainNic || profile.paths[IrpPath.ping.rawValue] != nil else { return "/" }
        return IrpPath.ping.text([:], profile)
    }
}
