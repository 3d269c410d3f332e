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
        if let missing = missingCertificate {
            warnings.append(
                "\(missing) does not stand beside the file of \(name): GSTN's public key comes with your access as a GSP's "
                    + "customer, or from GSTN's developer portal.")
        }
        return warnings
    }

    /// The public key's file that this provider names and that is not there.
    private var missingCertificate: String? {
        guard let certificate = profile.urls["certificate"], !certificate.isEmpty, !certificate.contains("://") else {
            return nil
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        return access(folder + certificate, F_OK) == 0 ? nil : certificate
    }
}
