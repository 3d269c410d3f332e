import Domain
import Portals

/// Who goes on with what stands at an authority: whoever made it. Another provider may reach another portal, or a
/// simulated one.
extension Workspace {
    /// - Parameters:
    ///   - named: what a person chose; that is taken as it is.
    ///   - what: what was made, for people.
    /// - Throws: a `Complaint` (78) when the maker's file is not usable any more.
    func maker(of made: PortalOperation, _ what: String, named: String?) throws(Complaint) -> String {
        if let named { return named }
        guard providers().named(made.provider) == nil else { return made.provider }
        throw Complaint(
            "\(what) was made through \(made.provider), whose file is gone or cannot be used",
            why: "no other provider is taken for it by itself: it might reach another portal",
            remedy: "Put the file back into \(home.providers), or name a provider that reaches the same portal "
                + "with --provider",
            status: .badConfiguration)
    }

    /// The provider for a change of a bill: the one that made it. A bill that an invoice registration portal made goes on
    /// with the one that changed it last, then with the usual one of the same kind, simulated or real.
    ///
    /// - Throws: a `Complaint`: 78 when the maker's file is not usable any more or nobody reaches the system, 64 when
    ///   several providers could be meant.
    func maker(of bill: KeptBill, named: String?) throws(Complaint) -> String {
        if bill.made.kind.system == .ewb || named != nil {
            return try maker(of: bill.made, "bill \(bill.number)", named: named)
        }
        let changes = bill.changes.filter { $0.state == .filed && $0.kind.system == .ewb }
        if let last = changes.first, providers().named(last.provider) != nil { return last.provider }
        return try standardProvider(.ewb, for: bill.gstin, like: bill.made.provider)
    }

    /// The usual provider among those that are simulated, or real, as another one is. Where that one has no file any more
    /// all are asked for.
    private func standardProvider(
        _ system: ActionSystem, for gstin: Gstin, like other: String
    ) throws(Complaint) -> String {
        guard let kin = providers().named(other) else { return try standardProvider(system, for: gstin) }
        return try standardProvider(system, for: gstin) { $0.reachesSimulation == kin.reachesSimulation }
    }
}

extension ProviderFile {
    /// Whether what it reaches is no real authority.
    var reachesSimulation: Bool { isSimulated || startsSandbox }
}
