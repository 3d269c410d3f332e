import Domain
import Portals
import Wire

/// Reads what a provider file says for connectors that carry out actions at NIC's systems.
enum NicProfileReader {
    /// The least that a real portal is given before its "not there" is believed: what is sent again too early is there twice.
    private static let least = (first: 5, final: 60, between: 10)

    static func profile(
        _ reader: inout TomlReader, _ connector: ProviderProfile.ConnectorKind?, isSimulated: Bool
    ) -> NicProfile? {
        let least = isSimulated ? (first: 0, final: 0, between: 0) : least
        let (first, final, between) = (
            reader.integer("settle.first_look_seconds", in: least.first...86_400),
            reader.integer("settle.final_seconds", in: least.final...86_400),
            reader.integer("settle.between_seconds", in: least.between...86_400)
        )
        let (base, cap, tries) = (
            reader.integer("retry.base_seconds", in: 0...3_600), reader.integer("retry.cap_seconds", in: 1...86_400),
            reader.integer("retry.attempts", in: 1...1_000)
        )
        let untouched = reader.integers("retry.not_processed", in: 400...599)
        let (registrar, sister, style) = (
            reader.string("irp_name"), reader.string("irp_header"),
            reader.choice("envelope.style", of: NicAnswer.Style.self)
        )
        let (files, issuers) = (reader.texts(in: "signing_keys"), reader.texts(in: "signing_issuers"))
        let (from, until) = (days("signing_from", files, &reader), days("signing_until", files, &reader))
        guard let connector else { return nil }
        guard connector == .irp || connector == .ewb else {
            let given: [(String, Bool)] = [
                ("settle", first != nil || final != nil || between != nil),
                ("retry", base != nil || cap != nil || tries != nil || untouched != nil),
                ("irp_name", registrar != nil),
                ("irp_header", sister != nil),
                ("envelope.style", style != nil),
                ("signing_keys", !files.isEmpty || !issuers.isEmpty || !from.isEmpty || !until.isEmpty),
            ]
            for (name, isGiven) in given where isGiven {
                reader.complain(name, "is for connectors irp and ewb")
            }
            return nil
        }
        if style == .successResult { checkEnriched(&reader, connector) }
        var profile = NicProfile(registrar: registrar ?? "", style: style ?? .nic)
        profile.settle = SettleRule(
            firstLook: .seconds(first ?? 60), final: .seconds(final ?? 600), between: .seconds(between ?? 300))
        profile.backOff = BackOff(base: .seconds(base ?? 15), cap: .seconds(cap ?? 3_600))
        profile.attempts = tries ?? profile.attempts
        profile.notProcessed = Set(untouched ?? [])
        profile.sister = sister
        checkSister(sister, registrar, connector, &reader)
        if connector == .irp, registrar == nil { reader.complain("irp_name", "is needed, such as \"NIC1\"") }
        for (id, file) in files.sorted(by: { $0.key < $1.key }) {
            if id.count != 40 || !id.allSatisfy(\.isHexDigit) {
                reader.complain("signing_keys.\(id)", "must be named by the key's id: 40 hexadecimal digits")
            } else if file.isEmpty || file.contains("/") || file.hasPrefix(".") {
                reader.complain(
                    "signing_keys.\(id)", "must be the name of a file in the folder of the provider files")
            }
        }
        for id in issuers.keys.sorted() where files[id] == nil {
            reader.complain("signing_issuers.\(id)", "has no key under signing_keys")
        }
        (profile.signingFiles, profile.signingIssuers) = (files, issuers)
        (profile.signingFrom, profile.signingUntil) = (from, until)
        for (id, last) in until.sorted(by: { $0.key < $1.key }) where from[id].map({ $0 > last }) ?? false {
            reader.complain("signing_until.\(id)", "must not lie before signing_from.\(id)")
        }
        return profile
    }

    /// First or last days of keys, by their id.
    private static func days(
        _ section: String, _ files: [String: String], _ reader: inout TomlReader
    ) -> [String: LegalDate] {
        var days: [String: LegalDate] = [:]
        for (id, text) in reader.texts(in: section).sorted(by: { $0.key < $1.key }) {
            if files[id] == nil { reader.complain("\(section).\(id)", "has no key under signing_keys") }
            if let day = LegalDate(text) {
                days[id] = day
            } else {
                reader.complain("\(section).\(id)", "must be a day such as \"2025-07-01\"")
            }
        }
        return days
    }

    /// The two portals of NIC know the header, and nobody else (facts: nic-einvoice-ewb 8).
    private static func checkSister(
        _ sister: String?, _ registrar: String?, _ connector: ProviderProfile.ConnectorKind, _ reader: inout TomlReader
    ) {
        guard let sister else { return }
        if connector != .irp {
            reader.complain("irp_header", "is for the connector irp")
        } else if !["NIC1", "NIC2"].contains(sister) || registrar.map({ ActionRoutes.areSame($0, sister) }) ?? false {
            reader.complain("irp_header", "must name the other portal of NIC: \"NIC1\" or \"NIC2\"")
        }
    }

    /// A GSP that does the cryptography has paths and a login of its own; NIC's would lead nowhere.
    private static func checkEnriched(_ reader: inout TomlReader, _ connector: ProviderProfile.ConnectorKind?) {
        let paths = reader.texts(in: "paths")
        // Calls about bills have one path, and the action stands behind it.
        let needed: [IrpPath] = connector == .irp ? [.invoice, .cancel, .byIrn, .byDocument] : []
        for path in needed where paths[path.rawValue] == nil {
            reader.complain("paths.\(path.rawValue)", "is needed: this kind of provider has paths of its own")
        }
        if reader.string("auth.type") != "oauth2" {
            reader.complain("auth.type", "must be \"oauth2\": such a provider gives our firm a token of its own")
        }
    }
}
