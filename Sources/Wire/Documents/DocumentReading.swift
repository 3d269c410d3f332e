import Domain

/// What a text gave: a document with what is missing or odd in it, or none when it is no JSON object at all.
public struct DocumentReading<Value: DocumentPart>: Sendable {
    public var value: Value?
    /// In the order of the text, then by rules.
    public var findings: [Finding]

    public init(value: Value?, findings: [Finding]) {
        self.value = value
        self.findings = findings
    }

    /// Adds what rules say of the document. What hangs on a field that could not be read is
    /// left out.
    mutating func add(_ rules: (Value) -> [Finding]) {
        guard let value else { return }
        let found = rules(value)
        let unread = Set(findings.lazy.filter { $0.severity == .error }.map(\.path))
        findings += unread.isEmpty ? found : found.filter { !$0.hangs(on: unread) }
    }
}
