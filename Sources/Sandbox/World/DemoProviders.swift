import Domain

/// What a demo's workspace needs so that its user can register invoices, make e-way bills, open an API session at GSTN
/// and ask TRACES for files at once: provider files for the sandbox that is started on demand, and every GSTIN's API
/// users there.
public struct DemoProviders: Sendable {
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
    /// Name of the provider that enters TRACES itself: a bridge asks it for no files.
    public static let traces = TracesSystem.provider

    /// - Parameters:
    ///   - stateFolder: of the sandbox that will serve; its keys are made there when it has none.
    ///   - address: what the provider files name as the base.
    ///   - today: on which the certificate of the simulated GSTN begins.
    /// - Throws: when the keys cannot be made or kept.
    public static func make(
        _ world: DemoWorld, stateFolder: String, address: String, today: LegalDate
    ) async throws(SandboxProblem) -> DemoProviders {
        try FileBytes.makeFolder(stateFolder)
        try await KeptKey.prepare(in: stateFolder, isOwn: false)
        let keys = try NicKeyRing.kept(in: stateFolder)
        var files = IrpSystem.profileFiles("irp", keys, issuer: NicPlay().issuer, at: address)
        files["ewb.toml"] = EwbSystem.profile(at: address)
        files["traces.toml"] = TracesSystem.profile(at: address)
        let gstn = try GstnCertificateFile.kept(in: stateFolder, today: today)
        files.merge(GstnSystem.profileFiles(gstn, at: address)) { own, _ in own }
        let nic = NicUsers(world: world)
        let users = world.accounts.filter { $0.identity.portal == .gst }.flatMap { account in
            NicUsers.Family.allCases.compactMap { family in
                nic.user(account.identity.text, family).map {
                    User(
                        gstin: $0.gstin, provider: "sandbox-\(family.rawValue)", name: $0.name, password: $0.password)
                }
            }
        }
        return DemoProviders(
            files: files.sorted { $0.key < $1.key }.map { (name: $0.key, text: $0.value) }, users: users)
    }
}
