/// The codes of one answer as evidence keeps them: all, in the answer's order, each once, in one text.
public enum AnswerCodes {
    private static let longest = 40
    private static let most = 100

    /// nil for none.
    public static func text(_ codes: [String]) -> String? {
        let all = distinct(codes)
        return all.isEmpty ? nil : all.joined(separator: ", ")
    }

    /// What stands in such a text. Some portals put several into one field themselves.
    public static func list(_ text: String?) -> [String] {
        distinct((text ?? "").split(separator: ",").map(String.init))
    }

    private static func distinct(_ codes: [String]) -> [String] {
        var found: [String] = []
        for part in codes.flatMap({ $0.split(separator: ",") }) where found.count < most {
            let code = HarmlessText.line(part, limit: longest).trimmed
            if !code.isEmpty, !found.contains(code) { found.append(code) }
        }
        return found
    }
}

extension OperationAttempt {
    /// The authority's own codes, all of them.
    public var codes: [String] { AnswerCodes.list(code) }
}
