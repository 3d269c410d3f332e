extension String {
    /// As the first word of a sentence.
    public var startingUpper: String { prefix(1).uppercased() + dropFirst() }

    /// As a part of a sentence, of whichever portal's making it is.
    public var withoutFullStop: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }
}
