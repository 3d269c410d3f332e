import Domain
import Foundation
import Portals

extension ProviderFile {
    /// Whether it speaks services that a portal made for its own web pages, without any promise.
    public var isUnofficial: Bool { profile.connector.needsAuthority }

    /// Whether nobody of ours has tried this kind of provider against the live service.
    public var isUntested: Bool { !profile.isSimulated && profile.connector != .bridge }

    /// What whoever sets it up has to know.
    public var warnings: [String] {
        var warnings: [String] = []
        if isUnofficial, !profile.isSimulated {
            warnings.append(
                "\(name) is unofficial: it uses what the portal made for its own web pages, undocumented and without any "
                    + "promise; it may stop working any day. Ask for nothing without the taxpayer's written authority, and "
                    + "read the portal's terms.")
        }
        if isUntested {
            warnings.append("\(name) is untested against the live service: try it with one account first.")
        }
        for missing in keyFiles where access(folder + missing, F_OK) != 0 {
            warnings.append(absence(of: missing))
        }
        if profile.connector == .irp, profile.nic?.signingFiles.isEmpty ?? true {
            warnings.append(
                "\(name) names no signing keys: what the portal signs cannot be verified, and what is in doubt cannot be "
                    + "compared. NIC publishes its public keys on the portal.")
        }
        let missing = profile.missingPaths(for: .ewaybillByIrn)
        if !missing.isEmpty {
            warnings.append(
                "\(name) makes no e-way bills: its file lacks \(missing.joined(separator: " and ")).")
        }
        return warnings
    }

    /// Public keys that this provider names, which stand in files beside its own; each once.
    var keyFiles: [String] {
        let certificate = profile.urls["certificate"].flatMap { $0.isEmpty || $0.contains("://") ? nil : $0 }
        let signing = Set(profile.nic?.signingFiles.values.map(\.self) ?? []).sorted()
        return [certificate].compactMap(\.self) + signing.filter { $0 != certificate }
    }

    /// Why no login can work: the key that it is sealed with does not stand beside the file. nil when it does, or none is
    /// named.
    var loginHindrance: String? {
        guard let key = keyFiles.first, key == profile.urls["certificate"], access(folder + key, F_OK) != 0 else {
            return nil
        }
        return absence(of: key)
    }

    private func absence(of key: String) -> String {
        "\(key) does not stand beside the file of \(name): \(origin(key))"
    }

    private var folder: Substring { path.lastIndex(of: "/").map { path[...$0] } ?? "" }

    private func origin(_ key: String) -> String {
        guard profile.connector.carriesOutActions else {
            return "GSTN's public key comes with your access as a GSP's customer, or from GSTN's developer portal."
        }
        return key == profile.urls["certificate"]
            ? "the key for logins comes with your API access."
            : "NIC publishes the keys that it signs with on the portal."
    }
}
