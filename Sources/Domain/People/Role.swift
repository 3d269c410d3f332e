/// A person's office. What it permits stands in `Person.may`.
public enum Role: String, CaseIterable, Sendable, Codable { case operator_ = "operator", support, admin }

/// A person who uses the desk.
public struct Person: Hashable, Sendable {
    public var name: String
    public var email: String
    public var role: Role
    public var isEnabled: Bool
    /// Beyond the office; of meaning for operators alone.
    public var grants: Set<CredentialGrant>

    public init(
        name: String, email: String, role: Role, isEnabled: Bool = true, grants: Set<CredentialGrant> = []
    ) {
        self.name = name
        self.email = email
        self.role = role
        self.isEnabled = isEnabled
        self.grants = grants
    }
}
