import Domain
import Foundation
import Portals
import Secrets

/// A provider as its TOML file describes it, before its address is known to be reachable.
public struct ProviderFile: Sendable {
    public var path: String
    public var profile: ProviderProfile
    /// What still stands in it as the example left it, each with its line.
    public var blanks: [ConfigurationProblem] = []

    public var name: String { profile.name }
    public var connector: String { profile.connector.rawValue }
    public var portals: [Portal] { profile.portals }
    public var isSimulated: Bool { profile.isSimulated }
    public var address: String { profile.baseURL }
    /// As people read it.
    public var shownAddress: String { Self.shown(address) }

    static func shown(_ address: String) -> String {
        address == sandboxAddress ? "SANDBOX, on this machine" : address
    }

    /// Base address of a provider that the desk starts itself.
    public static let sandboxAddress = "sandbox:"

    /// Whether this provider is the local sandbox that is started on demand.
    public var startsSandbox: Bool { profile.baseURL == Self.sandboxAddress }

    public static func read(path: String, text: String) throws(ConfigurationProblems) -> ProviderFile {
        var reader = try TomlReader(file: path, text: text)
        let name = reader.string("name") ?? ""
        if name.isEmpty {
            reader.complain("name", "is needed: letters, digits, - and _ only")
        } else if name.count > 64
            || !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        {
            reader.complain("name", "may hold letters, digits, - and _ only, 64 at the most")
        }
        let connector = reader.choice("connector", of: ProviderProfile.ConnectorKind.self)
        if connector == nil { reader.complain("connector", "is needed") }
        // What carries out actions fetches from no portal.
        let portals = connector?.carriesOutActions == true ? [] : portals(&reader)
        if connector == .efiling, portals.contains(where: { $0 != .incomeTax }) {
            reader.complain("portals", "the e-filing portal is income_tax and nothing else")
        }
        let isSimulated = reader.bool("simulated") ?? false
        let address = address(&reader)
        if isSimulated, !isPlayground(address) {
            reader.complain(
                "simulated", "must be false: the address is neither on this machine nor by its name a sandbox")
        }
        if address == sandboxAddress, !isSimulated {
            reader.complain("simulated", "must be true: \(sandboxAddress) is the sandbox of this machine")
        }
        // Secrets in clear are for what runs on this machine; whoever simulates elsewhere is another company.
        let holdsPlaySecrets =
            isSimulated && (address == sandboxAddress || URL(string: address)?.host.map(isLoopback) == true)
        var profile = ProviderProfile(
            name: name, connector: connector ?? .bridge, portals: portals, isDefault: reader.bool("default") ?? false,
            isSimulated: isSimulated, baseURL: address,
            auth: ProviderAuthReader.auth(&reader, isSimulated: holdsPlaySecrets)
        )
        profile.headers = ProviderAuthReader.headers(&reader, isSimulated: holdsPlaySecrets)
        profile.headerNames = reader.texts(in: "header_names")
        ProviderNamesReader.checkHeaders(profile.headers, "headers", &reader)
        let renamed = Dictionary(profile.headerNames.map { ($0.value, "") }) { $1 }
        ProviderNamesReader.checkHeaders(renamed, "header_names", &reader)
        profile.urls = urls(&reader, isSimulated: isSimulated)
        profile.paths = ProviderNamesReader.paths(&reader, connector)
        profile.services = services(&reader, connector)
        profile.fields = ProviderNamesReader.fields(&reader, connector)
        profile.bodies = ProviderNamesReader.bodies(&reader, profile.paths)
        profile.envelope = GspEnvelopeReader.envelope(&reader)
        ProviderNamesReader.checkEnvelope(&reader, connector, profile)
        profile.gsp = GspSettingsReader.settings(&reader, connector, isSimulated: holdsPlaySecrets)
        if let policy = reader.choice("policy.dual_session", of: ProviderProfile.DualSession.self) {
            profile.dualSession = policy
        }
        readLimits(&reader, into: &profile)
        profile.nic = NicProfileReader.profile(&reader, connector, isSimulated: isSimulated)
        if connector == .gsp { checkGsp(profile, &reader) }
        try reader.finish()
        return ProviderFile(path: path, profile: profile, blanks: ProviderBlanks.found(in: reader))
    }

    private static func portals(_ reader: inout TomlReader) -> [Portal] {
        guard let names = reader.strings("portals"), !names.isEmpty else {
            // Some connectors have none, and this one may be misspelt.
            if !reader.isUnread("connector") {
                reader.complain("portals", "is needed: a list of gst, income_tax, traces")
            }
            return []
        }
        return names.compactMap { name in
            if let portal = Portal(rawValue: name) { return portal }
            reader.complain("portals", "\"\(name)\" is none of gst, income_tax, traces")
            return nil
        }
    }

    /// Addresses that connectors know beside `base`, each held to the same rules.
    static let urlNames = [
        "base", "auth", "login", "app", "legacy", "files", "certificate", EwbConnector.otherSiteName,
    ]

    private static func urls(_ reader: inout TomlReader, isSimulated: Bool) -> [String: String] {
        let urls = reader.texts(in: "urls")
        for (name, text) in urls.sorted(by: { $0.key < $1.key }) where name != "base" {
            if !urlNames.contains(name) {
                reader.complain("urls.\(name)", "is no address that a connector asks for")
            } else if name == EwbConnector.otherSiteName, isSimulated, !isPlayground(text) {
                reader.complain("urls.\(name)", "must be simulated as urls.base is")
            } else if name != "certificate" || text.contains("://") {
                check(text, "urls.\(name)", &reader)
            } else if text.contains("/") || text.hasPrefix(".") {
                reader.complain("urls.certificate", "must be the name of a file in the folder of the provider files")
            }
        }
        return urls
    }

