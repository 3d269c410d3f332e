import Domain

extension AuditWords {
    /// What a record tells beside who, what, to what and when: `user name a → b, password changed`. Every screen and
    /// command that names what was done takes it from here.
    public static func told(_ event: AuditEvent) -> String {
        if let call = event.call { return self.call(event, call) }
        let facts = event.detailFacts
        let words: String? =
            switch AuditVocabulary.family(event.action) {
            case "account", "api_user", "authenticator", "authority", "gsp", "reveal": login(event, facts)
            case "denied", "login", "logout", "user", "vault", "workspace": person(event, facts)
            case "einvoice", "ewaybill", "operation": action(event, facts)
            case "notice": notice(event, facts)
            case "audit": trail(event, facts)
            default: work(event, facts)
            }
        return words ?? rest(event, facts)
    }

    /// What another program recorded.
    private static func rest(_ event: AuditEvent, _ facts: [String: String]) -> String {
        if facts.isEmpty { return event.detail }
        return facts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    /// To what it was done, as people name it; empty where a refusal knows nothing nearer.
    public static func subject(_ event: AuditEvent) -> String {
        let subject = event.subject
        if event.action == "denied", event.detailFacts["deed"] == subject { return "" }
        guard let slash = subject.firstIndex(of: "/") else { return subject }
        let (kind, name) = (String(subject[..<slash]), String(subject[subject.index(after: slash)...]))
        if let portal = Portal(rawValue: kind) { return "\(portal.shortName) \(name)" }
        switch kind {
        case "person": return name
        case "notice": return "Notice \(name)"
        case "job": return "Job \(name)"
        case "audit": return "Record \(name)"
        case "business": return "Business \(name)"
        case "operation": return "Action \(name.prefix(8))"
        case "support": return "Bundle \(name)"
        default: return subject
        }
    }

    public static func outcome(_ outcome: String) -> String { outcome.replacing("_", with: " ") }

    /// `words: more`, or words alone.
    static func with(_ words: String, _ more: String?) -> String {
        guard let more, !more.isEmpty else { return words }
        return "\(words): \(more)"
    }

    /// A legal date as screens show it.
    static func day(_ text: String?) -> String { text.flatMap { LegalDate($0) }.map(TimeText.date) ?? text ?? "" }

    static func counted(_ text: String?, _ noun: String) -> String {
        text.flatMap { Int($0) }.map { Counted.text($0, noun) } ?? "\(noun)s"
    }
}
