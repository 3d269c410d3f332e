import Secrets
import Services
import TerminalKit

/// What somebody typed who sets up a workspace.
public struct FirstRunDraft: Sendable, Equatable {
    public var name: String
    public var email: String
    public var password: SecretBytes
    /// Path of a provider file to copy in; empty when there is none yet.
    public var provider: String
}

/// Why no workspace was made, and which field can be mended.
public struct FirstRunRefusal: Error, Sendable {
    public var complaint: Complaint
    /// One of `FirstRunState.Field`'s names; nil when it is none of them.
    public var field: String?

    public init(_ complaint: Complaint, field: String? = nil) {
        self.complaint = complaint
        self.field = field
    }

    /// The field of the provider file.
    public static let provider = FirstRunState.Field.provider
}

/// What a newcomer sees who has no workspace yet: a choice, a form, and the recovery code. Pure: no disk inside.
public struct FirstRunState: Sendable {
    enum Step: Equatable, Sendable {
        case choosing(Int)
        case filling
        case makingWorkspace
        case makingDemo(done: Int, of: Int)
        case code(SecretBytes)
    }

    /// What is to be done in the world.
    enum Effect: Equatable, Sendable {
        case create(FirstRunDraft)
        case makeDemo
        /// The desk, on what was just made.
        case open
        case quit, redraw, suspend
    }

    public enum Field {
        static let name = "name"
        static let email = "email"
        static let password = "password"
        static let again = "again"
        static let provider = "provider"
    }

    /// Where the workspace will be.
    let place: String
    var size: Size
    var step = Step.choosing(0)
    var state = FormState(FirstRunState.form([:], ""))
    var errors: [String: String] = [:]
    /// What went wrong in none of the fields.
    var problem = ""

    init(place: String, size: Size) {
        self.place = place
        self.size = size
    }

    var form: Form { Self.form(errors, problem) }

    static let choices: [(key: Character, title: String, note: String)] = [
        ("s", "Set up my own workspace", "you become its first admin"),
        ("d", "Try the demo", "invented businesses, simulated portals"),
        ("q", "Quit", ""),
    ]

    private static func form(_ errors: [String: String], _ problem: String) -> Form {
        Form(
            fields: [
                .init(id: Field.name, label: "User name", hint: "how you log in", error: errors[Field.name]),
                .init(id: Field.email, label: "E-mail", hint: "one-time codes go there", error: errors[Field.email]),
                .init(
                    id: Field.password, label: "Password", kind: .masked,
                    hint: "8 characters or more; a few words are good", error: errors[Field.password]),
                .init(
                    id: Field.again, label: "Once more", kind: .masked, hint: "the same password again",
                    error: errors[Field.again]),
                .init(
                    id: Field.provider, label: "Provider file", placeholder: "none yet",
                    hint: "says who reaches the portals for you; it can be added later", error: errors[Field.provider]),
            ],
            buttons: [.init(id: "create", title: "Create"), .init(id: "back", title: "Back")],
            message: problem.isEmpty ? .empty : Line("✗ \(problem)", .danger))
    }

    /// What was typed into a masked field, which keeps it.
    func secret(_ id: String) -> SecretBytes? {
        guard case .masked(let editor) = state.values[id], !editor.isEmpty else { return nil }
        return editor.withSecret { $0 }
    }
}
