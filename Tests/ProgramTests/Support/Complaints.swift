import Testing

extension Run {
    /// Holds the rule for errors: the status, nothing on standard output, and exactly one line that says what to do.
    func expectStatus(_ status: Int32, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(self.status == status, "\(errors)", sourceLocation: sourceLocation)
    }

    func expectComplaint(
        _ status: Int32, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(self.status == status, "\(errors)", sourceLocation: sourceLocation)
        #expect(bytes.isEmpty, "\(output)", sourceLocation: sourceLocation)
        #expect(errorLines.count == 1, "\(errors)", sourceLocation: sourceLocation)
        #expect(errors.hasPrefix("portaldesk: "), "\(errors)", sourceLocation: sourceLocation)
        for word in words { #expect(errors.contains(word), "no \(word) in: \(errors)", sourceLocation: sourceLocation) }
    }
}

extension Run {
    /// One line on standard error that names what it is about.
    func expectOneLine(_ status: Int32, _ word: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(self.status == status, "\(errors)", sourceLocation: sourceLocation)
        #expect(errorLines.count == 1 && errors.contains(word), "\(errors)", sourceLocation: sourceLocation)
    }
}
