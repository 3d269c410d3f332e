import Foundation

/// What an example leaves for whoever copies it: names and addresses that nobody can have (RFC 2606, RFC 5737), and words
/// that stand for a value. A file that holds them is well written and reaches nobody.
enum ProviderBlanks {
    static func found(in reader: TomlReader) -> [ConfigurationProblem] {
        reader.allTexts().compactMap { key, text in
            reason(key, text).map { reader.problem(key, "is still to be filled in: \($0)") }
        }.sorted { ($0.line, $0.key) < ($1.line, $1.key) }
    }

    private static func reason(_ key: String, _ text: String) -> String? {
        if text.allSatisfy(\.isWhitespace) {
            // Nobody logs in with an empty name; elsewhere an empty text may mean something.
            if key == "auth.token_prefix" { return nil }
            return key.hasPrefix("auth.") || key.hasPrefix("headers.") ? "it is empty" : nil
        }
        guard !text.hasPrefix(ProviderAuthReader.reference) else { return nil }
        let words = text.lowercased()
        if standIns.contains(where: words.contains) || words.wholeMatch(of: /todo|x{3,}|<.*>/) != nil {
            return "a word stands there in place of the value"
        }
        if words.contains(hosts) { return "an example's name stands there, which nobody has" }
        if words.contains(addresses) { return "an example's address stands there, which nobody has" }
        return nil
    }

    private static let standIns = [
        "change-me", "change_me", "changeme", "your-", "your_", "fill-in", "fill_in", "replace-me", "replace_me",
    ]

    private nonisolated(unsafe) static let hosts =
        /(?:^|[^a-z0-9.-])(?:[a-z0-9-]+\.)*(?:[a-z0-9-]+\.(?:example|invalid)|example\.(?:com|net|org))(?:$|[^a-z0-9.-])/

    private nonisolated(unsafe) static let addresses =
        /(?:^|[^0-9.])(?:192\.0\.2|198\.51\.100|203\.0\.113)\.[0-9]{1,3}(?:$|[^0-9.])/
}
