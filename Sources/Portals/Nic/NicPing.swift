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

        public var finding: Finding
    }

    /// What an answer tells.
    public enum Finding: String, Sendable, Hashable {
        /// The call that tells the time told it.
        case up
        /// Something answers at the address; more is not known.
        case reached
        /// What answers does not speak as the service does: another address, a login page of the network, a proxy.
        case unclear
        case down
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
            let response = try await client.send(request)
            return Answer(
                status: response.status, call: "GET \(path)", finding: finding(response, path, profile))
        } catch {
            throw BridgeFailure.from(error, changes: false)
        }
    }

    private static func finding(_ response: HTTPResponse, _ path: String, _ profile: ProviderProfile) -> Finding {
        if response.status >= 500 { return .down }
        if path == "/" { return .reached }
        guard response.isSuccess else { return .unclear }
        // A path that a file names is somebody else's, and what it answers is not known.
        if profile.paths[IrpPath.ping.rawValue] != nil { return .up }
        let said = String(decoding: response.body.prefix(400), as: UTF8.self)
        return said.contains(/\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2}/) ? .up : .unclear
    }

    static func path(_ profile: ProviderProfile) -> String {
        let isPlainNic = (profile.nic?.style ?? .nic) == .nic && profile.paths.isEmpty
        guard profile.connector == .irp, isPlainNic || profile.paths[IrpPath.ping.rawValue] != nil else { return "/" }
        return IrpPath.ping.text([:], profile)
    }
}
