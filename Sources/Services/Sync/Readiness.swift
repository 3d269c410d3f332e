import Domain

extension PortalAccount {
    /// What its login lacks, when it lacks something.
    var missingText: String {
        guard needsPassword else { return "no user name is stored" }
        return username == nil ? "no user name and password are stored" : "no password is stored"
    }

    /// Why no further attempt is made with the stored password.
    var spentText: String {
        if !isRefused {
            return
                "this password was offered \(Counted.times(refusals)) and the portal gave no clear answer; verify it when the portal is well again"
        }
        return
            "the portal refused this password \(Counted.times(refusals)), and may lock the account; enter the right one first"
    }
}

extension SyncService {
    /// A job that cannot open its password, or cannot write down what it did, would only fail in a stranger way later.
    ///
    /// - Throws: a `Complaint`: no key or a wrong one (78), no room to work (74).
    func checkReadiness() async throws(Complaint) {
        // Who holds no key leaves opening to the worker of somebody who does.
        if !workspace.keyring.isEmpty || workspace.hasKeyFile { try await workspace.credentials.checkKey() }
        if let complaint = DiskRoom(path: workspace.home.path).complaint { throw complaint }
    }
}
