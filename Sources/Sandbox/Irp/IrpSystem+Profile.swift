import Wire

extension IrpSystem {
    func profileFiles(at address: String) -> [String: String] {
        Self.profileFiles(name, keys, issuer: book.play.issuer, at: address)
    }

    static func profileFiles(
        _ name: String, _ keys: NicKeyRing, issuer: String, at address: String
    ) -> [String: String] {
        let text = """
            # The simulated registration portal \(registrar(of: name)). Nothing in this file is secret.
            name = "sandbox-\(name)"
            connector = "irp"
            simulated = true
            irp_name = "\(registrar(of: name))"

            [urls]
            base = "\(address)"
            # Beside this file: the public key that logins are sealed for.
            certificate = "\(NicKeyRing.encryptionFile)"

            # Beside this file: the public keys that signed invoices are verified with, by their id.
            [signing_keys]
            \(keys.signer.keyId) = "\(NicKeyRing.signingFile)"

            [signing_issuers]
            \(keys.signer.keyId) = "\(issuer)"

            \(NicProfile.shared(style: "nic"))
            """
        var files = ["\(name).toml": text]
        files[NicKeyRing.encryptionFile] = keys.encryptionPem
        files[NicKeyRing.signingFile] = keys.signer.publicKeyPem
        return files
    }
}

/// What the provider files of the simulated NIC have in common.
enum NicProfile {
    static let settle = """
        # How long after the time that a write without an answer may take the portal is asked, and when its "not there" is believed.
        [settle]
        first_look_seconds = 1
        final_seconds = 3
        between_seconds = 1
        """

    static func shared(style: String, clientId: String = "client_id", secret: String = "client_secret") -> String {
        """
        [auth]
        type = "nic"

        [headers]
        \(clientId) = "\(BridgeService.clientId)"
        \(secret) = "\(BridgeService.clientSecret)"

        [envelope]
        style = "\(style)"

        \(settle)

        \(ProfileFolder.timeouts)

        [limits]
        concurrency = 4

        """
    }
}
