import Domain
import Secrets
import Transport
import Wire

/// Headers of NIC's calls, under the names that a provider gives them (facts: nic-einvoice-ewb 1.5, 1.7, 2.1).
enum NicHeaders {
    static func base(_ profile: ProviderProfile, _ gstin: Gstin) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        headers["Accept"] = "application/json"
        headers["Content-Type"] = "application/json"
        headers[name(Nic.Header.gstin, profile)] = gstin.text
        return headers
    }

    static func session(
        _ profile: ProviderProfile, _ order: ActionOrder, _ session: NicSession, requestId: String
    ) -> HTTPHeaders {
        var headers = base(profile, order.gstin)
        if session.sek == nil {
            // The GSP opens NIC's session with the taxpayer's user; no two calls may have the same id.
            headers["Authorization"] = "Bearer \(session.token)"
            let user = profile.connector == .ewb ? "username" : Nic.Header.userName
            headers[name(user, profile)] = order.user.name
            headers[name("password", profile)] = order.user.password.withBytes { String(decoding: $0, as: UTF8.self) }
            headers[name("requestid", profile)] = requestId
        } else if profile.connector == .ewb {
            headers[name(Nic.Header.ewbAuthToken, profile)] = session.token
        } else {
            headers[name(Nic.Header.authToken, profile)] = session.token
            headers[name(Nic.Header.userName, profile)] = order.user.name
        }
        return headers
    }

    private static func name(_ usual: String, _ profile: ProviderProfile) -> String {
        profile.headerNames[usual] ?? usual
    }
}
