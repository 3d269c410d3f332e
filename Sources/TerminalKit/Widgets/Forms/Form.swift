import Secrets

/// What a form asks for: fields and buttons. What has been typed stands in `FormState`.
public struct Form: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case text
            case masked
            /// One of a few; left and right change it.
            case choice([String])
        }

        public var id: String
        public var label: String
        public var kind: Kind
        public var placeholder: String
        /// Stands under the field while it has the focus and nothing is wrong.
        public var hint: String
        /// Stands under the field in place of the hint.
        public var error: String?
        /// Stands to the right of the field, such as `show (F2)`.
        public var note: Line
        public var isReadOnly: Bool
        /// Stands in a masked field in clear while nothing was typed into it: a stored secret that somebody may see now.
        public var shown: SecretBytes?

        public init(
            id: String, label: String, kind: Kind = .text, placeholder: String = "", hint: String = "",
            error: String? = nil, note: Line = .empty, isReadOnly: Bool = false, shown: SecretBytes? = nil
        ) {
            self.id = id
            self.label = label
            self.kind = kind
            self.placeholder = placeholder
            self.hint = hint
            self.error = error
            self.note = note
            self.isReadOnly = isReadOnly
            self.shown = shown
        }
    }

    public struct Button: Hashable, Sendable {
        public var id: String
        public var title: String
        public var isEnabled: Bool

        public init(id: String, title: String, isEnabled: Bool = true) {
            self.id = id
            self.title = title
            self.isEnabled = isEnabled
        }
    }

    public var fields: [Field]
    public var buttons: [Button]
    /// Said above the buttons, such as what the portal answered last time.
    public var message: Line

    public init(fields: [Field], buttons: [Button], message: Line = .empty) {
        self.fields = fields
        self.buttons = buttons
        self.message = message
    }
}

/// What came of an input to a form.
public enum FormOutcome: Hashable, Sendable {
    /// Not a key for a form; the screen may use it.
    case ignored
    /// Focus, cursor or text changed.
    case changed
    /// Enter in the last field, or on the button with this id. Enter in an earlier field goes to the next one.
    case submit(buttonId: String?)
    case cancel
}
