import Domain

/// API users of the simulated NIC: each GSTIN has one for the IRPs and another for EWB, with passwords of their own.
struct NicUsers: Sendable {
    enum Family: String, Sendable, CaseIterable { case irp, ewb }

    struct User: Sendable, Hashable {
        var gstin: String
        var family: Family
        var name: String
        var password: String
    }

    let world: DemoWorld

    /// nil when nobody of this world has the GSTIN.
    func user(_ gstin: String, _ family: Family) -> User? {
        guard world.account(PortalIdentity(stored: .gst, gstin)) != nil else { return nil }
        // Name and password share the 183 bytes of a login with the app key.
        var random = SeededRandom(world.seed, "nic \(family.rawValue) \(gstin)")
        let letters = Array("abcdefghkmnpqrstuvwxyz")
        var password = random.pick(["Neem", "Mor", "Ganga", "Kesar"], or: "Neem")
        for _ in 0..<3 { password.append(random.pick(letters, or: "k")) }
        return User(
            gstin: gstin, family: family, name: "\(family.rawValue)_\(gstin.prefix(2))\(random.digits(6))",
            password: "\(password)@\(random.digits(3))")
    }

    func account(_ gstin: String) -> DemoAccount? { world.account(PortalIdentity(stored: .gst, gstin)) }

    func lines(
        system: String, _ family: Family, outcome: (DemoAccount) -> MagicOutcome
    ) -> [ProfileFolder.AccountLine] {
        world.accounts.compactMap { account in
            guard account.identity.portal == .gst, let user = user(account.identity.text, family) else { return nil }
            var account = account
            account.username = user.name
            account.password = user.password
            account.otp = ""
            account.outcome = outcome(account)
            return ProfileFolder.AccountLine(
                system: system, account: account, clientId: BridgeService.clientId,
                clientSecret: BridgeService.clientSecret)
        }
    }
}
