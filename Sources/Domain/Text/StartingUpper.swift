extension String {
    /// As the first word of a sentence.
    public var startingUpper: String { prefix(1).uppercased() + dropFirst() }
}
