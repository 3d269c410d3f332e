import Domain

extension Effect {
    /// What the desk was asked, for the audit trail: the names of the cases, never what they hold.
    var undertaking: String {
        var words: [String] = []
        var part: Any = self
        while let name = Self.caseName(of: part) {
            words.append(name)
            guard let held = Mirror(reflecting: part).children.first?.value else { break }
            let parts = Mirror(reflecting: held)
            part = parts.displayStyle == .tuple ? parts.children.first?.value ?? held : held
        }
        return "desk: " + words.joined(separator: " ")
    }

    /// `save login`; nil for what is no case of an enumeration.
    private static func caseName(of value: Any) -> String? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .enum else { return nil }
        let name = mirror.children.first?.label ?? "\(value)"
        return name.reduce(into: "") { text, letter in
            text += letter.isUppercase ? " \(letter.lowercased())" : "\(letter)"
        }
    }
}
