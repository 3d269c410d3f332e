import Domain

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
