import Domain
import Wire

/// The server's public key, read when it is first needed and again when the server has changed it.
public actor CertificateSource {
    private let read: @Sendable () async throws -> String
    private let today: @Sendable () -> LegalDate
    private var held: RsaCertificate?

    /// - Parameter read: the PEM, from a file or an address.
    public init(read: @escaping @Sendable () async throws -> String, today: @escaping @Sendable () -> LegalDate) {
        self.read = read
        self.today = today
    }

    func certificate(isStale: Bool) async throws(PortalFailure) -> RsaCertificate {
        if !isStale, let held, held.notAfter.map({ $0 >= today() }) ?? true { return held }
        let text: String
        do {
            text = try await read()
        } catch {
            throw PortalFailure(.providerAuth, HarmlessText.line("GSTN's public key cannot be read: \(error)"))
        }
        do throws(RsaCertificate.Unreadable) {
            let certificate = try RsaCertificate(pem: text)
            held = certificate
            return certificate
        } catch {
            throw PortalFailure(.providerAuth, "GSTN's public key is unusable: \(error.message)")
        }
    }
}
