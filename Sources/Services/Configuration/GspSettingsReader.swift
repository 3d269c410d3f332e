import Portals
import Secrets

/// Reads what a provider file says of one GSP's ways: `[call_headers]`, `[computed_header]`, `[session]`, `[notices]` and
/// the token's lines of `[auth]`.
enum GspSettingsReader {
    private typealias Gsp = ProviderProfile.Gsp

    static func settings(
        _ reader: inout TomlReader, _ connector: ProviderProfile.ConnectorKind?, isSimulated: Bool
    ) -> ProviderProfile.Gsp {
        var gsp = Gsp()
        gsp.callHeaders = callHeaders(&reader)
        gsp.computed = computed(&reader, isSimulated)
        if let name = reader.string("auth.token_header") {
            gsp.tokenHeader = name
            ProviderNamesReader.checkHeader(name, "auth.token_header", &reader)
        }
        if let prefix = reader.string("auth.token_prefix") {
            gsp.tokenPrefix = prefix
            if prefix.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E }) {
                reader.complain("auth.token_prefix", "must be plain signs of one line")
            }
        }
        if let mode = reader.choice("session.refresh_mode", of: ProviderProfile.RefreshMode.self) {
            gsp.refreshMode = mode
        }
        if let number = reader.integer("session.otp_life_s", in: 60...3_600) { gsp.otpLife = .seconds(number) }
        if let number = reader.integer("session.minutes", in: 1...43_200) { gsp.sessionLife = .seconds(number * 60) }
        gsp.dateMeans = reader.choice("notices.date_means", of: ProviderProfile.DateMeaning.self)
        if let format = reader.choice("notices.date_format", of: ProviderProfile.DateFormat.self) {
            gsp.dateFormat = format
        }
        if let number = reader.integer("notices.days_back", in: 1...3_660) { gsp.daysBack = number }
        if let number = reader.integer("notices.days_shown", in: 0...3_660) { gsp.daysShown = number }
        // Of a connector that is misspelt no more is said than that.
        guard let connector, connector != .gsp else { return gsp }
        for key in keys where reader.holds(key) { reader.complain(key, "belongs to a gsp") }
        return gsp
    }

    private static let keys = [
        "call_headers", "computed_header", "session", "notices", "auth.token_header", "auth.token_prefix",
    ]

    private static func callHeaders(_ reader: inout TomlReader) -> [String: String] {
        let headers = reader.texts(in: "call_headers")
        ProviderNamesReader.checkHeaders(headers, "call_headers", &reader)
        for (name, text) in headers.sorted(by: { $0.key < $1.key }) {
            if let problem = problem(ofTemplate: text) {
                reader.complain("call_headers.\(name)", problem)
            } else if !text.contains("{") {
                reader.complain("call_headers.\(name)", "is the same in each call: write it under [headers]")
            }
        }
        return headers
    }

    private static func computed(
        _ reader: inout TomlReader, _ isSimulated: Bool
    ) -> ProviderProfile.ComputedHeader? {
        let name = reader.string("computed_header.name")
        let from = reader.string("computed_header.from")
        let method = reader.choice("computed_header.method", of: ProviderProfile.ComputedHeader.Method.self)
        let key = reader.string("computed_header.key")
        let encoding = reader.choice("computed_header.encoding", of: ProviderProfile.ComputedHeader.Encoding.self)
        let told = ["name": name, "from": from, "method": method?.rawValue, "key": key]
        guard told.values.contains(where: { $0 != nil }) || encoding != nil else { return nil }
        for (part, value) in told.sorted(by: { $0.key < $1.key }) where value == nil {
            reader.complain("computed_header.\(part)", "is needed: a header is made of name, from, method and key")
        }
        guard let name, let from, let method, let key else { return nil }
        ProviderNamesReader.checkHeader(name, "computed_header.name", &reader)
        ProviderAuthReader.check(key, "computed_header.key", &reader, isSimulated)
        if !from.hasPrefix(ProviderAuthReader.reference), let problem = problem(ofTemplate: from) {
            reader.complain("computed_header.from", problem)
        }
        var header = ProviderProfile.ComputedHeader(
            name: name, from: SecretBytes(utf8: from), method: method, key: SecretBytes(utf8: key))
        if let encoding { header.encoding = encoding }
        return header
    }

    private static func problem(ofTemplate text: String) -> String? {
        let known = Set(ProviderProfile.CallValue.allCases.map(\.rawValue))
        for found in text.matches(of: /\{([^}]*)\}/) where !known.contains(String(found.1)) {
            let values = known.sorted().map { "{\($0)}" }.joined(separator: ", ")
            return "{\(found.1)} stands for nothing; known here: \(values)"
        }
        return nil
    }
}
