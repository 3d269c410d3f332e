import Domain
import Foundation
import Portals
import Transport

/// GSTN's public key, from a file beside the provider file or from an address.
struct CertificateFile: Sendable {
    let profile: ProviderProfile
    /// Path of the provider file.
    let file: String
    let client: HTTPClient

    private static let largest = 1 << 16

    func read() async throws -> String {
        let place = profile.urls["certificate"] ?? ""
        guard place.contains("://") else {
            let folder = file.lastIndex(of: "/").map { file[...$0] } ?? ""
            let path = place.hasPrefix("/") ? place : folder + place
            return try String(contentsOfFile: path, encoding: .utf8)
        }
        let response = try await client.send(
            HTTPRequest(
                .get, url: place, deadline: .now + profile.timeouts.request,
                connectTimeout: profile.timeouts.connect, maxResponseBytes: Self.largest))
        guard response.isSuccess else {
            throw PortalFailure(.portalDown, "the address of the public key answered \(response.status)")
        }
        return String(decoding: response.body, as: UTF8.self)
    }
}
