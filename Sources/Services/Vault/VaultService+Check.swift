import Domain
import Store
import Vault

extension VaultService {
    /// Opens every stored password and throws it away. Needs an unlocked vault.
    ///
    /// - Returns: how many there are, and the accounts whose password does not open.
    func check() async throws(Complaint) -> (count: Int, damaged: [AccountId]) {
        var (count, damaged, cursor) = (0, [AccountId](), AccountId(0))
        let workspace = workspace
        while true {
            let from = cursor
            let stored = try await workspace.read { try $0.sealedPasswords(after: from, limit: Self.batch) }
            guard let last = stored.last else { return (count, damaged) }
            cursor = last.account
            count += stored.count
            damaged += try await OwnThread.run { () throws(Complaint) in
                stored.filter { account, sealed in
                    (try? workspace.opened(sealed, of: PasswordPlace(account, sealed))) == nil
                }.map(\.account)
            }
        }
    }

    /// Names the first of some accounts whose password was changed outside of PortalDesk.
    func names(_ accounts: [AccountId]) async throws(Complaint) -> String {
        let shown = accounts.prefix(3)
        let names = try await workspace.read { reader in
            try shown.compactMap { try reader.account($0).map { "\($0.identity.portal.title) \($0.identity.text)" } }
        }
        let more = accounts.count - shown.count
        return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
