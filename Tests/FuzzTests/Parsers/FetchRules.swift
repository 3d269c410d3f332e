import Domain
import Secrets
import Transport
import Wire

@testable import Portals

/// What the fetches of all connectors share.
enum FetchRules {
    /// Every record of a list is a notice or set aside, or its place says that it failed.
    ///
    /// - Parameter count: of the records that came; nil when no list came.
    static func holds(_ outcome: FetchParser.Outcome, _ count: Int?) throws {
        guard let report = outcome.report, let count, outcome.found < count else { return }
        guard report.readings.contains(where: { $0.outcome == .failed }) else {
            throw Broken("\(count) records came, \(outcome.found) are read or set aside")
        }
    }

    static func json(_ body: String, status: Int = 200, _ headers: HTTPHeaders = [:]) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
    }

    static func login(_ portal: Portal, _ identity: String) -> PortalLogin {
        PortalLogin(
            identity: PortalIdentity(stored: portal, identity), username: identity,
            password: SecretBytes(utf8: "S3cret@pass"), version: 1)
    }

    /// Always the same, so that a mutation can be tried again.
    static let random = RandomSource { 0x1234_5678_9ABC_DEF0 }
}
