import Portals

/// Reads `[envelope]`: who does GSTN's cryptography, and how a GSP answers that does it itself.
enum GspEnvelopeReader {
    private enum Keeper: String, CaseIterable { case client, gsp }
    private enum Unit: String, CaseIterable { case minutes, seconds }

    static func envelope(_ reader: inout TomlReader) -> ProviderProfile.Envelope? {
        let keeper = reader.choice("envelope.who_encrypts", of: Keeper.self)
        var envelope = ProviderProfile.Envelope()
        var isTold = false
        func take(_ name: String, _ path: WritableKeyPath<ProviderProfile.Envelope, String>) {
            guard let text = reader.string("envelope.\(name)") else { return }
            isTold = true
            envelope[keyPath: path] = text
        }
        take("success", \.success)
        take("success_value", \.successValue)
        take("data", \.data)
        take("error_code", \.errorCode)
        take("error_message", \.errorMessage)
        take("token", \.token)
        take("expiry", \.expiry)
        if let unit = reader.choice("envelope.expiry_unit", of: Unit.self) {
            envelope.expiryIsSeconds = unit == .seconds
        }
        if let codes = reader.strings("envelope.session_over") { envelope.sessionOver = Set(codes) }
        if keeper == .gsp { return envelope }
        if isTold { reader.complain("envelope.who_encrypts", "must be \"gsp\" for the other lines to mean something") }
        return nil
    }
}