    /// What a connector may be told the name of.
    private static func services(
        _ reader: inout TomlReader, _ connector: ProviderProfile.ConnectorKind?
    ) -> [ProviderProfile.GuessedService: String] {
        var services: [ProviderProfile.GuessedService: String] = [:]
        for (name, text) in reader.texts(in: "services").sorted(by: { $0.key < $1.key }) {
            if let service = ProviderProfile.GuessedService(rawValue: name), connector == .efiling {
                services[service] = text
                // It stands in a header and in a body.
                if text.isEmpty || !text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
                    reader.complain("services.\(name)", "must be the name of a service: letters and digits only")
                }
            } else if connector != nil {
                reader.complain("services.\(name)", "is no service that this connector asks for")
            }
        }
        return services
    }

    private static func checkGsp(_ profile: ProviderProfile, _ reader: inout TomlReader) {
        let encrypts = profile.envelope == nil && !reader.isUnread("envelope.who_encrypts")
        if encrypts, profile.urls["certificate"]?.isEmpty ?? true {
            reader.complain("urls.certificate", "is needed: GSTN's public key, as a file beside this one or an address")
        }
        if encrypts, profile.headers["ip-usr"] == nil {
            reader.complain(
                "headers.ip-usr", "is needed: the public address that GSTN sees you at, such as \"203.0.113.7\"")
        }
        if profile.portals.contains(where: { $0 != .gst }) {
            reader.complain("portals", "a gsp reaches gst only")
        }
    }

    /// https anywhere; plain http only to this machine, because logins travel over it.
    private static func address(_ reader: inout TomlReader) -> String {
        guard let text = reader.string("urls.base"), !text.isEmpty else {
            reader.complain("urls.base", "is needed: the provider's address")
            return ""
        }
        if text == sandboxAddress { return text }
        check(text, "urls.base", &reader)
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func check(_ text: String, _ key: String, _ reader: inout TomlReader) {
        guard let url = URL(string: text), let host = url.host, let scheme = url.scheme?.lowercased() else {
            reader.complain(key, "is no address such as https://bridge.example")
            return
        }
        if url.query != nil || url.fragment != nil {
            reader.complain(key, "must end with its path: what follows ? or # is set with [paths]")
        }
        if url.user != nil || url.password != nil {
            reader.complain(key, "must not carry a user or password")
        }
        if scheme == "http", !isLoopback(host) {
            reader.complain(key, "must be https: logins would cross the network in clear")
        } else if scheme != "http", scheme != "https" {
            reader.complain(key, "must begin with https://")
        }
    }

    /// What may carry the word SANDBOX: what runs here, and what is called so by whoever runs it.
    private static func isPlayground(_ address: String) -> Bool {
        guard !address.isEmpty, address != sandboxAddress, let host = URL(string: address)?.host?.lowercased() else {
            return true
        }
        if isLoopback(host) { return true }
        let words = host.split { !$0.isLetter }
        return words.contains { word in
            word.contains("sandbox")
                || ["uat", "test", "demo", "dev", "developer", "staging", "preprod"].contains(word)
        }
    }

    /// Numbers only: `127.0.example.com` is a name that anyone may own.
    static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func rate(_ name: String, burst: String, _ reader: inout TomlReader) -> RateLimit? {
        let atOnce = reader.integer("limits.\(burst)", in: 1...10_000)
        guard let number = reader.integer("limits.\(name)", in: 1...600_000) else {
            if atOnce != nil, !reader.isUnread("limits.\(name)") {
                reader.complain("limits.\(burst)", "means nothing without limits.\(name)")
            }
            return nil
        }
        return RateLimit(perSecond: Double(number) / 60, burst: atOnce ?? 1)
    }

    /// Both ends of the range from which the pause between two beginnings is drawn; one alone is both.
    private static func readStagger(_ reader: inout TomlReader, into profile: inout ProviderProfile) {
        let (least, most) = (
            reader.integer("pacing.start_least_ms", in: 0...120_000),
            reader.integer("pacing.start_most_ms", in: 0...120_000)
        )
        guard let from = least ?? most, let to = most ?? least else { return }
        guard from <= to else { return reader.complain("pacing.start_most_ms", "must not be below start_least_ms") }
        profile.pacing.start = to == 0 ? nil : Duration.milliseconds(from)...Duration.milliseconds(to)
    }

    private static func readLimits(_ reader: inout TomlReader, into profile: inout ProviderProfile) {
        if let number = reader.integer("limits.concurrency", in: 1...256) { profile.concurrency = number }
        if let number = reader.integer("limits.poll_ms", in: 1...60_000) { profile.pollEvery = .milliseconds(number) }
        profile.limits.whole = rate("calls_per_minute", burst: "burst", &reader)
        profile.limits.perKey = rate("account_calls_per_minute", burst: "account_burst", &reader)
        if let number = reader.integer("pacing.login_step_ms", in: 0...120_000) {
            profile.pacing.loginStep = .milliseconds(number)
        }
        if let number = reader.integer("pacing.call_ms", in: 0...120_000) {
            profile.pacing.call = .milliseconds(number)
        }
        if let number = reader.integer("pacing.document_ms", in: 0...120_000) {
            profile.pacing.document = .milliseconds(number)
        }
        readStagger(&reader, into: &profile)
        if let number = reader.integer("timeouts.connect_s", in: 1...300) {
            profile.timeouts.connect = .seconds(number)
        }
        if let number = reader.integer("timeouts.request_s", in: 1...600) {
            profile.timeouts.request = .seconds(number)
        }
        if let number = reader.integer("timeouts.job_s", in: 1...7_200) { profile.timeouts.job = .seconds(number) }
    }
}
