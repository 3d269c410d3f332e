import Portals
import Secrets

/// Reads how a provider is logged in to. Secrets stand in the file as `vault:FIELD`, in clear only where all is
/// simulated.
enum ProviderAuthReader {
    static let reference = "vault:"

    private enum Kind: String, CaseIterable { case none, headers, bridge, oauth2, nic }

    static func auth(_ reader: inout TomlReader, isSimulated: Bool) -> ProviderProfile.Auth {
        let kind = reader.choice("auth.type", of: Kind.self)
        let clientId = reader.string("auth.client_id")
        let secret = reader.string("auth.client_secret")
        let url = reader.string("auth.url")
        let style = reader.choice("auth.style", of: ProviderProfile.OAuth2.Style.self)
        let idName = reader.string("auth.id_name")
        let secretName = reader.string("auth.secret_name")
        let (tokenPath, expiresPath) = (reader.string("auth.token_path"), reader.string("auth.expires_path"))
        let life = reader.integer("auth.token_life_s", in: 60...86_400)
        if kind == Kind.none || kind == .headers || kind == .nic { return .none }
        guard let clientId, let secret else {
            if clientId != nil { reader.complain("auth.client_secret", "is needed beside client_id") }
            if secret != nil { reader.complain("auth.client_id", "is needed beside client_secret") }
            if kind == .oauth2, clientId == nil, secret == nil { reader.complain("auth.client_id", "is needed") }
            return .none
        }
        check(secret, "auth.client_secret", &reader, isSimulated)
        guard kind == .oauth2 else {
            return .clientCredentials(clientId: clientId, secret: SecretBytes(utf8: secret))
        }
        guard let url else {
            reader.complain("auth.url", "is needed: where the GSP gives its token")
            return .none
        }
        let isForm = (style ?? .form) == .form
        var login = ProviderProfile.OAuth2(
            url: url, style: style ?? .form, idName: idName ?? (isForm ? "client_id" : "gspappid"),
            secretName: secretName ?? (isForm ? "client_secret" : "gspappsecret"), id: clientId,
            secret: SecretBytes(utf8: secret))
        if let tokenPath { login.tokenPath = tokenPath }
        if let expiresPath { login.expiresPath = expiresPath }
        if let life { login.lifeSeconds = life }
        return .oauth2(login)
    }

    /// Headers whose name says that they hold a secret must not hold it in clear.
    static func headers(_ reader: inout TomlReader, isSimulated: Bool) -> [String: String] {
        let headers = reader.texts(in: "headers")
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            let lower = name.lowercased()
            let isSecret = ["secret", "password", "token", "api-key", "apikey", "authorization"].contains {
                lower.contains($0)
            }
            if isSecret { check(value, "headers.\(name)", &reader, isSimulated) }
        }
        return headers
    }

    static func check(_ value: String, _ key: String, _ reader: inout TomlReader, _ isSimulated: Bool) {
        guard !isSimulated, !value.hasPrefix(reference) else { return }
        reader.complain(
            key, "must be \"vault:NAME\": a secret stands in clear only for simulated providers on this machine")
    }
}

extension ProviderProfile {
    /// Names of the vault's secrets that this provider needs.
    var secretNames: Set<String> {
        var texts = Array(headers.values)
        switch auth {
        case .none: break
        case .clientCredentials(_, let secret): texts.append(secret.text)
        case .oauth2(let login): texts.append(login.secret.text)
        }
        if let computed = gsp.computed { texts += [computed.from.text, computed.key.text] }
        let prefix = ProviderAuthReader.reference
        return Set(texts.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
    }

    /// The same with every `vault:FIELD` replaced.
    func filled(_ secrets: [String: SecretBytes]) -> ProviderProfile {
        func secret(_ text: String) -> SecretBytes? {
            guard text.hasPrefix(ProviderAuthReader.reference) else { return nil }
            return secrets[String(text.dropFirst(ProviderAuthReader.reference.count))]
        }
        var profile = self
        for (name, value) in headers { profile.headers[name] = secret(value)?.text ?? value }
        if let computed = gsp.computed {
            profile.gsp.computed?.from = secret(computed.from.text) ?? computed.from
            profile.gsp.computed?.key = secret(computed.key.text) ?? computed.key
        }
        switch auth {
        case .none: break
        case .clientCredentials(let id, let own):
            if let stored = secret(own.text) { profile.auth = .clientCredentials(clientId: id, secret: stored) }
        case .oauth2(var login):
            if let stored = secret(login.secret.text) { login.secret = stored }
            profile.auth = .oauth2(login)
        }
        return profile
    }
}

extension SecretBytes {
    /// For a header, which the library takes as text only.
    fileprivate var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
