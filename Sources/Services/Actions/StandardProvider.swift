import Domain
import Portals

extension Workspace {
    /// The provider for an authority when none is named: the only one there is, or the one that is the default.
    ///
    /// - Throws: a `Complaint`: 78 when there is none, 64 when several could be meant.
    func standardProvider(_ system: ActionSystem) throws(Complaint) -> String {
        let files = providers().files.filter { $0.profile.connector.rawValue == system.rawValue }
        if let only = files.first, files.count == 1 { return only.name }
        if let standard = files.first(where: \.profile.isDefault) { return standard.name }
        guard !files.isEmpty else {
            throw Complaint(
                "no provider reaches the \(system.title)", remedy: "Add one with `portaldesk provider add FILE`",
                status: .badConfiguration)
        }
        throw Complaint(
            "several providers reach the \(system.title): \(files.map(\.name).joined(separator: ", "))",
            remedy: "Name one with --provider, or write default = true in its file", status: .usage)
    }
}
