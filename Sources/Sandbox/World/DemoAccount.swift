import Domain

/// One login that the simulated portals know.
public struct DemoAccount: Sendable, Hashable {
    public var identity: PortalIdentity
    public var businessIndex: Int
    public var username: String
    /// The password that the simulated portal accepts. Made up by us; it protects nothing.
    public var password: String
    /// What the demo workspace holds: another one where the play is `wrong_password`, else the right one.
    public var storedPassword: String
    /// Answers the OTP or captcha of this identity.
    public var otp: String
    /// What the sandbox plays for this identity.
    public var outcome: MagicOutcome
    /// Whether the demo marks the account as verified from the start.
    public var isVerifiedAtFirst: Bool
    /// Why not, when it was checked and refused; `neverChecked` when nobody tried yet; nil when verified.
    public var reason: Cause?
}
