/// What a person may do, by office. The table role × action stands in `Permission`.
public enum Role: String, CaseIterable, Sendable, Codable { case operator_ = "operator", support, admin }

/// A person who uses the desk.
public struct Person: Hashable, Sendable {
    public var name: String
    public var email: String
    public var role: Role
    public var isEnabled: Bool

    public init(name: String, email: String, role: Role, isEnabled: Bool = true) {
        self.name = name
        self.email = email
        self.role = role
        self.isEnabled = isEnabled
    }
}
