import Domain

/// What a demo's workspace needs so that its user can register invoices and make e-way bills at once: provider files
/// for the sandbox that is started on demand, and every GSTIN's API users there.
public struct DemoActions: Sendable {
    /// An API user of a GSTIN.
    public struct User: Sendable, Hashable {
        public var gstin: String
        /// The provider file's name.
        public var provider: String
        public var name: String
        /// Protects nothing: it is made from the world's seed.
        public var password: String
    }

    /// By name, with the public keys that stand beside them.
    public let files: [(name: String, text: String)]
    public let users: [User]

    /// - Parameters:
    ///   - stateFolder: of the sandbox that will serve; its keys are made there when it has none.
    ///   - address: what the provider files name as the base.
    /// - Throws: when the keys cannot be made or kept.
    public static func make(
        _ world: DemoWorld, stateFolder: String, address: String
    ) async throws(SandboxProblem) -> DemoActions {
        try FileBytes.makeFolder(stateFolder)
        try await KeptKey.prepare(in: stateFolder, isOwn: false)
        let keys = try NicKeyRing.kept(in: stateFolder)
        var files = IrpSystem.profileFiles("irp", keys, issuer: NicPlay().issuer, at: address)
        files["ewb.toml"] = EwbSystem.profile(at: address)
        let nic = NicUsers(world: world)
        let users = world.accounts.filter { $0.identity.portal == .gst }.flatMap { account in
            NicUsers.Family.allCases.compactMap { family in
                nic.user(account.identity.text, family).map {
                    User(
                        gstin: $0.gstin, provider: "sandbox-\(family.rawValue)", name: $0.name, password: $0.password)
                }
            }
        }
        return DemoActions(
            files: files.sorted { $0.key < $1.key }.map { (name: $0.key, text: $0.value) }, users: users)
    }
}
