import Domain
import TerminalKit

/// A question with a default of No, asked before anything destructive or outward.
public struct Question: Hashable, Sendable {
    public var title: String
    /// What it is about, above the body.
    public var facts: [Dialog.Fact]
    /// What else is to be looked at, of whatever length: it scrolls where there is no room for all of it.
    public var notes: [Dialog.Fact]
    public var body: String
    public var yes: String
    /// Comes back in the answer, so that the screen knows what was asked.
    public var id: String

    public init(
        id: String, title: String, facts: [Dialog.Fact] = [], notes: [Dialog.Fact] = [], body: String, yes: String
    ) {
        self.id = id
        self.title = title
        self.facts = facts
        self.notes = notes
        self.body = body
        self.yes = yes
    }
}

extension Question {
    /// Asked before a file is written over.
    static func replace(_ file: String) -> Question {
        Question(
            id: "replace", title: "Replace the file?",
            body: "\(HarmlessText.line(file, limit: 200)) exists already; what it holds would be lost.", yes: "Replace")
    }
}

/// One line of text asked for: a page number, a file name.
public struct Prompt: Hashable, Sendable {
    public var title: String
    public var label: String
    public var initial: String
    public var hint: String
    /// Why nothing is no answer; empty where it is one.
    public var needed: String
    /// Whether what stands in the field already is a proposal, which the first letter that is typed replaces.
    public var isProposal: Bool
    /// Whether what is typed is a text that somebody composes, such as a note: it is not dropped unasked.
    public var isComposed: Bool
    /// Why the answer before was not taken; empty where there was none.
    public var refusal = ""
    public var id: String

    public init(
        id: String, title: String, label: String, initial: String = "", hint: String = "", needed: String = "",
        isProposal: Bool = false, isComposed: Bool = false
    ) {
        self.id = id
        self.title = title
        self.label = label
        self.initial = initial
        self.hint = hint
        self.needed = needed
        self.isProposal = isProposal
        self.isComposed = isComposed
    }
}

extension Prompt {
    /// The same asked again, with what was typed and why it was not taken.
    func again(_ typed: String, _ why: String) -> Prompt {
        var again = self
        (again.initial, again.refusal, again.isProposal) = (typed, why, false)
        return again
    }

    /// The field when a key or a paste comes that types: nothing stands in it any more where it was only proposed.
    func field(_ editor: LineEditor) -> LineEditor {
        isProposal && editor == LineEditor(initial) ? LineEditor() : editor
    }
}

/// A small menu of commands at a place on the screen; entries that cannot be chosen stay, with the reason.
public struct ActionsMenu: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var command: CommandId
        public var title: String
        public var key: String
        public var disabledReason: String?
    }

    public var title: String
    public var entries: [Entry]
    public var anchor: Point

    public init(title: String, entries: [Entry], anchor: Point) {
        self.title = title
        self.entries = entries
        self.anchor = anchor
    }
}

/// How a dialog ended.
public enum Answer: Hashable, Sendable {
    case yes(id: String)
    case text(id: String, String)
}
