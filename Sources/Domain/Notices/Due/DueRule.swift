/// How long somebody has for a kind of notice, by statute or practice.
public struct DueRule: Hashable, Sendable {
    public enum Length: Hashable, Sendable {
        case days(Int), workingDays(Int), months(Int)

        /// The last day when it is counted from `first`, which itself does not count.
        public func last(after first: LegalDate, _ calendar: WorkingCalendar) -> LegalDate {
            switch self {
            case .days(let n): first.adding(days: n)
            case .workingDays(let n): calendar.day(n, after: first)
            case .months(let n): first.adding(months: n)
            }
        }
    }
    /// From which day it is counted. Where the day of service is not known, the day of issue stands for it: it is never
    /// later, so the date errs on the early side.
    public enum Start: Hashable, Sendable { case service, issue }

    public var length: Length
    public var start: Start
    /// What is to be done: `reply`, `pay` and so on, for people.
    public var what: String
    /// Why the date may be wrong; empty where statute and portal agree.
    public var doubt: String

    init(_ length: Length, _ start: Start = .service, _ what: String = "reply", doubt: String = "") {
        self.length = length
        self.start = start
        self.what = what
        self.doubt = doubt
    }

    /// `30 days from service to pay`.
    public var words: String {
        let length =
            switch length {
            case .days(let n): Counted.text(n, "day")
            case .workingDays(let n): Counted.text(n, "working day")
            case .months(let n): Counted.text(n, "month")
            }
        return "\(length) from \(start == .service ? "service" : "issue") to \(what)"
    }

    /// The last day, when the day from which it is counted is known.
    func last(of facts: NoticeFacts, _ calendar: WorkingCalendar) -> LegalDate? {
        guard let first = start == .service ? facts.servedOn ?? facts.issuedOn : facts.issuedOn else { return nil }
        return length.last(after: first, calendar)
    }
}

/// The Act that an Income-tax notice is under: most sections have other numbers since 1 April 2026.
public enum TaxAct: String, CaseIterable, Sendable, Codable {
    case of1961 = "1961"
    case of2025 = "2025"
}

/// The table of rules. A notice that fixes its own date, or of which nothing is known, has none: no date is invented.
public enum DueRules {
    /// The date that counts: what a person set, else what the portal says, else what a rule gives.
    ///
    /// Nothing is computed for a notice that needs nobody any more.
    public static func due(
        of facts: NoticeFacts, manual: LegalDate? = nil, calendar: WorkingCalendar = WorkingCalendar()
    ) -> DueDate? {
        if let manual { return DueDate(on: manual, basis: .manual) }
        if let said = facts.saidDue { return said }
        guard facts.state.needsSomebody, let day = rule(for: facts)?.last(of: facts, calendar) else { return nil }
        return DueDate(on: day, basis: .computed)
    }

    public static func rule(for facts: NoticeFacts) -> DueRule? {
        facts.place.portal == .gst ? gst(facts.form) : directTax(facts)
    }
}
