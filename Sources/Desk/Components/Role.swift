import TerminalKit

/// In the desk a role is a meaning of colour; a person's role is `Person.role`.
typealias Role = TerminalKit.Role
