import Domain
import Foundation
import Portals
import Secrets
import Store

/// What the masker is told to know.
enum SupportNames {
    static func values(_ names: KnownNames, _ workspace: Workspace) -> KnownValues {
        var known = KnownValues()
        for identity in names.identities.sorted() {
            let kind = kind(ofIdentity: identity)
            known.add(kind, identity)
            // A GSTIN holds the PAN, or the TAN, of whoever is registered.
            let inner = String(identity.dropFirst(2).prefix(10))
            if kind == .gstin { known.add(Self.kind(ofIdentity: inner), inner) }
        }
        for address in names.mailAddresses.sorted() { known.add(.mail, address) }
        for name in names.people.union(names.userNames).union(users(workspace)).sorted() where !isNobody(name) {
            known.add(.user, name)
        }
        let own = hosts().union(domains(names.mailAddresses)).union(folders(workspace))
        for name in names.businesses.union(names.parties).union(own).sorted() where !isNobody(name) {
            known.add(.name, name)
        }
        for secret in secrets(workspace) { known.add(.secret, secret) }
        addParts(of: names, &known)
        return known
    }

    /// What stands for somebody beside the whole name. Of a GSTIN its PAN, which is the holder's.
    private static func addParts(of names: KnownNames, _ known: inout KnownValues) {
        for name in names.businesses.union(names.parties).sorted() where !isNobody(name) {
            for part in NameParts.parts(of: name).sorted() { known.add(part: part, of: name) }
        }
        for address in names.mailAddresses.sorted() {
            guard let local = address.split(separator: "@").first.map(String.init), local.utf8.count >= 4,
                !Vocabulary.holds(local.lowercased().utf8)
            else { continue }
            known.add(part: local, of: address)
        }
    }

    /// Names of groups and offices that name nobody, and stand in settings and messages.
    private static func isNobody(_ name: String) -> Bool {
        let name = name.lowercased()
        return everyday.contains(name) || Vocabulary.holds(name.utf8)
    }

    private static let everyday: Set<String> = [
        "admin", "clients", "demo", "export", "exports", "firms", "general", "import", "manufacturing", "others",
        "portal",
        "retail", "root", "services", "support", "trading", "transport",
    ]

    private static func kind(ofIdentity text: String) -> MaskKind {
        let units = MaskUnits(text)
        if units.gstin(0) != nil { return .gstin }
        return units.pan(0) != nil ? .pan : units.tan(0) != nil ? .tan : .user
    }

    /// Who uses this machine, as paths name them. `root` is everybody's.
    private static func users(_ workspace: Workspace) -> Set<String> {
        let environment = workspace.surroundings.environment
        var found = Set(["USER", "LOGNAME", "SUDO_USER"].compactMap { environment[$0] })
        if let home = environment["HOME"]?.split(separator: "/").last { found.insert(String(home)) }
        if let entry = getpwuid(getuid()) {
            found.insert(String(cString: entry.pointee.pw_name))
            if let full = entry.pointee.pw_gecos { found.insert(String(String(cString: full).prefix { $0 != "," })) }
        }
        return found.subtracting([""])
    }

    private static func hosts() -> Set<String> {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return [] }
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Without its domain too.
        return Set([host, String(host.prefix { $0 != "." })]).subtracting(["localhost", ""])
    }

    /// What stands behind `@` in the addresses of people here names the firm, unless anybody may have one there.
    private static func domains(_ addresses: Set<String>) -> Set<String> {
        Set(addresses.compactMap { $0.split(separator: "@").last.map { $0.lowercased() } }).subtracting(publicDomains)
    }

    private static let publicDomains: Set<String> = [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.in", "yahoo.in", "rediffmail.com", "outlook.com",
        "hotmail.com",
        "live.com", "icloud.com", "protonmail.com", "proton.me", "zoho.com", "zohomail.in", "localhost",
    ]

    /// Folders on the way to the workspace are named by people, after firms too.
    private static func folders(_ workspace: Workspace) -> Set<String> {
        let paths = [workspace.home.path, workspace.home.configuration]
        let words = paths.flatMap { $0.split(separator: "/").map { $0.lowercased() } }
        return Set(words).subtracting(usualFolders).filter { !$0.hasPrefix(".") && $0.utf8.count >= 4 }
    }

    private static let usualFolders: Set<String> = [
        "home", "users", "root", "data", "local", "share", "config", "state", "cache", "media", "mount", "volumes",
        "private",
        "portaldesk", "portaldesk-demo", "demo", "workspace", "work", "test", "tests", "config.toml", "documents",
        "desktop",
    ]

    /// What stands in clear in the files of simulated providers.
    private static func secrets(_ workspace: Workspace) -> [String] {
        workspace.providers().files.flatMap { file -> [String] in
            var found = file.profile.headers.filter { MaskedName.kind(of: $0.key) == .secret }.map(\.value)
            switch file.profile.auth {
            case .none: break
            case .clientCredentials(_, let secret): found.append(text(secret))
            case .oauth2(let login): found.append(text(login.secret))
            }
            if let computed = file.profile.gsp.computed { found += [text(computed.from), text(computed.key)] }
            return found.filter { !$0.hasPrefix("vault:") && $0.count >= 6 }
        }
    }

    private static func text(_ secret: SecretBytes) -> String {
        secret.withBytes { String(decoding: $0, as: UTF8.self) }
    }
}
