import Domain

/// What is true of every notice, whatever a portal sent.
enum FactsRules {
    static func check(_ facts: NoticeFacts) throws {
        guard !facts.externalKey.isEmpty, facts.externalKey.utf8.count <= 300 else {
            throw Broken("a notice without a key that can be kept")
        }
        let texts =
            [
                facts.externalKey, facts.reference, facts.form, facts.section, facts.summary, facts.period,
                facts.rawState,
            ] + facts.documents.flatMap { [$0.externalId, $0.name, $0.mediaType] }
        guard texts.allSatisfy({ $0.unicodeScalars.allSatisfy(HarmlessText.isHarmless) }) else {
            throw Broken("a notice carries a character that can harm a terminal")
        }
        guard texts.allSatisfy({ $0.utf8.count <= 4_096 }) else { throw Broken("a notice carries endless text") }
        guard facts.documents.allSatisfy({ !$0.name.isEmpty && !$0.name.contains("/") && $0.byteCount >= 0 }) else {
            throw Broken("a document has a name that is a path, or no size")
        }
        guard (facts.dueOn == nil) == (facts.dueBasis == nil) else { throw Broken("a due date without its basis") }
    }

    /// A date that a portal sent is understood or complained about, never lost.
    static func date(_ sent: String?, became date: LegalDate?, problems: Int, _ name: String) throws {
        let text = sent?.filter { $0 != " " } ?? ""
        guard !text.isEmpty, text.uppercased() != "NA", date == nil, problems == 0 else { return }
        throw Broken("\(name) was lost without a word")
    }
}
